/** What goes with an object: what it owns, the pods that end, the traffic that stops. */
import { kindOf } from '../../domain/ref.ts';
import type { ObjectRow, PodRow } from '../../domain/rows.ts';
import type { Query } from '../../ports/query.ts';
import { refOfTarget, type ObjectTable, type ObjectTarget } from './object-target.ts';

/** Tables whose rows are owned by rows of others, owners first. */
export const OWNED = ['replicasets', 'jobs', 'pods'] as const satisfies readonly ObjectTable[];

const key = (kind: string, { namespace, name }: Pick<ObjectRow, 'namespace' | 'name'>): string =>
  `${kind} ${namespace}/${name}`;

/** How many of what: `2 replicasets`. */
export interface Count {
  readonly table: ObjectTable;
  readonly count: number;
}

/** What goes with some objects. */
export interface Following {
  /** Those that are owned, how many of each table. */
  readonly owned: readonly Count[];
  /** The pods that end, each once. */
  readonly pods: readonly PodRow[];
}

/** What the garbage collector takes with these objects; the pods among them are counted too. */
export function followingOf(targets: readonly ObjectTarget[], query: Query): Following {
  const going = new Set(targets.map((target) => key(refOfTarget(target).kind, target.row)));
  const uids = new Set(targets.map(({ row }) => row.uid));
  const pods: PodRow[] = [];
  const owned = OWNED.map((table) => {
    let count = 0;
    for (const row of query.rows(table)) {
      if (row.gone > 0) continue;
      const isOwned =
        row.ownerName !== '' && going.has(key(row.ownerKind, { ...row, name: row.ownerName }));
      const goes = isOwned || uids.has(row.uid) || isWithin(row, targets);
      if (!goes) continue;
      going.add(key(kindOf(table).kind, row));
      if (!uids.has(row.uid)) count++;
      if (table === 'pods') pods.push(row as PodRow);
    }
    return { table, count };
  });
  return { owned: owned.filter(({ count }) => count > 0), pods };
}

/** Pods of a node, and what is in a namespace. */
function isWithin(row: ObjectRow, targets: readonly ObjectTarget[]): boolean {
  return targets.some(({ table, row: { name } }) => {
    if (table === 'namespaces') return row.namespace === name;
    return table === 'nodes' && 'node' in row && row.node === name;
  });
}

/** Services that have endpoints now, and none when these pods are gone: `service/api`. */
export function silenced(pods: readonly PodRow[], query: Query): readonly string[] {
  const going = new Set(pods.map(({ namespace, name }) => `Pod/${namespace}/${name}`));
  const namespaces = new Set(pods.map(({ namespace }) => namespace));
  const left = new Map<string, number>();
  for (const { gone, namespace, service, ready } of query.rows('endpointslices')) {
    if (gone > 0 || service === '' || ready.length === 0 || !namespaces.has(namespace)) continue;
    const stay = ready.filter((endpoint) => !going.has(endpoint)).length;
    const name = `${namespace}/${service}`;
    left.set(name, (left.get(name) ?? 0) + stay);
  }
  return [...left]
    .filter(([, stay]) => stay === 0)
    .map(([name]) => name)
    .sort();
}
