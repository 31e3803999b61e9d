import type { Work } from './work.ts';

/**
 * Sorts in pieces of so many items: stable, as Array's own sort is, and at most twice its time; what is
 * in order is quick. What is given is used up.
 */
export function* sorted<T>(items: T[], compare: (a: T, b: T) => number, piece: number): Work<T[]> {
  if (items.length <= piece) return items.sort(compare);
  let from: T[] = [];
  for (let start = 0; start < items.length; start += piece) {
    for (const item of items.slice(start, start + piece).sort(compare)) from.push(item);
    yield;
  }
  let to = items;
  for (let run = piece; run < from.length; run *= 2) {
    yield* mergeRuns(from, to, run, compare, piece);
    [from, to] = [to, from];
  }
  return from;
}

/** Merges each two neighbours of the sorted runs of a length into one of twice that. */
function* mergeRuns<T>(
  from: readonly T[],
  to: T[],
  run: number,
  compare: (a: T, b: T) => number,
  piece: number,
): Work<void> {
  let due = piece;
  for (let start = 0; start < from.length; start += 2 * run) {
    const middle = Math.min(start + run, from.length);
    const end = Math.min(middle + run, from.length);
    // What is given is often nearly in order already: where a run begins behind the one before it, no
    // more needs to be compared.
    const isInOrder = middle === end || compare(from[middle - 1] as T, from[middle] as T) <= 0;
    let [left, right] = [start, middle];
    for (let at = start; at < end; at++) {
      const takesLeft =
        right === end ||
        (left < middle && (isInOrder || compare(from[left] as T, from[right] as T) <= 0));
      to[at] = from[takesLeft ? left++ : right++] as T;
      if (--due > 0) continue;
      due = piece;
      yield;
    }
  }
}
