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

/** Do two shapes list the same rows in the same order, by whatever filter. */
export function listAlike<Row>(a: ViewShape<Row>, b: ViewShape<Row>): boolean {
  return a.compare === b.compare && a.only === b.only && a.gone === b.gone && a.steady === b.steady;
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

/** Finds which of these entries pass the filter of a shape, and gives what writes that into them. */
export function* filtered<Row extends BaseRow>(
  items: readonly Entry<Row>[],
  { filter }: ViewShape<Row>,
  piece: number,
): Work<() => void> {
  // While it is looked at they show what passed before.
  const entries = items.slice();
  const passes = new Uint8Array(entries.length);
  let at = 0;
  yield* eachInPieces(entries, piece, ({ row }) => {
    passes[at++] = (filter?.(row) ?? true) ? 1 : 0;
  });
  return () => {
    entries.forEach((entry, i) => (entry.listed = passes[i] === 1));
  };
}
