import { CONTROL_PLANE, MONTH_HOURS, PRICED } from '../domain/prices.ts';
import type { Health } from '../domain/health.ts';
import type { PriceSource } from '../domain/node-price.ts';
import type { CostRow } from '../domain/tables/costs.ts';
import { muted, NONE, percentOf, toned, UNKNOWN } from './cells.ts';
import { countColumn, nameColumn, textColumn } from './columns.ts';
import { defineResource, type Column } from './define.ts';
import { sections, type Line } from './describe/common.ts';
import { boundedCell, type Bounds, dollars, idleColumn, LOUD, moneyColumn } from './money.ts';
import { costParts } from './cost-parts.ts';
import { shortObject } from './names.ts';

const idleShare = ({ idle, hour }: Pick<CostRow, 'idle' | 'hour'>): number | null =>
  idle === null || hour === 0 ? null : percentOf(idle, hour);

/** Nodes can be idle; what pods request cannot. */
const hasIdle = ({ by }: CostRow): boolean => by === 'cluster' || by === 'group';

const health = (row: CostRow): Health => {
  if (row.gone > 0) return { level: 'gone', cause: '' };
  const loud = row.by === 'group' && (idleShare(row) ?? 0) >= LOUD;
  return { level: loud ? 'warn' : 'ok', cause: '' };
};

/** In which order the kinds of rows stand. */
const ORDER: Readonly<Record<CostRow['by'], number>> = {
  cluster: 0,
  idle: 1,
  'control plane': 2,
  group: 3,
  namespace: 4,
};
/** More than anything costs in an hour. */
const MOST = 1e6;

/** What each kind of row counts, and what it leaves out. */
const NOTES: Readonly<Record<CostRow['by'], string>> = {
  cluster: 'no volumes, traffic, discounts: d tells all',
  'control plane': `${dollars(CONTROL_PLANE.hour + CONTROL_PLANE.extended)} in extended support: :clusters tells`,
  group: '',
  namespace: '',
  idle: 'of nodes, requested by no pod',
};

/** Where the prices of nodes are from, those of most nodes first: `on demand by the Pricing API`. */
function sourceWords({ sources }: CostRow): string {
  return ORIGINS.filter(([source]) => sources[source] > 0)
    .sort(([a], [b]) => sources[b] - sources[a])
    .map(([source, words]) => `${words} (${sources[source]})`)
    .join(', ');
}

const ORIGINS: readonly (readonly [source: PriceSource, words: string])[] = [
  ['api', 'on demand by the Pricing API'],
  ['list', `on demand by the list of ${PRICED}`],
  ['spot', 'Spot by the prices of its zones'],
];

function noteOf(row: CostRow): string {
  const { by, elsewise, unpriced } = row;
  const what = `${by === 'namespace' ? 'workload' : 'node'}${unpriced === 1 ? '' : 's'}`;
  return [
    by === 'cluster' ? sourceWords(row) : '',
    NOTES[by],
    unpriced > 0 ? `not in it: ${unpriced} ${what} without a price` : '',
    feeWords(row),
    elsewise > 0 ? `${dollars(elsewise)} of it at most: what is paid is not known` : '',
  ]
    .filter((note) => note !== '')
    .join(' · ');
}

/** What EKS takes for nodes of Auto Mode, and of how many that is not known; empty where there are none. */
function feeWords({ by, fee, withoutFee }: CostRow): string {
  const of = `${withoutFee} ${by === 'namespace' ? 'pod' : 'node'}${withoutFee === 1 ? '' : 's'}`;
  return [
    Number(dollars(fee)) > 0 ? `${dollars(fee)} of it the fee of Auto Mode` : '',
    withoutFee > 0 ? `not in it: the fee of Auto Mode for ${of}` : '',
  ]
    .filter((words) => words !== '')
    .join(' · ');
}

const boundsOf = ({ unpriced, elsewise, withoutFee }: CostRow): Bounds => ({
  atLeast: unpriced > 0 || withoutFee > 0,
  atMost: elsewise > 0,
});

/** What is known of what it costs; null where nothing is. */
const sumOf = ({ hour, unpriced }: CostRow): number | null =>
  hour === 0 && unpriced > 0 ? null : hour;

/** What Spot is known to save; null where it saves something of which nothing is known. */
const savedOf = ({ saved, unsaved }: CostRow): number | null =>
  saved === 0 && unsaved > 0 ? null : saved;

const times = (hour: number | null): number | null => (hour === null ? null : hour * MONTH_HOURS);

