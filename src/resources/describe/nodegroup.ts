import { nodeGroupHealth } from '../../domain/eks-health.ts';
import { nodeHealth } from '../../domain/health.ts';
import type { NodeGroupRow } from '../../domain/rows.ts';
import type { Query } from '../../ports/query.ts';
import { bar, known, percentOf, requestTone, status, toned } from '../cells.ts';
import type { DescribeInput, RowContext, Section } from '../define.ts';
import { shortNode } from '../names.ts';
import { sizeText } from './aws.ts';
import { many, pairs, sections, UNKNOWN, when, type Line } from './common.ts';
import { issuesSection } from './issues.ts';

export function describeNodeGroup({
  row,
  query,
  ctx,
}: DescribeInput<NodeGroupRow>): readonly Section[] {
  return sections(
    { title: row.kind === 'fargate' ? 'Fargate profile' : 'Node group', lines: summary(row, ctx) },
    issuesSection(row.health),
    { title: 'Nodes', lines: nodeLines(row, query, ctx) },
  );
}

function summary(row: NodeGroupRow, ctx: RowContext): readonly Line[] {
  const zones = row.zones.length > 0 ? row.zones : row.nodeZones;
  const types = row.instanceTypes.length > 0 ? row.instanceTypes : row.nodeTypes;
  return [
    ['Name', toned(row.name, 'strong')],
    ['Kind', row.kind],
    ['Status', status(row.status || 'known by its nodes', nodeGroupHealth(row, ctx.now))],
    ['Size', sizeText(row)],
    ['CPU requested', bar(percentOf(row.cpuRequested, row.cpuAllocatable), requestTone)],
    ['Memory requested', bar(percentOf(row.memoryRequested, row.memoryAllocatable), requestTone)],
    ['Capacity', known(row.capacity)],
    ['Instance types', known(types?.join(', ') ?? null)],
    ['Zones', known(zones?.join(', ') ?? null)],
    ['Version', known(row.version)],
    ['AMI release', known(row.release)],
    ['AMI type', known(row.amiType)],
    ['Update', known(row.update)],
    ['Auto Scaling group', known(row.asg)],
    ['IAM role', known(row.roleArn)],
    ['Created', when(row.created, ctx)],
    ...(row.kind === 'fargate' ? many('Selectors', row.selectors) : []),
    ...many('Subnets', row.subnets),
    ...many('Taints', row.taints),
    ...pairs('Node labels', row.nodeLabels),
  ];
}

function nodeLines(row: NodeGroupRow, query: Query, ctx: RowContext): readonly Line[] {
  if (!query.status('nodes').synced) return [UNKNOWN];
  return [...query.rows('nodes')]
    .filter((node) => node.gone === 0 && node.nodegroup === row.uid)
    .map((node): Line => {
      const state = status(node.status, nodeHealth(node, ctx.now));
      const place = `  ${node.instanceType} ${node.zone}`;
      return [
        shortNode(node.name),
        [...(typeof state === 'string' ? [] : state), [place, 'muted']],
      ];
    });
}
