import type { Cell } from '../core/styled.ts';
import { calmHealth, type Health } from '../domain/health.ts';
import { refOf } from '../domain/ref.ts';
import type { QuotaItem, ResourceQuotaRow } from '../domain/tables/resourcequotas.ts';
import { loadTone, muted, NONE, percent, toned } from './cells.ts';
import { bySeverity } from './severity.ts';
import { ageColumn, labelsColumn, nameColumn, namespaceColumn, textColumn } from './columns.ts';
import {
  defineResource,
  type Column,
  type DescribeInput,
  type RowContext,
  type Section,
} from './define.ts';
import { departure, eventsSection, metadataLines, sections, when } from './describe/common.ts';

const isFull = ({ share }: QuotaItem): boolean => share >= 1;

/** What is used up: the next object that asks for more of it is refused. */
function health(row: ResourceQuotaRow, ctx: RowContext): Health {
  const calm = calmHealth(row, ctx.now);
  if (calm.level !== 'ok') return calm;
  const full = row.items.filter(isFull).map(({ resource }) => resource);
  if (full.length === 0) return calm;
  return { level: 'warn', cause: `no more ${full.join(', ')}` };
}

/** The item of which most is used. */
const tightest = ({ items }: ResourceQuotaRow): QuotaItem | undefined =>
  items.reduce<QuotaItem | undefined>(
    (most, item) => (most === undefined || item.share > most.share ? item : most),
    undefined,
  );

const inPercent = ({ share }: QuotaItem): number => Math.floor(share * 100 + 1e-9);

const itemText = ({ resource, used, hard }: QuotaItem): string =>
  `${resource}: ${used || '?'}/${hard}`;

const isLimit = ({ resource }: QuotaItem): boolean => resource.startsWith('limits.');

const textOf = (items: readonly QuotaItem[]): string => items.map(itemText).join(', ');

const columns: readonly Column<ResourceQuotaRow>[] = [
  namespaceColumn(),
  nameColumn(14, health),
  {
    id: 'used',
    title: 'USED',
    description: 'How much of the item that is nearest to its end is used.',
    tier: 0,
    min: 5,
    max: 5,
    align: 'right',
    descending: true,
    sortKey: 'C',
    value: (row) => {
      const item = tightest(row);
      return item === undefined ? null : inPercent(item);
    },
    cell: (row) => {
      const item = tightest(row);
      return item === undefined ? NONE : percent(inPercent(item));
    },
  },
  {
    id: 'tightest',
    title: 'TIGHTEST',
    tells: 'state',
    description: 'What is used up and refused from now on, else the item nearest to its end.',
    tier: 0,
    min: 20,
    max: 90,
    grow: 2,
    sortKey: 'S',
    // The nearest to its end first.
    sortBy: bySeverity((row) => {
      const item = tightest(row);
      return item === undefined ? null : Math.max(0, 1_000 - inPercent(item));
    }, health),
    value: (row) => tightest(row)?.resource ?? '',
    cell: (row, ctx) => {
      const item = tightest(row);
      if (item === undefined) return NONE;
      const { cause, level } = health(row, ctx);
      return cause === ''
        ? muted(itemText(item))
        : [
            ['! ', 'warn'],
            [cause, level === 'warn' ? 'warn' : 'muted'],
          ];
    },
  },
  textColumn(
    {
      id: 'request',
      copies: 'usage',
      title: 'REQUEST',
      description: 'Used and allowed of all but limits.',
      tier: 1,
      max: 160,
      grow: 1,
      cell: ({ items }) => muted(textOf(items.filter((item) => !isLimit(item)))),
    },
    ({ items }) => textOf(items.filter((item) => !isLimit(item))),
  ),
  textColumn(
    {
      id: 'limit',
      title: 'LIMIT',
      description: 'Used and allowed limits of containers together.',
      tier: 2,
      max: 90,
      cell: ({ items }) => muted(textOf(items.filter(isLimit))),
    },
    ({ items }) => textOf(items.filter(isLimit)),
  ),
  textColumn(
    {
      id: 'scopes',
      title: 'SCOPES',
      description: 'Which pods it counts; none: all.',
      tier: 2,
      cell: ({ scopes }) => muted(scopes),
    },
    ({ scopes }) => scopes,
  ),
  ageColumn(),
  labelsColumn(),
];

function describe({
  row,
  object,
  events,
  ctx,
}: DescribeInput<ResourceQuotaRow>): readonly Section[] {
  const { cause } = health(row, ctx);
  return sections(
    {
      title: 'Resource quota',
      lines: [
        ['Name', toned(row.name, 'strong')],
        ['Namespace', row.namespace],
        ...departure(row, ctx),
        ['Counts', row.scopes === '' ? 'everything in the namespace' : `pods of ${row.scopes}`],
        [
          'Blocks',
          cause === ''
            ? muted('nothing')
            : toned(`${cause}: whatever asks for more is refused`, 'warn'),
        ],
        ['Created', when(row.created, ctx)],
        ...metadataLines(object),
      ],
    },
    {
      title: 'Used',
      lines: row.items.map((item): [string, Cell] => [
        item.resource,
        [
          [`${inPercent(item)}%`.padStart(5), loadTone(inPercent(item))],
          [`  ${item.used || '?'} of ${item.hard}`, 'text'],
        ],
      ]),
    },
    eventsSection(events, ctx),
  );
}

export const resourcequotas = defineResource({
  id: 'resourcequotas',
  title: 'Resource quotas',
  singular: 'resourcequota',
  aliases: ['quota'],
  description: 'Resource quotas: what of them is used, and what is refused because it is used up.',
  table: 'resourcequotas',
  scope: 'namespaced',
  columns,
  sort: { column: 'namespace', descending: false },
  health,
  ref: (row) => refOf('resourcequotas', row),
  describe,
  iam: [],
  empty: 'No resource quotas: nothing bounds what a namespace may use',
});
