/** The one row that words on the command line mean. */
import type { BaseRow } from '../domain/rows.ts';
import { rowsNamed } from '../resources/row-subject.ts';
import type { Store } from '../store/index.ts';
import type { RowResource } from '../ui/resource/row-resource.ts';
import { UsageError } from './args.ts';
import type { Output } from './output.ts';

/** How many are named where a name means several. */
const NAMED = 8;

/**
 * The row of a name, or else the exit code: 1 where there is none, 3 where they could not be read.
 * What is wrong is said.
 *
 * @param namespace empty: all of them
 * @throws UsageError where the name means several
 */
export function oneRow(
  { singular, table }: Pick<RowResource, 'singular' | 'table'>,
  { name, namespace }: { readonly name: string; readonly namespace: string },
  store: Store,
  { err }: Pick<Output, 'err'>,
): BaseRow | number {
  const rows = rowsNamed(table, name, namespace, store);
  const [row, another] = rows;
  if (row === undefined) {
    const { synced, reason } = store.status(table);
    err(`ekscope: ${synced ? `no ${singular} '${name}'` : reason || 'no answer in time'}\n`);
    return synced ? 1 : 3;
  }
  if (another === undefined) return row;
  const names = rows
    .slice(0, NAMED)
    .map((each) => `${each.namespace}/${each.name}`.replace(/^\//, ''));
  throw new UsageError(
    `'${name}' may be any of ${rows.length}: ${names.join(', ')}${rows.length > NAMED ? ', …' : ''}`,
  );
}
