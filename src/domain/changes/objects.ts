/** What changes of objects of all kinds have in common. */
import type { BaseRow } from '../row.ts';
import type { Change, Sight } from './change.ts';
import { NOTHING } from './change.ts';

/** Which object it is. */
export const objectOf = (kind: string, { namespace, name }: BaseRow) => ({ kind, namespace, name });

/** That an object was made or deleted. Who deleted it the API does not tell. */
export function arrivals<Row extends BaseRow>(
  before: Row | null,
  after: Row | null,
  { now, watched }: Sight,
  kindOf: (row: Row) => string,
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
      who: '',
      what: after === null && !watched ? 'some time since it was last seen' : '',
      level: after === null ? 'warn' : 'ok',
      // A namespace takes all that is in it along.
      flood: `${change} ${kind} ${row.namespace}`,
    },
  ];
}
