import type { Cell } from '../core/styled.ts';
import { calmHealth, type Health } from '../domain/health.ts';
import { refOf } from '../domain/ref.ts';
import { coveredBy, type PdbRow } from '../domain/tables/pdbs.ts';
import { whyPdb } from '../domain/why/pdb.ts';
import { count, muted, status, toned } from './cells.ts';
import { bySeverity } from './severity.ts';
import {
  ageColumn,
  countColumn,
  labelsColumn,
  nameColumn,
  namespaceColumn,
  textColumn,
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
  departure,
  eventsSection,
  metadataLines,
  sections,
  when,
} from './describe/common.ts';
import { enterPods } from './links.ts';

/** A budget of which no pod may ever be missing. */
const neverAllows = ({ maxUnavailable, desired, expected }: PdbRow): boolean =>
  /^0%?$/.test(maxUnavailable) || (expected > 0 && desired >= expected);

/** What a budget does to evictions, where that needs a look. */
function health(row: PdbRow, ctx: RowContext): Health {
  const calm = calmHealth(row, ctx.now);
  if (calm.level !== 'ok') return calm;
  if (!row.counted) return { level: 'busy', cause: 'not counted yet' };
  if (row.failure !== '') return { level: 'warn', cause: `evictions fail: ${row.failure}` };
  if (row.expected === 0) return { level: 'warn', cause: 'selects no pod' };
  if (row.overlaps !== '')
    return { level: 'warn', cause: `evictions fail: ${row.overlaps} is about its pods too` };
  if (neverAllows(row)) {
    const which = row.unhealthyPolicy === 'AlwaysAllow' ? 'one that is ready' : 'one';
    return { level: 'warn', cause: `can never allow ${which}: blocks every drain` };
  }
  const missing = row.desired - row.healthy;
  if (missing > 0) {
    const pods = missing === 1 ? '1 pod too few is' : `${missing} pods too few are`;
    return { level: 'warn', cause: `${pods} healthy` };
  }
  return calm;
}

/** How many may go now, and what it means where none may. */
function allowedCell(row: PdbRow, ctx: RowContext): Cell {
  const found = health(row, ctx);
  const full = found.level === 'ok' && row.allowed === 0;
  if (!full) return status(String(row.allowed), found);
  return [
    ['0', 'text'],
    [' · blocks drains for now', 'muted'],
  ];
}

const columns: readonly Column<PdbRow>[] = [
  namespaceColumn(),
  nameColumn(14, health),
  textColumn(
    {
      id: 'minAvailable',
      title: 'MIN AVAILABLE',
      description: 'How many pods must stay, as a number or in percent.',
      tier: 1,
      cell: ({ minAvailable }) => muted(minAvailable || 'N/A'),
    },
    ({ minAvailable }) => minAvailable,
  ),
  textColumn(
    {
      id: 'maxUnavailable',
      title: 'MAX UNAVAILABLE',
      description: 'How many pods may be missing, as a number or in percent.',
      tier: 1,
      cell: ({ maxUnavailable }) => muted(maxUnavailable || 'N/A'),
    },
    ({ maxUnavailable }) => maxUnavailable,
  ),
  {
    id: 'allowed',
    title: 'ALLOWED DISRUPTIONS',
    tells: 'state',
    description: 'How many pods may be evicted now; what it blocks, where it allows none.',
    tier: 0,
    min: 19,
    max: 60,
    grow: 2,
    sortKey: 'S',
    sortBy: bySeverity(({ allowed }) => allowed, health),
    value: ({ allowed }) => allowed,
    cell: allowedCell,
  },
  countColumn(
    { id: 'healthy', title: 'HEALTHY', description: 'Pods of it that are ready.', tier: 0 },
    ({ healthy }) => healthy,
  ),
  countColumn(
    {
      id: 'desired',
      title: 'NEEDED',
      description: 'How many of them must be healthy.',
      tier: 0,
      cell: ({ desired }) => count(desired),
    },
    ({ desired }) => desired,
  ),
  countColumn(
    { id: 'expected', title: 'PODS', description: 'Pods that it is about.', tier: 0 },
    ({ expected }) => expected,
  ),
  textColumn(
    {
      id: 'selector',
      title: 'SELECTOR',
      description: 'Labels of the pods that it is about.',
      tier: 2,
      max: 80,
    },
    ({ selector }) => selector,
  ),
  textColumn(
    {
      id: 'unhealthyPolicy',
      title: 'UNHEALTHY PODS',
      description: 'When pods that are not ready may be evicted.',
      tier: 3,
    },
    ({ unhealthyPolicy }) => unhealthyPolicy,
  ),
  ageColumn(),
  labelsColumn(),
];

function describe({ row, object, events, query, ctx }: DescribeInput<PdbRow>): readonly Section[] {
  const own = coveredBy(row);
  const pods = [...query.rows('pods')].filter((pod) => pod.gone === 0 && own(pod));
  const others = [...query.rows('pdbs')].filter(
    (other) => other.gone === 0 && other.uid !== row.uid && pods.some(coveredBy(other)),
  );
  return sections(
    {
      title: 'Pod disruption budget',
      lines: [
        ['Name', toned(row.name, 'strong')],
        ['Namespace', row.namespace],
        ...departure(row, ctx),
        ['Allowed now', allowedCell(row, ctx)],
        ['Rule', ruleText(row)],
        ['Healthy', `${row.healthy} of ${row.expected} pods, ${row.desired} needed`],
        ['Selector', row.hasSelector ? row.selector || 'every pod of the namespace' : 'none'],
        [
          'Unhealthy pods',
          row.unhealthyPolicy === 'AlwaysAllow'
            ? 'may always be evicted'
            : 'may be evicted only while enough others are healthy',
        ],
        ...others.map(({ name }): [string, Cell] => [
          'Also',
          toned(`${name} is about the same pods: none of them can be evicted`, 'bad'),
        ]),
        ['Created', when(row.created, ctx)],
        ...metadataLines(object),
      ],
    },
    {
      title: 'Pods',
      lines: pods.map(({ name, isReady, node }): [string, Cell] => [
        name,
        [
          [isReady ? '✓ ready' : '! not ready', isReady ? 'muted' : 'warn'],
          [`  ${node}`, 'muted'],
        ],
      ]),
    },
    conditionsSection(object, ctx),
    eventsSection(events, ctx),
  );
}

const ruleText = ({ minAvailable, maxUnavailable }: PdbRow): string =>
  minAvailable === ''
    ? `at most ${maxUnavailable || '0'} may be unavailable`
    : `at least ${minAvailable} must be available`;

export const pdbs = defineResource({
  id: 'pdbs',
  title: 'Pod disruption budgets',
  singular: 'pdb',
  aliases: ['poddisruptionbudget', 'poddisruptionbudgets'],
  description: 'Pod disruption budgets: how many pods may be evicted now, and what they block.',
  table: 'pdbs',
  scope: 'namespaced',
  columns,
  sort: { column: 'namespace', descending: false },
  health,
  enter: enterPods<PdbRow>('pods of this budget', coveredBy),
  ref: (row) => refOf('pdbs', row),
  pods: coveredBy,
  why: whyPdb,
  describe,
  describeNeeds: ['pods'],
  iam: [],
  empty: 'No pod disruption budgets: drains may take every pod at once',
});
