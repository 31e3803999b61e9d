import type { BuiltIn, Kind, ObjectOf, Resource } from '../world/kinds.ts';
import type { KubeObject } from '../world/objects.ts';
import { encodeObject, encodePartial } from './encode.ts';
import { customShape } from './tables/custom.ts';
import { BINDINGS } from './tables/access.ts';
import {
  API_SERVICES,
  CONFIG_MAPS,
  CREATED,
  ENDPOINTS,
  ENDPOINT_SLICES,
  EVENTS,
  LEASES,
  NAMESPACES,
  NODES,
  PLAIN,
  SECRETS,
  SERVICES,
} from './tables/cluster.ts';
import type { TableShape } from './tables/human.ts';
import { PODS } from './tables/pods.ts';
import {
  INGRESS_CLASSES,
  INGRESSES,
  NETWORK_POLICIES,
  PRIORITY_CLASSES,
  RESOURCE_QUOTAS,
  WEBHOOKS,
} from './tables/rules.ts';
import { CLAIMS, STORAGE_CLASSES, VOLUMES } from './tables/storage.ts';
import {
  CONTROLLER_REVISIONS,
  CRON_JOBS,
  DAEMON_SETS,
  DEPLOYMENTS,
  HPAS,
  JOBS,
  PDBS,
  REPLICA_SETS,
  STATEFUL_SETS,
} from './tables/workloads.ts';

const SHAPES: { readonly [R in BuiltIn]?: TableShape<ObjectOf[R]> } = {
  pods: PODS,
  nodes: NODES,
  services: SERVICES,
  events: EVENTS,
  namespaces: NAMESPACES,
  endpoints: ENDPOINTS,
  endpointslices: ENDPOINT_SLICES,
  configmaps: CONFIG_MAPS,
  secrets: SECRETS,
  leases: LEASES,
  ingresses: INGRESSES,
  deployments: DEPLOYMENTS,
  replicasets: REPLICA_SETS,
  statefulsets: STATEFUL_SETS,
  daemonsets: DAEMON_SETS,
  jobs: JOBS,
  cronjobs: CRON_JOBS,
  controllerrevisions: CONTROLLER_REVISIONS,
  horizontalpodautoscalers: HPAS,
  poddisruptionbudgets: PDBS,
  clusterrolebindings: BINDINGS,
  clusterroles: CREATED,
  rolebindings: BINDINGS,
  roles: CREATED,
  customresourcedefinitions: CREATED,
  limitranges: CREATED,
  persistentvolumeclaims: CLAIMS,
  persistentvolumes: VOLUMES,
  storageclasses: STORAGE_CLASSES,
  ingressclasses: INGRESS_CLASSES,
  networkpolicies: NETWORK_POLICIES,
  resourcequotas: RESOURCE_QUOTAS,
  priorityclasses: PRIORITY_CLASSES,
  apiservices: API_SERVICES,
  mutatingwebhookconfigurations: WEBHOOKS,
  validatingwebhookconfigurations: WEBHOOKS,
};

/** What rows carry of their object: nothing, its metadata (the default), or all of it. */
export type IncludeObject = 'None' | 'Metadata' | 'Object';

/** `includeObject` of a query. */
export function includeObjectOf(query: URLSearchParams): IncludeObject {
  const value = query.get('includeObject');
  return value === 'None' || value === 'Object' ? value : 'Metadata';
}

/** The column definitions of a kind, as JSON. */
export function encodeColumns(kind: Kind): string {
  return JSON.stringify(
    shapeOf(kind).columns.map((column) => ({ description: column.name, ...column })),
  );
}

/** As many empty cells as a kind has columns: the row of a bookmark. */
export function emptyCells(kind: Kind): string {
  return JSON.stringify(shapeOf(kind).columns.map(() => ''));
}

/** One row, as JSON. */
export function encodeRow(
  kind: Kind,
  object: KubeObject,
  now: number,
  include: IncludeObject,
): string {
  const cells = JSON.stringify(shapeOf(kind).cells(object, now));
  const body =
    include === 'None'
      ? 'null'
      : include === 'Object'
        ? encodeObject(kind, object)
        : encodePartial(kind, object);
  return `{"cells":${cells},"object":${body}}`;
}

/** The head of a Table up to its rows. `columns` is null where the client has them already. */
export function tableHead(metadata: object, columns: string | null): string {
  return `{"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":${JSON.stringify(metadata)},"columnDefinitions":${columns ?? 'null'},"rows":[`;
}

function shapeOf(kind: Kind): TableShape<KubeObject> {
  if (kind.custom !== undefined) return customShape(kind.custom);
  // Each shape takes the objects of its own kind, which is what the store holds under it.
  const shapes = SHAPES as unknown as Readonly<
    Record<Resource, TableShape<KubeObject> | undefined>
  >;
  return shapes[kind.resource] ?? PLAIN;
}
