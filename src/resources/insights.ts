import { own } from '../core/own.ts';
import { insightHealth } from '../domain/insight.ts';
import type { InsightRow } from '../domain/rows.ts';
import { known, muted, status, toned, UNKNOWN } from './cells.ts';
import { nameColumn, textColumn, timeColumn } from './columns.ts';
import { defineResource, type Column, type RowContext, type Section } from './define.ts';
import { inner, many, sections, when, type Line } from './describe/common.ts';
import { bySeverity } from './severity.ts';

const health = (row: InsightRow) => insightHealth(row);

const CATEGORIES: Readonly<Record<string, string>> = {
  UPGRADE_READINESS: 'upgrade',
  MISCONFIGURATION: 'settings',
  ROLLBACK_READINESS: 'rollback',
};

const categoryOf = ({ category }: InsightRow): string => own(CATEGORIES, category) ?? category;

const columns: readonly Column<InsightRow>[] = [
  {
    id: 'category',
    title: 'ABOUT',
    tells: 'identity',
    description: 'What it is about: upgrade, rollback or settings.',
    tier: 0,
    min: 8,
    max: 18,
    value: categoryOf,
    cell: (row) => muted(categoryOf(row)),
  },
  textColumn(
    {
      id: 'version',
      title: 'K8S',
      description: 'Version of Kubernetes that it is about.',
      tier: 0,
      min: 4,
      max: 6,
    },
    ({ version }) => version,
  ),
  nameColumn(24, health),
  {
    id: 'status',
    title: 'STATUS',
    tells: 'state',
    description: 'What EKS found, with what blocks: which client calls which API that goes away.',
    tier: 0,
    min: 12,
    max: 160,
    grow: 4,
    sortKey: 'S',
    sortBy: bySeverity((row) => row.status, health),
    value: (row) => row.status,
    cell: (row) => status(row.status, health(row)),
  },
  timeColumn(
    { id: 'since', title: 'SINCE', description: 'How long it has been so.', tier: 1 },
    ({ since }) => since,
  ),
  timeColumn(
    {
      id: 'refreshed',
      title: 'CHECKED',
      description: 'When EKS looked last: it does so once a day.',
      tier: 1,
      sortKey: 'A',
    },
    ({ refreshed }) => refreshed,
  ),
];

function describe({
  row,
  ctx,
}: {
  readonly row: InsightRow;
  readonly ctx: RowContext;
}): readonly Section[] {
  return sections(
    {
      title: 'Insight',
      lines: [
        ['Name', toned(row.name, 'strong')],
        ['About', `${categoryOf(row)} ${row.version}`.trim()],
        ['Status', status(row.status, insightHealth(row))],
        ['Reason', known(row.reason)],
        ['Since', when(row.since, ctx)],
        ['Checked', when(row.refreshed, ctx)],
        ['What it is', known(row.description)],
        ['What to do', row.recommendation === '' ? UNKNOWN : toned(row.recommendation, 'accent')],
      ],
    },
    {
      title: 'APIs that go away',
      lines: row.deprecated.flatMap((use) => [
        [use.usage, useText(use)] as const,
        ...use.clients.map((client) => clientLine(client, ctx)),
      ]),
    },
    {
      title: 'Add-ons',
      lines: row.addons.map(({ name, versions }): Line => [name, `needs ${versions.join(' or ')}`]),
    },
    { title: 'Resources', lines: row.resources.length === 0 ? [] : many('', row.resources) },
    { title: 'More', lines: Object.entries(row.links) },
  );
}

function useText({ stopsIn, replacedWith }: InsightRow['deprecated'][number]) {
  const instead = replacedWith === '' ? '' : `  use ${replacedWith}`;
  return [
    [`gone in ${stopsIn || '?'}`, 'warn'],
    [instead, 'text'],
  ] as const;
}

function clientLine(
  { agent, requests, last }: InsightRow['deprecated'][number]['clients'][number],
  ctx: RowContext,
): Line {
  const at = when(last, ctx);
  return [
    inner(agent),
    [
      [`${requests ?? '?'} requests in 30 days, last `, 'text'],
      ...(typeof at === 'string' ? [[at, 'text'] as const] : at),
    ],
  ];
}

export const insights = defineResource({
  id: 'insights',
  title: 'Insights',
  singular: 'insight',
  aliases: ['upgrade-insights', 'readiness'],
  description:
    'What EKS finds out: whether the cluster may be upgraded, what blocks, who calls it.',
  table: 'insights',
  scope: 'cluster',
  inHeader: { one: 'insight', problems: true, read: false },
  columns,
  sort: { column: 'status', descending: false },
  health,
  describe,
  iam: ['eks:ListInsights', 'eks:DescribeInsight'],
  empty: 'No insights: EKS has not looked at this cluster yet',
});
