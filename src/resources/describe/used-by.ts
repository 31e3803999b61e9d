/** Which workloads use a config map, a secret or a claim, by what their pods refer to. */
import type { ObjectRow, PodRow } from '../../domain/rows.ts';
import type { DescribeInput, Section } from '../define.ts';
import { NONE, UNKNOWN, type Line } from './common.ts';

const MOST = 30;

/** The use of an object of a table, as pods write it down. */
const referenceTo = (table: string, { name }: ObjectRow): string => `${table}/${name}`;

/** Tells the pods that refer to an object. Cheap: it is asked for every pod. */
export function refersTo(table: string, row: ObjectRow): (pod: PodRow) => boolean {
  const use = referenceTo(table, row);
  return (pod) => pod.namespace === row.namespace && pod.uses.includes(use);
}

/** Of pods that are there now: what only a template refers to is not known here. */
export function usedBySection(
  table: string,
  { row, query }: Pick<DescribeInput<ObjectRow>, 'row' | 'query'>,
): Section {
  const title = 'Used by';
  const refers = refersTo(table, row);
  const counts = new Map<string, number>();
  for (const pod of query.rows('pods')) {
    if (pod.gone > 0 || !refers(pod)) continue;
    const user =
      pod.workload === '' ? `pod/${pod.name}` : `${pod.workloadKind.toLowerCase()}/${pod.workload}`;
    counts.set(user, (counts.get(user) ?? 0) + 1);
  }
  if (counts.size === 0) return { title, lines: [query.status('pods').synced ? NONE : UNKNOWN] };
  const users = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = users
    .slice(0, MOST)
    .map(([user, count]): Line => [user, `${count} ${count === 1 ? 'pod' : 'pods'}`]);
  const more = users.length - lines.length;
  return { title, lines: more > 0 ? [...lines, `and ${more} more`] : lines };
}
