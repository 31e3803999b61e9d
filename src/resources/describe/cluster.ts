import type { Cell } from '../../core/styled.ts';
import { clusterHealth } from '../../domain/eks-health.ts';
import type { ClusterRow } from '../../domain/rows.ts';
import { day, known, status, toned } from '../cells.ts';
import type { DescribeInput, RowContext, Section } from '../define.ts';
import { pairs, sections, UNKNOWN, when, type Line } from './common.ts';
import { issuesSection } from './issues.ts';

export function describeCluster({ row, ctx }: DescribeInput<ClusterRow>): readonly Section[] {
  const isEks = row.source !== 'context';
  return sections(
    {
      title: 'Cluster',
      lines: [
        ['Name', toned(row.name, 'strong')],
        ['Status', status(isEks ? row.status : 'context', clusterHealth(row, ctx.now))],
        ['Version', row.version === '' ? UNKNOWN : row.version],
        ['Context', known(row.context)],
        ['Endpoint', known(row.endpoint)],
        ['Nodes', known(row.nodes)],
        ['Pods', known(row.pods)],
        ...(row.error === '' ? [] : [['Not known', toned(row.error, 'warn')] as const]),
      ],
    },
    { title: 'AWS', lines: isEks ? awsLines(row, ctx) : [] },
    issuesSection(row.health),
    { title: 'Tags', lines: Object.keys(row.tags).length === 0 ? [] : pairs('Tags', row.tags) },
  );
}

function awsLines(row: ClusterRow, ctx: RowContext): readonly Line[] {
  return [
    ['ARN', row.id],
    ['Region', row.region],
    ['Account', known(row.account)],
    ['Profile', known(row.profile)],
    ['Platform version', known(row.platformVersion)],
    ['Standard support', support(row.standardSupportEnd, ctx)],
    ['Extended support', support(row.extendedSupportEnd, ctx)],
    ['Public endpoint', yesNo(row.endpointPublic)],
    ['Private endpoint', yesNo(row.endpointPrivate)],
    ['Created', when(row.created, ctx)],
  ];
}

const DAY = 86_400_000;

function support(end: number | null, { now }: RowContext): Cell {
  if (end === null) return UNKNOWN;
  const days = Math.ceil((end - now) / DAY);
  return days > 0
    ? [
        [`until ${day(end)}`, 'text'],
        [`  ${days} days`, days < 90 ? 'warn' : 'muted'],
      ]
    : toned(`ended on ${day(end)}`, 'warn');
}

function yesNo(value: boolean | null): Cell {
  return value === null ? UNKNOWN : value ? 'yes' : 'no';
}
