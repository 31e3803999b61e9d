import { grouped } from '../../core/grouped.ts';
import type { Field } from './board.ts';

/** As wide as most counts are. */
const USUAL = 4;

const textOf = (count: number): string => (count > 1 ? `${grouped(count)}×` : '');

/**
 * How often things are, one below the other: `12×`, nothing for what is once, all as wide as the
 * longest, since a number that is cut is another number.
 * @param all those that stand below each other
 */
export function countColumn(all: readonly number[]): (count: number) => Field {
  const width = Math.max(USUAL, ...all.map((each) => textOf(each).length));
  return (count) => ({ cell: textOf(count), width, align: 'right' });
}
