import { isEqual } from './equal.ts';
import { eachInPieces, type Work } from './work.ts';

/**
 * A list made anew, of the objects that it had before wherever they are the same in content; the very
 * list where all are. Who compares the two then has nothing left to do.
 * @param piece how many are compared in a piece of work
 */
export function* sharing<T>(
  before: readonly T[],
  after: readonly T[],
  piece: number,
): Work<readonly T[]> {
  const items: T[] = [];
  let isSame = before.length === after.length;
  yield* eachInPieces(after, piece, (item) => {
    const known = before[items.length] as T;
    const isKnown = isEqual(known, item);
    isSame &&= isKnown;
    items.push(isKnown ? known : item);
  });
  return isSame ? before : items;
}
