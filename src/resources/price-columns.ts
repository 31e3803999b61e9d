/** What a machine costs an hour, as panes of machines and their descriptions show it. */
import type { Cell } from '../core/styled.ts';
import { hourOf, type NodePrice, SOURCE_WORDS } from '../domain/node-price.ts';
import type { Price } from '../domain/tables/prices.ts';
import { muted, percentOf, time, UNKNOWN } from './cells.ts';
import type { Column, RowContext } from './define.ts';
import type { Line } from './describe/common.ts';
import { boundedCell, dollars } from './money.ts';

/** What a machine costs: `≤` where what is paid is not known, and less; `≥` where a fee comes on top. */
export function priceCell(price: NodePrice): Cell {
  const hour = hourOf(price);
  if (hour === null) return UNKNOWN;
  const bounds = { atLeast: price.fee === null, atMost: price.paid === null };
  return bounds.atLeast || bounds.atMost ? boundedCell(hour, bounds) : dollars(hour);
}

/** The column of it. */
export const dollarsColumn = <Row>(
  priceOf: (row: Row) => NodePrice,
): Omit<Column<Row>, 'tier'> => ({
  id: 'price',
  title: '$/HOUR',
  description:
    'US dollars an hour: on demand by the Pricing API or the list that comes along, of Spot the price of its zone; where that is not known, what it costs at most. Of Auto Mode with the fee of EKS, of Fargate by the size of its pod.',
  min: 6,
  max: 8,
  align: 'right',
  descending: true,
  value: (row) => {
    const price = priceOf(row);
    return price.paid === null || price.fee === null ? null : hourOf(price);
  },
  sortBy: (row) => hourOf(priceOf(row)),
  cell: (row) => priceCell(priceOf(row)),
});

/** What a machine costs, and where that is from. */
export function priceLines(price: NodePrice, told: Price | null, ctx: RowContext): readonly Line[] {
  return [...ownLines(price, told, ctx), ...feeLines(price)];
}

/** What EKS takes on top, and what that makes together. */
function feeLines(price: NodePrice): readonly Line[] {
  if (price.fee === 0) return [];
  if (price.fee === null)
    return [['Fee', muted('? of Auto Mode, on top: about 12 % of on demand')]];
  const fee: Cell = [
    [`$${dollars(price.fee)} an hour`, 'text'],
    [`  of Auto Mode, on top, ${SOURCE_WORDS.api}`, 'muted'],
  ];
  const hour = hourOf(price);
  if (hour === null) return [['Fee', fee]];
  const most = price.paid === null ? 'at most ' : '';
  return [
    ['Fee', fee],
    ['Together', `${most}$${dollars(hour)} an hour`],
  ];
}

/** What the instance itself costs. */
function ownLines(
  { list, paid, from }: NodePrice,
  told: Price | null,
  ctx: RowContext,
): readonly Line[] {
  if (from === null) return [['Price', UNKNOWN]];
  if (from === 'spot' && paid !== null) {
    const since =
      told === null || told.spotSince === 0 ? '' : `, since ${time(told.spotSince, ctx)}`;
    const less = list === null ? null : percentOf(list - paid, list);
    return [
      [
        'Price',
        [
          [`$${dollars(paid)} an hour`, 'text'],
          [`  ${SOURCE_WORDS.spot}${since}`, 'muted'],
          [list === null ? '' : `; on demand $${dollars(list)}: ${less ?? '?'}% saved`, 'muted'],
        ],
      ],
    ];
  }
  const sum = paid ?? list ?? 0;
  return [
    [
      'Price',
      [
        [`${paid === null ? 'at most ' : ''}$${dollars(sum)} an hour`, 'text'],
        [`  on demand, ${SOURCE_WORDS[from]}`, 'muted'],
      ],
    ],
  ];
}
