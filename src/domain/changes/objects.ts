/** What changes of objects of all kinds have in common. */
import type { BaseRow } from '../row.ts';
import type { Write } from '../wire/writes.ts';
import type { Change, Sight } from './change.ts';
import { NOTHING } from './change.ts';

/** Which object it is. */
export const objectOf = (kind: string, { namespace, name }: BaseRow) => ({ kind, namespace, name });

/** Who writes an object within this time after it was made made it (ms). */
export const AT_ONCE = 2_000;

/** Who made an object, if nobody else has written it since. */
export function makerOf({ created }: BaseRow, last: Write | null): string {
  return last !== null && Math.abs(last.at - created) <= AT_ONCE ? last.by : '';
}

/** That an object was made or deleted. Who deleted it the API does not tell. */
export function arrivals<Row extends BaseRow>(
  before: Row | null,
  after: Row | null,
  { now, watched }: Sight,
  kindOf: (row: Row) => string,
  writeOf: (row: Row) => Write | null,
): readonly Change[] {
  const row = after ?? before;
  if (row === null) return NOTHING;
  const change = after === null ? 'deleted' : 'created';
  const kind = kindOf(row);
  return [
    {
      ...objectOf(kind, row),
      key: `${change} ${row.uid}`,
      at: after === null ? now : row.created || now,
      change,
      who: after === null ? '' : makerOf(after, writeOf(after)),
      what: after === null && !watched ? 'some time since it was last seen' : '',
      level: after === null ? 'warn' : 'ok',
      // A namespace takes all that is in it along.
      flood: `${change} ${kind} ${row.namespace}`,
    },
  ];
}
