/** Makes the lists of a view, in pieces: tens of thousands of rows take longer than a frame. */
import { sorted } from '../core/sort.ts';
import { eachInPieces, type Work } from '../core/work.ts';
import type { BaseRow } from '../domain/rows.ts';
import type { Entry } from './entry.ts';
import { compareGone, compareIdentity } from './identity-order.ts';
import type { RowPlace } from './view-source.ts';
import type { ViewShape } from './view-types.ts';

/** All entries of a view by uid, and in order; of each whether it is listed. */
export interface Listing<Row> {
  readonly entries: Map<string, Entry<Row>>;
  readonly all: Entry<Row>[];
}

/** Is the row one of those that this shape is about, whatever its filter says. */
export function admits<Row extends BaseRow>(
  { gone, only }: ViewShape<Row>,
  { row, recent }: RowPlace<Row>,
): boolean {
  const shown = row.gone === 0 || gone === 'all' || (gone === 'recent' && recent);
  return shown && (only?.(row) ?? true);
}

/** The order of a shape: what is there comes first whatever it says, then what left last. */
export function orderOf<Row extends BaseRow>({ compare }: ViewShape<Row>) {
  return (a: Row, b: Row): number => compareGone(a, b) || compare(a, b);
}

/** The same for entries, where they stand; ties go by identity. */
export function placeOrder<Row extends BaseRow>(shape: ViewShape<Row>) {
  const order = orderOf(shape);
  return ({ placed: a }: Entry<Row>, { placed: b }: Entry<Row>): number =>
    order(a, b) || compareIdentity(a, b);
}

/** The rows of these places in a shape. */
export function* listRows<Row extends BaseRow>(
  places: Iterable<RowPlace<Row>>,
  shape: ViewShape<Row>,
  piece: number,
): Work<Listing<Row>> {
  const entries = new Map<string, Entry<Row>>();
  yield* eachInPieces(places, piece, (place) => {
    if (!place.kept || !admits(shape, place)) return;
    const { row } = place;
    entries.set(row.uid, { row, placed: row, listed: shape.filter?.(row) ?? true });
  });
  const all = yield* sorted([...entries.values()], placeOrder(shape), piece);
  return { entries, all };
}

/** The same rows in the order that they have now, by another filter. */
export function filterRows<Row extends BaseRow>(
  before: readonly Entry<Row>[],
  shape: ViewShape<Row>,
  piece: number,
): Work<Listing<Row>> {
  // Taken down at once: while it is worked on, entries move.
  const all = before.map(({ row, placed }) => ({ row, placed, listed: false }));
  return filtered(all, shape, piece);
}

function* filtered<Row extends BaseRow>(
  all: Entry<Row>[],
  { filter }: ViewShape<Row>,
  piece: number,
): Work<Listing<Row>> {
  const entries = new Map<string, Entry<Row>>();
  yield* eachInPieces(all, piece, (entry) => {
    entry.listed = filter?.(entry.row) ?? true;
    entries.set(entry.row.uid, entry);
  });
  return { entries, all };
}
