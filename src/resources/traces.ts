import { OUTCOMES, traceHealth, traceLink } from '../domain/traces.ts';
import type { TraceRow } from '../domain/tables/traces.ts';
import { known, muted, status, toned, UNKNOWN } from './cells.ts';
import { textColumn, timeColumn } from './columns.ts';
import { defineResource, type Column, type RowContext, type Section } from './define.ts';
import { many, sections, when } from './describe/common.ts';
import { bySeverity } from './severity.ts';

const health = (row: TraceRow) => traceHealth(row);

/** `504`, or the outcome where it is no request of HTTP. */
const statusOf = ({ httpStatus, outcome }: TraceRow): string =>
  httpStatus === null ? outcome : String(httpStatus);

/** Later than any trace (ms). */
const LAST = 1e15;

/** Seconds as people say them: `38 ms`, `3.04 s`. */
function seconds(value: number): string {
  return value < 1 ? `${Math.round(value * 1000)} ms` : `${value.toFixed(2)} s`;
}

const columns: readonly Column<TraceRow>[] = [
  timeColumn(
    { id: 'at', title: 'WHEN', description: 'When the request came in.', tier: 0, sortKey: 'A' },
    ({ created }) => created,
  ),
  {
    id: 'status',
    title: 'STATUS',
    tells: 'state',
    description: 'How it ended: its HTTP status, and what went wrong at the root.',
    tier: 0,
    min: 18,
    max: 120,
    grow: 3,
    sortKey: 'S',
    // Of those that ended alike the newest comes first.
    sortBy: bySeverity((row) => `${statusOf(row)} ${LAST - row.created}`, health),
    value: statusOf,
    cell: (row) => status(statusOf(row), health(row)),
  },
  {
    id: 'responseTime',
    title: 'TOOK',
    description: 'How long the answer took, in seconds.',
    tier: 0,
    min: 7,
    max: 8,
    align: 'right',
    descending: true,
    sortKey: 'T',
    value: ({ responseTime }) => responseTime,
    cell: ({ responseTime }) => (responseTime === null ? UNKNOWN : seconds(responseTime)),
  },
  textColumn(
    {
      id: 'entry',
      title: 'ENTRY',
      description: 'The service in which it came in.',
      tier: 0,
      min: 8,
      max: 32,
      cell: ({ entry }) => known(entry || null),
    },
    ({ entry }) => entry,
  ),
  textColumn(
    { id: 'method', title: 'METHOD', description: 'Of HTTP.', tier: 1, min: 6, max: 8 },
    ({ method }) => method,
  ),
  textColumn(
    {
      id: 'url',
      copies: 'URL',
      title: 'URL',
      description: 'What was asked for.',
      tier: 0,
      min: 16,
      max: 120,
      grow: 2,
      cut: 'middle',
    },
    ({ url }) => url,
  ),
  textColumn(
    {
      id: 'services',
      title: 'THROUGH',
      description: 'All services that it went through.',
      tier: 1,
      max: 80,
      cell: ({ services }) => muted(services.join(' ')),
    },
    ({ services }) => services.join(' '),
  ),
  textColumn(
    {
      id: 'clientIp',
      copies: 'client address',
      title: 'CLIENT',
      description: 'Where it came from.',
      tier: 2,
      max: 40,
    },
    ({ clientIp }) => clientIp,
  ),
  textColumn(
    {
      id: 'name',
      copies: 'trace id',
      title: 'TRACE',
      description: 'Id of the trace.',
      tier: 2,
      min: 35,
      max: 35,
      tells: 'identity',
    },
    ({ name }) => name,
  ),
  textColumn(
    {
      id: 'link',
      copies: 'link to the console',
      title: 'CONSOLE',
      description: 'Where the whole trace is shown: to be copied.',
      tier: 3,
      max: 160,
      cell: (row) => muted(traceLink(row)),
    },
    traceLink,
  ),
];

function describe({
  row,
  ctx,
}: {
  readonly row: TraceRow;
  readonly ctx: RowContext;
}): readonly Section[] {
  const { level } = health(row);
  const link = traceLink(row);
  return sections({
    title: 'Trace',
    lines: [
      ['Id', toned(row.name, 'strong')],
      ['Request', `${row.method} ${row.url}`.trim() || muted('not of HTTP')],
      [
        'Ended',
        toned(OUTCOMES[row.outcome], level === 'ok' ? 'good' : level === 'bad' ? 'bad' : 'warn'),
      ],
      ['Status', row.httpStatus === null ? UNKNOWN : String(row.httpStatus)],
      ...(row.outcome === 'ok'
        ? []
        : ([['Root cause', row.cause === '' ? muted('X-Ray does not tell') : row.cause]] as const)),
      ['Began', when(row.created, ctx)],
      ['Answer took', row.responseTime === null ? UNKNOWN : seconds(row.responseTime)],
      ['All of it took', row.duration === null ? UNKNOWN : seconds(row.duration)],
      ['Came in at', known(row.entry || null)],
      ...many('Went through', row.services),
      ['Client', known(row.clientIp || null)],
      ...(row.isPartial ? ([['Partial', 'parts of it are still on their way']] as const) : []),
      ...(link === '' ? [] : ([['Console', link]] as const)),
    ],
  });
}

export const traces = defineResource({
  id: 'traces',
  title: 'Traces',
  singular: 'trace',
  aliases: ['xray', 'x-ray'],
  description:
    'Requests of the last 15 minutes in the region of the cluster, as X-Ray keeps them: those that failed first, with the root of it.',
  table: 'traces',
  scope: 'cluster',
  columns,
  sort: { column: 'status', descending: false },
  health,
  enter: {
    is: 'link',
    to: 'services',
    title: 'services that it went through',
    target: ({ services, entry }) =>
      services.length === 0
        ? { none: 'X-Ray does not tell which services it went through' }
        : {
            label: `trace at ${entry || 'its start'}`,
            only: ({ name }: { readonly name: string }) => services.includes(name),
          },
  },
  describe,
  iam: ['xray:GetTraceSummaries'],
  empty: 'X-Ray has no traces of the last 15 minutes: nothing in the region sends any',
});
