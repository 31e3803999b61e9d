import type { Cell } from '../core/styled.ts';
import { NONE, percent, toned, UNKNOWN } from './cells.ts';
import type { Column } from './define.ts';

/** US dollars: small sums to a tenth of a cent, large ones to the cent. */
export function dollars(value: number): string {
  return value.toFixed(value >= 100 ? 0 : value >= 10 ? 2 : 3);
}

/** A column of sums in US dollars; unknown is `?`. */
export function moneyColumn<Row>(
  column: Pick<Column<Row>, 'id' | 'title' | 'description' | 'tier'> &
    Partial<Omit<Column<Row>, 'value'>>,
  value: (row: Row) => number | null,
): Column<Row> {
  return {
    min: Math.max(6, column.title.length),
    max: 10,
    align: 'right',
    descending: true,
    value: (row) => rounded(value(row)),
    cell: (row): Cell => {
      const sum = value(row);
      if (sum === null) return UNKNOWN;
      return toned(dollars(sum), sum === 0 ? 'muted' : 'text');
    },
    ...column,
  };
}

/** To a hundredth of a cent: what sums of fractions leave behind it means nothing. */
const rounded = (value: number | null): number | null =>
  value === null ? null : Math.round(value * 1e4) / 1e4;

/** From that share on (%) it is said aloud how much nobody asks for. */
export const LOUD = 50;

/**
 * The share of what is paid that nobody asks for.
 *
 * @param has whether a row has such a share at all
 * @param share null where it is not known
 */
export function idleColumn<Row>(
  description: string,
  has: (row: Row) => boolean,
  share: (row: Row) => number | null,
): Column<Row> {
  return {
    ...{ id: 'idlePercent', title: 'IDLE', description, tier: 0, min: 5, max: 5 },
    ...{ align: 'right', descending: true, sortKey: 'I', value: share },
    cell: (row) =>
      has(row) ? percent(share(row), (value) => (value >= LOUD ? 'warn' : 'text')) : NONE,
  };
}

/** A sum that is not all there is to pay, or more than is paid: how it stands to that. */
export interface Bounds {
  /** Some of it has no price. */
  readonly atLeast: boolean;
  /** Some of it is paid otherwise. */
  readonly atMost: boolean;
}

/** A sum with what is known of it: `≥` it is more, `≤` it is less, `~` neither is known; `?` nothing is. */
export function boundedCell(sum: number, { atLeast, atMost }: Bounds): Cell {
  if (sum === 0 && atLeast) return UNKNOWN;
  const sign = atLeast && atMost ? '~' : atLeast ? '≥' : atMost ? '≤' : '';
  return [
    [sign, 'muted'],
    [dollars(sum), sum === 0 ? 'muted' : 'text'],
  ];
}
