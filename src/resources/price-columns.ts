/** What a machine costs an hour, as panes of machines and their descriptions show it. */
import type { Cell } from '../core/styled.ts';
import { type NodePrice, SOURCE_WORDS } from '../domain/node-price.ts';
import type { Price } from '../domain/tables/prices.ts';
import { muted, NONE, percentOf, time, UNKNOWN } from './cells.ts';
import type { Column, RowContext } from './define.ts';
import type { Line } from './describe/common.ts';
import { dollars } from './money.ts';

/** The price of a machine: `≤` where what is paid is not known, and less; `≥` where a fee comes on top. */
export function priceCell({ list, paid, withoutFee }: NodePrice): Cell {
  if (paid !== null) return withoutFee ? muted(`≥${dollars(paid)}`) : dollars(paid);
  return list === null ? UNKNOWN : muted(`${withoutFee ? '~' : '≤'}${dollars(list)}`);
}

/** The column of it. */
export const dollarsColumn = <Row>(
  priceOf: (row: Row) => NodePrice,
  hasNone: (row: Row) => boolean = () => false,
): Omit<Column<Row>, 'tier'> => ({
  id: 'price',
  title: '$/HOUR',
  description:
    'US dollars an hour: on demand by the Pricing API or the list that comes along, of Spot the price of its zone; where that is not known, what it costs at most.',
  min: 6,
  max: 8,
  align: 'right',
  descending: true,
  value: (row) => {
    const { paid, withoutFee } = priceOf(row);
    return withoutFee ? null : paid;
  },
  sortBy: (row) => {
    const { list, paid } = priceOf(row);
    return paid ?? list;
  },
  cell: (row) => (hasNone(row) ? NONE : priceCell(priceOf(row))),
});

/** What a machine costs, and where that is from. */
export function priceLines(price: NodePrice, told: Price | null, ctx: RowContext): readonly Line[] {
  const fee: readonly Line[] = [['Fee', muted('? of Auto Mode, on top: about 12 % of on demand')]];
  return [...ownLines(price, told, ctx), ...(price.withoutFee ? fee : [])];
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
