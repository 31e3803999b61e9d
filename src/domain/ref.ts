import type { ClusterKey } from './cluster-key.ts';
import type { BaseRow } from './row.ts';

/**
 * Where one API server keeps an object. `resource` is the plural name in the API (`pods`,
 * `horizontalpodautoscalers`).
 */
export interface ObjectAddress {
  /** API group, empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  readonly kind: string;
  /** Empty for what is not namespaced. */
  readonly namespace: string;
  readonly name: string;
}

/** A reference to one object of one cluster: no other cluster's connection takes it. */
export interface ObjectRef extends ObjectAddress {
  readonly cluster: ClusterKey;
}

/** The API's address of a kind, without an object. */
export type KindRef = Omit<ObjectAddress, 'namespace' | 'name'> & { readonly namespaced: boolean };

const kind = (
  group: string,
  version: string,
  resource: string,
  name: string,
  namespaced = true,
): KindRef => ({ group, version, resource, kind: name, namespaced });

/** Where each kind that the program knows lives in the API. */
export const KINDS = {
  pods: kind('', 'v1', 'pods', 'Pod'),
  nodes: kind('', 'v1', 'nodes', 'Node', false),
  namespaces: kind('', 'v1', 'namespaces', 'Namespace', false),
  services: kind('', 'v1', 'services', 'Service'),
  serviceaccounts: kind('', 'v1', 'serviceaccounts', 'ServiceAccount'),
  events: kind('', 'v1', 'events', 'Event'),
  deployments: kind('apps', 'v1', 'deployments', 'Deployment'),
  statefulsets: kind('apps', 'v1', 'statefulsets', 'StatefulSet'),
  daemonsets: kind('apps', 'v1', 'daemonsets', 'DaemonSet'),
  replicasets: kind('apps', 'v1', 'replicasets', 'ReplicaSet'),
  jobs: kind('batch', 'v1', 'jobs', 'Job'),
  cronjobs: kind('batch', 'v1', 'cronjobs', 'CronJob'),
  controllerrevisions: kind('apps', 'v1', 'controllerrevisions', 'ControllerRevision'),
  hpas: kind('autoscaling', 'v2', 'horizontalpodautoscalers', 'HorizontalPodAutoscaler'),
  endpointslices: kind('discovery.k8s.io', 'v1', 'endpointslices', 'EndpointSlice'),
  pdbs: kind('policy', 'v1', 'poddisruptionbudgets', 'PodDisruptionBudget'),
  podusage: kind('metrics.k8s.io', 'v1beta1', 'pods', 'PodMetrics'),
  nodeusage: kind('metrics.k8s.io', 'v1beta1', 'nodes', 'NodeMetrics', false),
} as const satisfies Record<string, KindRef>;

/**
 * Where a cluster keeps the objects of table `table`: to list them, or to make one.
 * @param namespace empty: all of them
 */
export function placeIn(
  table: keyof typeof KINDS,
  cluster: ClusterKey,
  namespace: string,
): Omit<ObjectRef, 'name'> {
  const { group, version, resource, kind: kindName } = KINDS[table];
  return { cluster, group, version, resource, kind: kindName, namespace };
}

/** The reference of a row of table `table`. */
export function refOf(
  table: keyof typeof KINDS,
  { cluster, namespace, name }: Pick<BaseRow, 'cluster' | 'namespace' | 'name'>,
): ObjectRef {
  return { ...placeIn(table, cluster, namespace), name };
}

/** As kubectl names an object: `deployment/api`, `pod/api-7d9f-x2x`. */
export function kubectlName(ref: ObjectAddress): string {
  return `${ref.kind.toLowerCase()}/${ref.name}`;
}