const columns: readonly Column<CostRow>[] = [
  {
    id: 'by',
    title: 'FOR',
    tells: 'identity',
    description: 'What it is the cost of: the cluster, a group, a namespace, or nobody.',
    tier: 0,
    min: 9,
    max: 13,
    value: ({ by }) => by,
    sortBy: ({ by, hour }) => ORDER[by] * MOST - hour,
    cell: ({ by }) => muted(by),
  },
  nameColumn(14, health),
  moneyColumn(
    {
      id: 'hour',
      title: '$/HOUR',
      description:
        'US dollars an hour, of nodes or of what pods request of them: on demand, Spot at the price of its zone.',
      tier: 0,
      sortKey: 'C',
      // Auto Scaling tells how self-managed nodes are paid.
      alsoFrom: ['nodegroups', 'prices'],
      cell: (row) => boundedCell(row.hour, boundsOf(row)),
    },
    sumOf,
  ),
  moneyColumn(
    {
      id: 'month',
      title: '$/MONTH',
      description: `The same for ${MONTH_HOURS} hours.`,
      tier: 0,
      cell: (row) => boundedCell(row.hour * MONTH_HOURS, boundsOf(row)),
    },
    (row) => times(sumOf(row)),
  ),
  idleColumn('Share of the nodes that no pod requests.', hasIdle, idleShare),
  moneyColumn(
    {
      id: 'idle',
      title: 'IDLE-$/H',
      description: 'What of it nobody requests.',
      tier: 1,
      cell: (row) => {
        if (!hasIdle(row)) return NONE;
        return row.idle === null ? UNKNOWN : toned(dollars(row.idle), 'text');
      },
    },
    ({ idle }) => idle,
  ),
  moneyColumn(
    {
      id: 'saved',
      title: 'SAVED-$/H',
      description:
        'How much dearer its Spot nodes would be on demand, by the prices of their zones.',
      tier: 1,
      rank: 0,
      cell: (row) => {
        const saved = savedOf(row);
        if (saved === 0) return NONE;
        return boundedCell(row.saved, { atLeast: row.unsaved > 0, atMost: false });
      },
    },
    savedOf,
  ),
  moneyColumn(
    {
      id: 'elsewise',
      title: 'AT-MOST',
      description:
        'What of it is of nodes that cost less than on demand, by how much is not known: reserved, Spot without a price.',
      tier: 1,
      cell: ({ elsewise }) => (elsewise === 0 ? NONE : toned(dollars(elsewise), 'accent')),
    },
    ({ elsewise }) => elsewise,
  ),
  countColumn(
    {
      id: 'nodes',
      title: 'NODES',
      description: 'Nodes.',
      tier: 0,
      cell: ({ nodes }) => (nodes === 0 ? NONE : String(nodes)),
    },
    ({ nodes }) => nodes,
  ),
  countColumn(
    {
      id: 'pods',
      title: 'PODS',
      description: 'Pods on them.',
      tier: 1,
      cell: ({ pods }) => (pods === 0 ? NONE : String(pods)),
    },
    ({ pods }) => pods,
  ),
  countColumn(
    {
      id: 'unpriced',
      title: 'NO-PRICE',
      description: 'Nodes (of a namespace: workloads on them) that the list has no price for.',
      tier: 2,
      cell: ({ unpriced }) => (unpriced === 0 ? NONE : toned(unpriced, 'warn')),
    },
    ({ unpriced }) => unpriced,
  ),
  textColumn(
    {
      id: 'note',
      title: 'COUNTS',
      description: 'What is counted, and what is not.',
      tier: 0,
      min: 12,
      max: 140,
      grow: 3,
      tells: 'moment',
      cell: (row) => muted(noteOf(row)),
    },
    noteOf,
  ),
];

/** What is assumed, for who wants to know. */
const ASSUMPTIONS: readonly Line[] = [
  [
    'Prices',
    `on demand, Linux, in US dollars: by the Pricing API, else by AWS’s list as read in ${PRICED} (us-east-1 in full, others in part)`,
  ],
  [
    'Spot',
    'the price that is in force in the zone of each node; where that is not known, its price on demand',
  ],
  [
    'Split',
    'the price of a node, by what pods request of what it can give: half by CPU, half by memory',
  ],
  ['Idle', 'what no pod requests, also where pods use more than they request'],
  ['Not in it', 'volumes, load balancers, traffic, addresses, Savings Plans and discounts'],
  [
    'Fargate',
    `by the vCPUs and GB that it has made for a pod (annotation CapacityProvisioned), on x86, by AWS’s list as read in ${PRICED}; the pod bears it whole, and storage above 20 GB is not in it`,
  ],
  [
    'Auto Mode',
    'EKS charges a fee for each of its nodes, by instance type: as the Pricing API tells it. Where that may not be asked it is not in it (it is about 12 % of on demand), and what it is the fee of is marked ≥',
  ],
];

export const costs = defineResource({
  id: 'costs',
  title: 'Costs',
  singular: 'cost',
  aliases: ['cost'],
  description:
    'What nodes cost, for which group, namespace and workload, what Spot saves, and what nobody requests.',
  table: 'costs',
  scope: 'cluster',
  columns,
  sort: { column: 'by', descending: false },
  health,
  enter: costParts,
  describe: ({ row }) =>
    sections(
      {
        title: 'Cost',
        lines: [
          ['For', `${row.by} ${row.name}`],
          ['An hour', boundedCell(row.hour, boundsOf(row))],
          ['A month', boundedCell(row.hour * MONTH_HOURS, boundsOf(row))],
          ...(row.fee === 0
            ? []
            : [['Fee of Auto Mode', `$${dollars(row.fee)} an hour, in it`] as const]),
          ...(row.saved === 0
            ? []
            : [['Saved by Spot', `$${dollars(row.saved)} an hour against on demand`] as const]),
          ...(row.idle === null ? [] : [['Idle', `$${dollars(row.idle)} an hour`] as const]),
          ['Counts', noteOf(row) || '-'],
        ],
      },
      { title: 'Assumed', lines: ASSUMPTIONS },
      {
        title: 'Dearest',
        lines: row.parts
          .slice(0, 20)
          .map(({ kind, name, hour }): Line => [
            shortObject(kind, name),
            hour === null ? '?' : `$${dollars(hour)} an hour`,
          ]),
      },
    ),
  iam: [],
  empty: 'No costs: no node is known yet',
});
