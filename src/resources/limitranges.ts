import { own } from '../core/own.ts';
import { calmHealth } from '../domain/health.ts';
import { refOf } from '../domain/ref.ts';
import type { LimitItem, LimitRangeRow } from '../domain/tables/limitranges.ts';
import { muted } from './cells.ts';
import { ageColumn, labelsColumn, nameColumn, namespaceColumn, textColumn } from './columns.ts';
import {
  defineResource,
  type Column,
  type DescribeInput,
  type RowContext,
  type Section,
} from './define.ts';
import {
  eventsSection,
  identityLines,
  inner,
  metadataLines,
  sections,
  type Line,
} from './describe/common.ts';
import { enterPods } from './links.ts';

const health = (row: LimitRangeRow, { now }: RowContext) => calmHealth(row, now);

const WORDS: Readonly<Record<string, string>> = { PersistentVolumeClaim: 'claim' };
const wordOf = ({ of }: LimitItem): string => own(WORDS, of) ?? of.toLowerCase();

/** `container cpu 4, memory 8Gi; pod cpu 8`. */
function bounds(items: readonly LimitItem[], bound: (item: LimitItem) => string): string {
  const byKind = new Map<string, string[]>();
  for (const item of items) {
    if (bound(item) === '') continue;
    const told = byKind.get(wordOf(item)) ?? [];
    byKind.set(wordOf(item), [...told, `${item.resource} ${bound(item)}`]);
  }
  return [...byKind].map(([kind, told]) => `${kind} ${told.join(', ')}`).join('; ');
}

/** Request and limit: `cpu 100m/500m, memory 128Mi/512Mi`. */
const defaults = ({ items }: LimitRangeRow): string =>
  items
    .filter(({ defaultRequest, defaultLimit }) => defaultRequest + defaultLimit !== '')
    .map(
      ({ resource, defaultRequest, defaultLimit }) =>
        `${resource} ${defaultRequest || '-'}/${defaultLimit || '-'}`,
    )
    .join(', ');

function boundColumn(
  column: Pick<Column<LimitRangeRow>, 'id' | 'title' | 'description' | 'tier'>,
  bound: (item: LimitItem) => string,
): Column<LimitRangeRow> {
  return textColumn({ ...column, min: 12, max: 80, grow: 1 }, ({ items }) => bounds(items, bound));
}

const columns: readonly Column<LimitRangeRow>[] = [
  namespaceColumn(),
  nameColumn(12, health),
  textColumn(
    {
      id: 'defaults',
      title: 'DEFAULTS',
      description: 'Request and limit of containers that have none of their own.',
      tier: 0,
      min: 14,
      max: 60,
      grow: 1,
    },
    defaults,
  ),
  boundColumn(
    {
      id: 'max',
      title: 'MAX',
      description: 'What asks for more is refused.',
      tier: 0,
    },
    ({ max }) => max,
  ),
  boundColumn(
    {
      id: 'min',
      title: 'MIN',
      description: 'What asks for less is refused.',
      tier: 1,
    },
    ({ min }) => min,
  ),
  boundColumn(
    {
      id: 'maxRatio',
      title: 'MAX-RATIO',
      description: 'How many times its request a limit may be.',
      tier: 2,
    },
    ({ maxRatio }) => maxRatio,
  ),
  ageColumn(),
  labelsColumn(),
];

/** The bounds of each resource of containers, pods or claims. */
function kindLines(items: readonly LimitItem[]): readonly Line[] {
  return items.flatMap((item): readonly Line[] => {
    const told = [
      ['default request', item.defaultRequest],
      ['default limit', item.defaultLimit],
      ['at least', item.min],
      ['at most', item.max],
      ['limit at most', item.maxRatio === '' ? '' : `${item.maxRatio} times the request`],
    ] as const;
    return [
      [item.resource, ''],
      ...told.flatMap(([label, value]): readonly Line[] =>
        value === '' ? [] : [[inner(label), value]],
      ),
    ];
  });
}

const TITLES: Readonly<Record<string, string>> = {
  Container: 'Each container',
  Pod: 'Each pod, all containers together',
  PersistentVolumeClaim: 'Each claim',
};

function describe({ row, object, events, ctx }: DescribeInput<LimitRangeRow>): readonly Section[] {
  const kinds = [...new Set(row.items.map(({ of }) => of))];
  return sections(
    {
      title: 'Limit range',
      lines: [
        ...identityLines(row, ctx),
        ['Holds for', muted('what is created or changed from now on; what runs stays as it is')],
        ...metadataLines(object),
      ],
    },
    ...kinds.map((kind) => ({
      title: own(TITLES, kind) ?? kind,
      lines: kindLines(row.items.filter(({ of }) => of === kind)),
    })),
    eventsSection(events, ctx),
  );
}

export const limitranges = defineResource({
  id: 'limitranges',
  title: 'Limit ranges',
  singular: 'limitrange',
  aliases: ['limits'],
  description: 'Limit ranges: what containers get that ask for nothing, and what is refused.',
  table: 'limitranges',
  scope: 'namespaced',
  columns,
  sort: { column: 'namespace', descending: false },
  health,
  enter: enterPods<LimitRangeRow>(
    'pods of its namespace',
    ({ namespace }) =>
      (pod) =>
        pod.namespace === namespace,
  ),
  ref: (row) => refOf('limitranges', row),
  describe,
  iam: [],
  empty: 'No limit ranges: containers that ask for nothing get nothing set aside',
});
