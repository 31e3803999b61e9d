import type { Health } from '../domain/health.ts';
import type { CheckRow } from '../domain/rows.ts';
import { accessentries } from './accessentries.ts';
import { addons } from './addons.ts';
import { known, muted, NONE, status } from './cells.ts';
import { clusters } from './clusters.ts';
import { nameColumn, textColumn } from './columns.ts';
import { defineResource, type Column } from './define.ts';
import { sections } from './describe/common.ts';
import { insights } from './insights.ts';
import { nodegroups } from './nodegroups.ts';

const health = ({ gone, level, found }: CheckRow): Health => {
  if (gone > 0) return { level: 'gone', cause: '' };
  if (level === 'unknown') return { level: 'warn', cause: found };
  return { level, cause: found };
};

const WORDS: Readonly<Record<CheckRow['level'], string>> = {
  ok: 'well',
  warn: 'look',
  bad: 'broken',
  unknown: 'not known',
};
/** What is worst comes first. */
const ORDER: readonly CheckRow['level'][] = ['bad', 'warn', 'unknown', 'ok'];

const columns: readonly Column<CheckRow>[] = [
  { ...nameColumn<CheckRow>(5, health), max: 6, title: 'CHECK' },
  {
    id: 'status',
    title: 'STATUS',
    tells: 'state',
    description: 'How it came out, and what was found.',
    tier: 0,
    min: 44,
    max: 140,
    grow: 4,
    sortKey: 'S',
    value: ({ level, found }) => (found === '' ? level : `${level}: ${found}`),
    sortBy: ({ level }) => ORDER.indexOf(level),
    cell: (row) => status(WORDS[row.level], health(row)),
  },
  textColumn(
    {
      id: 'title',
      title: 'WHAT-IS-CHECKED',
      description: 'What the check is about: what holds where all is well.',
      ...{ tier: 0, min: 20, max: 56, grow: 1 },
    },
    ({ title }) => title,
  ),
  textColumn(
    {
      id: 'fix',
      copies: 'fix',
      title: 'FIX',
      description: 'What mends it.',
      ...{ tier: 2, min: 24, max: 100, grow: 2 },
      cell: ({ fix }) => (fix === '' ? NONE : muted(fix)),
    },
    ({ fix }) => fix,
  ),
];

export const checks = defineResource({
  id: 'doctor',
  title: 'Doctor',
  singular: 'check',
  aliases: ['checks', 'doc'],
  description:
    'The checks of the cluster, the worst first: what each found, and what mends it. The same as ekscope doctor.',
  table: 'checks',
  scope: 'cluster',
  columns,
  sort: { column: 'status', descending: false },
  health,
  enter: {
    is: 'link',
    to: 'nodes',
    title: 'what it is about',
    target: ({ about, name }) =>
      about === null
        ? { none: `${name} is about the cluster: :clusters and d tell all of it` }
        : { to: about.table, label: about.name, only: ({ uid }) => uid === about.uid },
  },
  describe: ({ row }) =>
    sections({
      title: 'Check',
      lines: [
        ['Check', `${row.name}: ${row.title}`],
        ['Status', status(WORDS[row.level], { ...health(row), cause: '' })],
        ['Found', known(row.found)],
        ['Fix', known(row.fix)],
        ['About', known(row.about?.name ?? '')],
      ],
    }),
  iam: [
    ...new Set([accessentries, addons, clusters, insights, nodegroups].flatMap(({ iam }) => iam)),
  ],
  empty: 'No checks: none could be made',
});
