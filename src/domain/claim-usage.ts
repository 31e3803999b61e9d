/** Which kubelets tell how full the volumes of claims are. */
import type { ClusterKey } from './cluster-key.ts';
import { refOf, type ObjectRef } from './ref.ts';
import type { TableId, Tables } from './tables/index.ts';

/** What is read of a store. */
interface Rows {
  rows<T extends TableId>(table: T): Iterable<Tables[T]>;
}

/** The table that they fill, by what is known of others. */
export const CLAIM_USAGE = {
  table: 'claimusage',
  /** Who has claims, and on which nodes. */
  needs: ['pods', 'persistentvolumeclaims'] as readonly TableId[],
  /** The nodes that have claims mounted: those of rows on the screen, where there are such, else all. */
  nodes(store: Rows, looked: ReadonlySet<string>): readonly (readonly [string, ClusterKey])[] {
    const claims = [...store.rows('persistentvolumeclaims')].filter(({ gone }) => gone === 0);
    const shown = [...claims, ...store.rows('persistentvolumes')].filter(({ uid }) =>
      looked.has(uid),
    );
    return (shown.length > 0 ? shown : claims).flatMap(({ usedOn, cluster }) =>
      (usedOn?.split(', ') ?? [])
        .filter((node) => node !== '')
        .map((node) => [node, cluster] as const),
    );
  },
  /** How a node is referred to. */
  ref: (name: string, cluster: ClusterKey): ObjectRef =>
    refOf('nodes', { cluster, namespace: '', name }),
} as const;
