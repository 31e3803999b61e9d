/** How people name a cluster, and which one they mean. */
import type { ClusterRow } from './rows.ts';

/** What a cluster is known by. */
export type NamedCluster = Pick<ClusterRow, 'id' | 'name' | 'context'>;

/**
 * The clusters that a word may mean: the one with exactly this context, else the one with this ARN
 * (or key), else all of this name. Only where the answer is one cluster is anything to be opened.
 */
export function clustersNamed<Row extends NamedCluster>(
  rows: readonly Row[],
  word: string,
): readonly Row[] {
  if (word === '') return [];
  const byContext = rows.filter(({ context }) => context === word);
  if (byContext.length > 0) return byContext;
  const byKey = rows.filter(({ id }) => id === word);
  return byKey.length > 0 ? byKey : rows.filter(({ name }) => name === word);
}

/**
 * A word that means this cluster and no other: its name where it can, else its context or ARN.
 * Null where there is none: a context may bear another cluster's ARN as its name.
 */
export function wordOf<Row extends NamedCluster>(row: Row, rows: readonly Row[]): string | null {
  const words = [row.name, row.context, row.id];
  return (
    words.find((word) => {
      const [only, another] = clustersNamed(rows, word);
      return only === row && another === undefined;
    }) ?? null
  );
}

/** Clusters as a question names them: each by a word that can be typed, where there is one. */
export function choicesOf<Row extends NamedCluster>(
  among: readonly Row[],
  rows: readonly Row[],
): string {
  return among.map((row) => wordOf(row, rows) ?? row.id).join(', ');
}
