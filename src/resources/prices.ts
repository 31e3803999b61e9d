import type { Cell } from '../core/styled.ts';
import type { Health } from '../domain/health.ts';
import { onDemandPrice, PRICED } from '../domain/prices.ts';
import type { PriceRow } from '../domain/tables/prices.ts';
import { regionOf } from '../domain/zones.ts';
import { muted, NONE, percentOf, toned, UNKNOWN } from './cells.ts';
import { countColumn, nameColumn, textColumn, timeColumn, zoneColumn } from './columns.ts';
import { defineResource, type Column } from './define.ts';
import { sections, when } from './describe/common.ts';
import { dollars, moneyColumn } from './money.ts';

const health = ({ gone }: PriceRow): Health => ({ level: gone > 0 ? 'gone' : 'ok', cause: '' });

/** On demand by the Pricing API, else by the list that comes along; null where neither tells. */
const onDemandOf = ({ name, zone, price }: PriceRow): number | null =>
  price.onDemand ?? onDemandPrice(name, regionOf(zone));

const sourceOf = (row: PriceRow): string => {
  if (row.price.onDemand !== null) return 'Pricing API';
  return onDemandOf(row) === null ? '' : `list of ${PRICED}`;
};

/** What Spot is cheaper by (%); null where a price is not known. */
function savedOf(row: PriceRow): number | null {
  const list = onDemandOf(row);
  const { spot } = row.price;
  return list === null || spot === null ? null : percentOf(list - spot, list);
}

const feeText = ({ price: { autoFee } }: PriceRow): Cell =>
  autoFee === null ? UNKNOWN : `$${dollars(autoFee)} an hour on top, Pricing API`;

const columns: readonly Column<PriceRow>[] = [
  { ...nameColumn<PriceRow>(12, health), title: 'TYPE', max: 24, copies: 'instance type' },
  zoneColumn((row) => row.zone, 0),
  moneyColumn(
    {
      id: 'onDemand',
      title: 'ON-DEMAND',
      description: 'US dollars an hour on demand.',
      tier: 0,
      sortKey: 'C',
    },
    onDemandOf,
  ),
  textColumn(
    {
      id: 'source',
      title: 'BY',
      description: 'Who tells the price on demand: the Pricing API, or the list that comes along.',
      tier: 0,
      min: 12,
      cell: (row) => muted(sourceOf(row)),
    },
    sourceOf,
  ),
  moneyColumn(
    {
      id: 'spot',
      title: 'SPOT',
      description: 'US dollars an hour on Spot in this zone.',
      tier: 0,
    },
    ({ price }) => price.spot,
  ),
  timeColumn(
    {
      id: 'spotSince',
      title: 'SINCE',
      description: 'Since when that has been the price of Spot.',
      tier: 0,
    },
    ({ price }) => price.spotSince,
  ),
  {
    id: 'saved',
    title: 'SAVES',
    description: 'How much cheaper Spot is than on demand (%).',
    tier: 0,
    min: 5,
    max: 5,
    align: 'right',
    descending: true,
    value: savedOf,
    cell: (row) => {
      const saved = savedOf(row);
      return saved === null ? UNKNOWN : toned(`${saved}%`, 'text');
    },
  },
  moneyColumn(
    {
      id: 'autoFee',
      title: 'AUTO-FEE',
      description:
        'US dollars an hour that EKS takes on top for one that Auto Mode runs, by the Pricing API.',
      tier: 2,
      // Of clusters without Auto Mode it says nothing.
      differs: ({ isAuto, uid }) => (isAuto ? uid : 'none'),
      cell: ({ isAuto, price }) => {
        if (!isAuto) return NONE;
        return price.autoFee === null ? UNKNOWN : dollars(price.autoFee);
      },
    },
    ({ price }) => price.autoFee,
  ),
  countColumn(
    {
      id: 'nodes',
      title: 'NODES',
      description: 'Nodes of that type in that zone.',
      tier: 0,
      needs: ['nodes'],
      cell: ({ nodes }) => (nodes === null ? UNKNOWN : nodes === 0 ? NONE : String(nodes)),
    },
    ({ nodes }) => nodes,
  ),
];

export const prices = defineResource({
  id: 'prices',
  title: 'Prices',
  singular: 'price',
  aliases: ['spotprices'],
  description:
    'What the instance types of the cluster cost in their zones: on demand, on Spot, and what that saves.',
  table: 'prices',
  scope: 'cluster',
  columns,
  sort: { column: 'name', descending: false },
  health,
  enter: {
    is: 'link',
    to: 'nodes',
    title: 'nodes of this type in this zone',
    target: ({ name, zone }) => ({
      label: `${name} ${zone}`,
      only: (node: { readonly instanceType: string; readonly zone: string }) =>
        node.instanceType === name && node.zone === zone,
    }),
  },
  describe: ({ row, ctx }) => {
    const [list, saved] = [onDemandOf(row), savedOf(row)];
    return sections({
      title: 'Price',
      lines: [
        ['Instance type', toned(row.name, 'strong')],
        ['Zone', row.zone],
        ['On demand', list === null ? UNKNOWN : `$${dollars(list)} an hour, ${sourceOf(row)}`],
        [
          'Spot',
          row.price.spot === null ? UNKNOWN : `$${dollars(row.price.spot)} an hour in this zone`,
        ],
        ['Since', when(row.price.spotSince, ctx)],
        ['Spot saves', saved === null ? UNKNOWN : `${saved}%`],
        ...(row.isAuto ? [['Auto Mode', feeText(row)] as const] : []),
      ],
    });
  },
  iam: ['ec2:DescribeInstances', 'ec2:DescribeSpotPriceHistory', 'pricing:GetProducts'],
  empty: 'No prices: no instance is tagged with the name of the cluster',
});
