import type { ClusterKey } from './cluster-key.ts';
import type { KindRef } from './kind-ref.ts';
import type { FoundRow } from './kinds.ts';
import type { BaseRow } from './row.ts';
import { KUBE_TABLES, type KubeTableId } from './tables/index.ts';

export type { KindRef } from './kind-ref.ts';

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

/** The object that a row names as `namespace/name`; empty where it names none. */
export function objectAt(path: string): Pick<ObjectAddress, 'namespace' | 'name'> {
  const [namespace = '', name = ''] = path.split('/');
  return { namespace, name };
}

/** Where the API has the kind of a table. */
export function kindOf(table: KubeTableId): KindRef {
  return KUBE_TABLES[table].kind;
}

/**
 * Where a cluster keeps the objects of table `table`: to list them, or to make one.
 * @param namespace empty: all of them
 */
export function placeIn(
  table: KubeTableId,
  cluster: ClusterKey,
  namespace: string,
): Omit<ObjectRef, 'name'> {
  const { group, version, resource, kind: kindName } = kindOf(table);
  return { cluster, group, version, resource, kind: kindName, namespace };
}

/** The reference of a row of table `table`. */
export function refOf(
  table: KubeTableId,
  { cluster, namespace, name }: Pick<BaseRow, 'cluster' | 'namespace' | 'name'>,
): ObjectRef {
  return { ...placeIn(table, cluster, namespace), name };
}

/** The reference of a row whose kind was found by discovery. */
export function foundRef({ cluster, namespace, name, kind }: FoundRow): ObjectRef {
  const { group, version, resource, kind: kindName } = kind;
  return { cluster, group, version, resource, kind: kindName, namespace, name };
}

/**
 * As kubectl names an object: `deployment/api`, and with its group what comes from elsewhere, since
 * others may have kinds of that name: `nodepool.karpenter.sh/default`.
 */
export function kubectlName({ kind, group, name }: ObjectAddress): string {
  const isOwn = !group.includes('.') || group.endsWith('.k8s.io');
  return `${kind.toLowerCase()}${isOwn ? '' : `.${group}`}/${name}`;
}
