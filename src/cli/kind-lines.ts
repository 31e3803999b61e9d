import { compareNatural } from '../core/compare.ts';
import type { KindRow } from '../domain/kinds.ts';

/**
 * What kinds a cluster has that no pane is made for, a line for each API group: how many, and which.
 * @param found ids of their resources: `widgets.example.com`, of the core group the name alone
 */
export function kindLines(
  kinds: Iterable<Pick<KindRow, 'uid' | 'name' | 'group'>>,
  found: ReadonlySet<string>,
): readonly string[] {
  const unmade = [...kinds].filter(({ uid, name, group }) => found.has(group === '' ? name : uid));
  return [...Map.groupBy(unmade, ({ group }) => group)]
    .toSorted(([a], [b]) => compareNatural(a, b))
    .map(([group, rows]) => {
      const names = rows.map(({ name }) => name).toSorted(compareNatural);
      return `${group || 'core'} (${names.length}): ${names.join(', ')}`;
    });
}
