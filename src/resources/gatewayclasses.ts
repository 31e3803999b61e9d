import { unjudged } from '../domain/gateways.ts';
import { bad, busy, calmHealth, type Health } from '../domain/health.ts';
import { refOf } from '../domain/ref.ts';
import { isStale, wordsOf } from '../domain/tables/gateway-api.ts';
import type { GatewayClassRow } from '../domain/tables/gatewayclasses.ts';
import { muted, status } from './cells.ts';
import { enterUsers, parametersColumn, usedByLines } from './class-parts.ts';
import { ageColumn, labelsColumn, nameColumn, statusColumn, textColumn } from './columns.ts';
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
  metadataLines,
  sections,
} from './describe/common.ts';

/** Refused is a problem; nothing said yet may only mean that its controller does not run. */
function health(row: GatewayClassRow, ctx: RowContext): Health {
  const calm = calmHealth(row, ctx.now);
  const { accepted } = row;
  if (calm.level !== 'ok' || accepted.status === 'True') return calm;
  if (accepted.status === 'False') return bad(wordsOf(accepted));
  return isStale(accepted)
    ? unjudged(['Accepted'], row, ctx.now)
    : busy('no controller has taken it');
}

const WORDS: Readonly<Record<string, string>> = { True: 'Accepted', False: 'Not accepted' };
const stateOf = ({ accepted }: GatewayClassRow): string =>
  WORDS[accepted.status] ?? (isStale(accepted) ? 'Not judged' : 'Waiting');

function describe(input: DescribeInput<GatewayClassRow>): readonly Section[] {
  const { row, object, events, query, ctx } = input;
  return sections(
    {
      title: 'Gateway class',
      lines: [
        ...identityLines(row, ctx),
        ['Status', status(stateOf(row), health(row, ctx))],
        ['Controller', row.controller],
        ['Parameters', muted(row.parameters)],
        ...usedByLines(row, query.rows('gateways')),
        ...metadataLines(object),
      ],
    },
    conditionsSection(object, ctx),
    eventsSection(events, ctx),
  );
}

const columns: readonly Column<GatewayClassRow>[] = [
  nameColumn(14, health),
  statusColumn(
    { description: 'Whether its controller has taken it.', min: 10, max: 60, grow: 1 },
    stateOf,
    health,
  ),
  textColumn(
    {
      id: 'controller',
      title: 'CONTROLLER',
      description: 'Who serves its gateways.',
      tier: 0,
      min: 20,
      max: 40,
      cut: 'middle',
    },
    ({ controller }) => controller,
  ),
  parametersColumn(),
  ageColumn(),
  labelsColumn(),
];

export const gatewayclasses = defineResource({
  id: 'gatewayclasses',
  title: 'Gateway classes',
  singular: 'gatewayclass',
  aliases: ['gc'],
  description: 'Classes of Gateway API, with the controller that serves their gateways.',
  table: 'gatewayclasses',
  scope: 'cluster',
  columns,
  sort: { column: 'name', descending: false },
  health,
  enter: enterUsers('gateways'),
  ref: (row) => refOf('gatewayclasses', row),
  describe,
  describeNeeds: ['gateways'],
  iam: [],
  empty: 'No gateway classes: nothing here serves gateways',
});
