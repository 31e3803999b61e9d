import { formatMemory } from '../core/quantity.ts';
import type { Health } from '../domain/health.ts';
import { refOf } from '../domain/ref.ts';
import type { NodePoolRow } from '../domain/tables/nodepools.ts';
import { whyNodePool } from '../domain/why/nodepool.ts';
import { count, muted, NONE, toned } from './cells.ts';
import { ageColumn, countColumn, labelsColumn, nameColumn, textColumn } from './columns.ts';
import {
  defineResource,
  type Column,
  type DescribeInput,
  type RowContext,
  type Section,
} from './define.ts';
import {
  conditionsSection,
  eventsSection,
  identityLines,
  type Line,
  many,
  metadataLines,
  sections,
} from './describe/common.ts';
import { amount } from '../domain/wire/amount.ts';
import { readyColumn, readyHealth } from './karpenter.ts';
import { toObject } from './links.ts';

function health(row: NodePoolRow, ctx: RowContext): Health {
  const ready = readyHealth(row, ctx);
  if (ready.level !== 'ok' || row.atLimit === '') return ready;
  return { level: 'warn', cause: `its limit of ${row.atLimit} is reached` };
}

/** Bytes are sums over nodes, which Karpenter writes to the last kibibyte: `32480690Ki`. */
const quantity = (name: string, text: string): string =>
  /^(memory|ephemeral-storage)$/.test(name) && text !== '' ? formatMemory(amount(text)) : text;

/** `8/64`; what has no limit is told alone. */
const share =
  (name: string) =>
  (row: NodePoolRow): string => {
    const used = quantity(name, row.used[name] ?? '');
    const limit = row.limits[name];
    return limit === undefined ? used : `${used || '0'}/${quantity(name, limit)}`;
  };

const shareColumn = (id: string, title: string, name: string, what: string): Column<NodePoolRow> =>
  textColumn(
    {
      id,
      title,
      description: `${what} of its nodes together, and its limit where it has one.`,
      tier: 1,
      descending: true,
      sortBy: ({ used }) => amount(used[name]),
      cell: (row) =>
        row.atLimit === name ? toned(share(name)(row), 'warn') : muted(share(name)(row)),
    },
    share(name),
  );

const disruption = ({ consolidation, consolidateAfter }: NodePoolRow): string =>
  [consolidation, consolidateAfter === '' ? '' : `after ${consolidateAfter}`]
    .filter(Boolean)
    .join(' ');

const columns: readonly Column<NodePoolRow>[] = [
  nameColumn(14, health),
  readyColumn(health),
  textColumn(
    { id: 'nodeClass', title: 'CLASS', description: 'Its node class.', tier: 0 },
    (row) => row.nodeClass,
  ),
  countColumn(
    {
      id: 'nodes',
      title: 'NODES',
      description: 'Nodes that it has.',
      tier: 0,
      cell: ({ nodes }) => count(nodes),
    },
    (row) => row.nodes,
  ),
  countColumn(
    {
      id: 'weight',
      title: 'WEIGHT',
      description: 'Pools of a higher weight are tried first.',
      tier: 1,
      cell: ({ weight }) => (weight === null ? NONE : count(weight)),
    },
    (row) => row.weight ?? 0,
  ),
  shareColumn('cpu', 'CPU', 'cpu', 'Cores'),
  shareColumn('memory', 'MEMORY', 'memory', 'Memory'),
  textColumn(
    {
      id: 'consolidation',
      title: 'CONSOLIDATION',
      description: 'Which nodes are taken away or replaced, and how long after.',
      tier: 2,
      cell: (row) => muted(disruption(row)),
    },
    disruption,
  ),
  textColumn(
    {
      id: 'budgets',
      title: 'BUDGETS',
      description: 'How many nodes may be disrupted at once, and when.',
      tier: 2,
      max: 60,
      cell: (row) => muted(row.budgets.join('; ')),
    },
    (row) => row.budgets.join('; '),
  ),
  textColumn(
    {
      id: 'requirements',
      title: 'REQUIREMENTS',
      description: 'What its nodes are like.',
      tier: 3,
      max: 120,
      cell: (row) => muted(row.requirements.join(', ')),
    },
    (row) => row.requirements.join(', '),
  ),
  ageColumn(),
  labelsColumn(),
];

export const nodepools = defineResource({
  id: 'nodepools',
  title: 'Node pools',
  singular: 'nodepool',
  aliases: ['np'],
  description:
    "Karpenter's node pools: their limits and what is used of them, and why one is not ready.",
  table: 'nodepools',
  scope: 'cluster',
  columns,
  sort: { column: 'name', descending: false },
  health,
  why: whyNodePool,
  enter: {
    is: 'link',
    to: 'nodeclaims',
    title: 'node claims of this pool',
    target: ({ name }) => ({
      label: name,
      only: (claim: { readonly pool: string }) => claim.pool === name,
    }),
  },
  links: {
    o: {
      to: 'nodes',
      title: 'nodes of this pool',
      target: ({ name }) => ({
        label: name,
        only: (node: { readonly labels: Readonly<Record<string, string>> }) =>
          node.labels['karpenter.sh/nodepool'] === name,
      }),
    },
    J: {
      to: 'ec2nodeclasses',
      title: 'its node class',
      target: ({ nodeClass, nodeClassKind }, query) =>
        toObject(nodeClassKind || 'EC2NodeClass', '', nodeClass, query),
    },
  },
  ref: (row) => refOf('nodepools', row),
  describe: describeNodePool,
  describeNeeds: ['nodeclaims'],
  iam: [],
  empty: 'No node pools: Karpenter launches nothing before there is one',
});

function describeNodePool({
  row,
  object,
  events,
  query,
  ctx,
}: DescribeInput<NodePoolRow>): readonly Section[] {
  const claims = [...query.rows('nodeclaims')].filter(
    ({ gone, pool }) => gone === 0 && pool === row.name,
  );
  const resources = [...new Set([...Object.keys(row.limits), ...Object.keys(row.used)])].sort();
  return sections(
    {
      title: 'Node pool',
      lines: [
        ...identityLines(row, ctx),
        ['Node class', row.nodeClass],
        ['Weight', row.weight === null ? NONE : String(row.weight)],
        ['Nodes expire', row.expireAfter === 'Never' ? 'never' : `after ${row.expireAfter}`],
        ...many('Requirements', row.requirements),
        ...metadataLines(object),
      ],
    },
    {
      title: 'Disruption',
      lines: [
        ['Consolidation', disruption(row) || NONE],
        ...many('At most at once', row.budgets.length === 0 ? ['10%'] : row.budgets),
      ],
    },
    {
      title: 'Used of its limits',
      lines: resources.map((name): Line => [name, share(name)(row)]),
    },
    {
      title: 'Node claims',
      lines: claims.length === 0 ? [NONE] : claims.map(({ name, phase }): Line => [name, phase]),
    },
    conditionsSection(object, ctx),
    eventsSection(events, ctx),
  );
}
