/** The cursor of a board: on a field, wherever that stands; nearby where it is there no more. */
import type { Field } from '../../resources/pulse/board.ts';
import type { Row } from './arrange.ts';

/** A field that can be stood on. */
export interface StopAt {
  readonly id: string;
  readonly field: Field;
  readonly row: number;
  readonly x: number;
}

/** Where the cursor is, or was when its field was last there; `id` empty: on the first field. */
export interface BoardCursor {
  readonly id: string;
  readonly row: number;
  readonly x: number;
}

export const FIRST_FIELD: BoardCursor = { id: '', row: 0, x: 0 };

/** The fields that can be stood on, as they are read. */
export const stopsOf = (rows: readonly Row[]): readonly StopAt[] =>
  rows.flatMap(({ parts }, row) =>
    parts.flatMap(({ fields }) =>
      fields.flatMap(({ field, x }): StopAt[] =>
        field.id === undefined ? [] : [{ id: field.id, field, row, x }],
      ),
    ),
  );

/** The field of the cursor; that next to where it was, where it is gone. */
export function currentStop(stops: readonly StopAt[], cursor: BoardCursor): StopAt | undefined {
  if (cursor.id === '') return stops[0];
  return stops.find(({ id }) => id === cursor.id) ?? nearest(stops, cursor);
}

const nearest = (stops: readonly StopAt[], at: { row: number; x: number }): StopAt | undefined =>
  least(stops, (stop) => Math.abs(stop.row - at.row) * 1000 + Math.abs(stop.x - at.x));

/** A step of the cursor. */
export type Step = 'up' | 'down' | 'left' | 'right' | 'next' | 'previous' | 'first' | 'last';

/** Where a step leads from a field: where there is nothing further, it stays. */
export function stepFrom(stops: readonly StopAt[], from: StopAt, step: Step): StopAt {
  const at = stops.indexOf(from);
  const inRow = stops.filter(({ row }) => row === from.row);
  const beside = inRow.indexOf(from);
  switch (step) {
    case 'first':
      return stops[0] ?? from;
    case 'last':
      return stops.at(-1) ?? from;
    case 'next':
      return stops[(at + 1) % stops.length] ?? from;
    case 'previous':
      return stops.at(at - 1) ?? from;
    case 'right':
      return inRow[beside + 1] ?? from;
    case 'left':
      return beside > 0 ? (inRow[beside - 1] ?? from) : from;
    case 'up':
      return least(stops, (stop) => distance(from.row - stop.row, stop.x - from.x)) ?? from;
    case 'down':
      return least(stops, (stop) => distance(stop.row - from.row, stop.x - from.x)) ?? from;
  }
}

/** Rows further on in the direction come first by how near they are, then how little aside. */
const distance = (rows: number, aside: number): number =>
  rows <= 0 ? Infinity : rows * 1000 + Math.abs(aside);

/** The one that measures least; undefined where all measure without end. */
function least(stops: readonly StopAt[], of: (stop: StopAt) => number): StopAt | undefined {
  let best: StopAt | undefined;
  let bestAt = Infinity;
  for (const stop of stops) {
    const measure = of(stop);
    if (measure < bestAt) [best, bestAt] = [stop, measure];
  }
  return best;
}
