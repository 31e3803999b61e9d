import { humanDuration } from '../core/duration.ts';
import { calmHealth, type Health } from '../domain/health.ts';
import { refOf } from '../domain/ref.ts';
import type { Capacity } from '../domain/rows.ts';
import type { NodeClaimRow } from '../domain/tables/nodeclaims.ts';
import { whyNodeClaim } from '../domain/why/nodeclaim.ts';
import { muted, NONE, toned } from './cells.ts';
import {
  ageColumn,
  capacityColumn,
  labelsColumn,
  nameColumn,
  textColumn,
  zoneColumn,
} from './columns.ts';
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
  many,
  metadataLines,
  sections,
} from './describe/common.ts';
import { readyColumn } from './karpenter.ts';
import { toObject } from './links.ts';

/** A node that takes longer than this has got stuck: Karpenter itself gives up on it then. */
const STUCK = 15 * 60_000;

const LACKS: Readonly<Record<string, string>> = {
  Launching: 'not launched',
  Registering: 'its node has not registered',
  Initializing: 'its node is not initialized',
};

function health(row: NodeClaimRow, { now }: RowContext): Health {
  const calm = calmHealth(row, now);
  if (calm.level !== 'ok') return calm;
  if (row.phase === 'Ready')
    return row.drift === '' ? calm : { level: 'busy', cause: `to be replaced: ${row.drift}` };
  if (row.trouble !== '') return { level: 'bad', cause: row.trouble };
  const age = now - row.created;
  return age < STUCK
    ? { level: 'busy', cause: '' }
    : { level: 'bad', cause: `${LACKS[row.phase] ?? ''} for ${humanDuration(age)}` };
}

const plain = (
  id: string,
  title: string,
  description: string,
  of: (row: NodeClaimRow) => string,
  tier: Column<NodeClaimRow>['tier'],
): Column<NodeClaimRow> =>
  textColumn({ id, title, description, tier, cell: (row) => muted(of(row)) }, of);

const columns: readonly Column<NodeClaimRow>[] = [
  nameColumn(14, health),
  {
    ...readyColumn(health, ({ phase }) => phase),
    description: 'How far it has come, and why it is not launched or its node does not join.',
  },
  plain('instanceType', 'TYPE', 'Instance type.', (row) => row.instanceType, 0),
  zoneColumn((row) => row.zone, 0),
  capacityColumn((row) => row.capacity as Capacity, 1),
  { ...plain('pool', 'POOL', 'The node pool it is of.', (row) => row.pool, 1) },
  {
    ...plain('node', 'NODE', 'Its node, once that has registered.', (row) => row.node, 1),
    cut: 'middle',
  },
  ageColumn(),
  plain('nodeClass', 'CLASS', 'Its node class.', (row) => row.nodeClass, 2),
  {
    ...plain('instanceId', 'INSTANCE', 'EC2 instance.', (row) => row.instanceId, 2),
    copies: 'instance id',
  },
  plain('image', 'IMAGE', 'The image that it was launched from.', (row) => row.image, 3),
  labelsColumn(),
];

export const nodeclaims = defineResource({
  id: 'nodeclaims',
  title: 'Node claims',
  singular: 'nodeclaim',
  aliases: ['nc'],
  description: 'Nodes that Karpenter launches: how far each has come, and why one is not launched.',
  table: 'nodeclaims',
  scope: 'cluster',
  columns,
  sort: { column: 'name', descending: false },
  health,
  why: whyNodeClaim,
  enter: {
    is: 'link',
    to: 'nodes',
    title: 'its node',
    target: ({ name, node, phase }) =>
      node === ''
        ? { none: `${name} has no node yet: ${phase.toLowerCase()}` }
        : { label: node, only: (each: { readonly name: string }) => each.name === node },
  },
  links: {
    J: {
      to: 'nodepools',
      title: 'its node pool',
      target: ({ pool }, query) => toObject('NodePool', '', pool, query),
    },
  },
  ref: (row) => refOf('nodeclaims', row),
  describe: describeNodeClaim,
  iam: [],
  empty: 'No node claims: Karpenter has launched no node here',
});

function describeNodeClaim({
  row,
  object,
  events,
  ctx,
}: DescribeInput<NodeClaimRow>): readonly Section[] {
  const requests = Object.entries(row.requests).map(([name, amount]) => `${name} ${amount}`);
  return sections(
    {
      title: 'Node claim',
      lines: [
        ...identityLines(row, ctx),
        ['State', row.trouble === '' ? row.phase : toned(`${row.phase}: ${row.trouble}`, 'bad')],
        ['Node pool', row.pool || NONE],
        ['Node class', row.nodeClass || NONE],
        [
          'Instance',
          [row.instanceType, row.instanceId, row.capacity].filter(Boolean).join(' ') || NONE,
        ],
        ['Zone', row.zone || NONE],
        ['Image', row.image || NONE],
        ['Node', row.node || NONE],
        ['Asked for', requests.join(', ') || NONE],
        ...many('Requirements', row.requirements),
        ...metadataLines(object),
      ],
    },
    conditionsSection(object, ctx),
    eventsSection(events, ctx),
  );
}
