import { plain, type Cell } from '../../core/styled.ts';
import { releaseOfGroup } from '../../domain/ami-release.ts';
import { nodeGroupHealth } from '../../domain/eks-health.ts';
import { groupUpdate } from '../../domain/group-update.ts';
import { nodeHealth } from '../../domain/health.ts';
import { hourOf, nodePrice } from '../../domain/node-price.ts';
import { MONTH_HOURS } from '../../domain/prices.ts';
import type { NodeGroupRow } from '../../domain/rows.ts';
import type { Query } from '../../ports/query.ts';
import { bar, known, percentOf, requestTone, status, toned } from '../cells.ts';
import type { DescribeInput, RowContext, Section } from '../define.ts';
import { boundedCell } from '../money.ts';
import { shortNode } from '../names.ts';
import { versionOf } from '../nodegroup-columns.ts';
import { releaseLines } from '../release-columns.ts';
import { sizeText } from './aws.ts';
import { many, pairs, sections, UNKNOWN, when, type Line } from './common.ts';
import { issuesSection } from './issues.ts';

export function describeNodeGroup({
  row,
  query,
  ctx,
}: DescribeInput<NodeGroupRow>): readonly Section[] {
  return sections(
    // What is the matter now is why one looks, and has to be read on the smallest screen.
    issuesSection(row.health),
    { title: 'Why it does not grow', lines: growthLines(row, query) },
    { title: 'Update', lines: updateLines(row, query, ctx) },
    {
      title: row.kind === 'fargate' ? 'Fargate profile' : 'Node group',
      lines: summary(row, query, ctx),
    },
    { title: 'Nodes', lines: nodeLines(row, query, ctx) },
  );
}

function summary(row: NodeGroupRow, query: Query, ctx: RowContext): readonly Line[] {
  const zones = row.zones.length > 0 ? row.zones : row.nodeZones;
  const types = row.instanceTypes.length > 0 ? row.instanceTypes : row.nodeTypes;
  return [
    ['Name', toned(row.name, 'strong')],
    ['Kind', row.kind],
    ['Status', status(row.status || 'known by its nodes', nodeGroupHealth(row, ctx.now))],
    ['Size', sizeText(row)],
    ...costLines(row, query),
    ['CPU requested', bar(percentOf(row.cpuRequested, row.cpuAllocatable), requestTone)],
    ['Memory requested', bar(percentOf(row.memoryRequested, row.memoryAllocatable), requestTone)],
    ['Capacity', known(row.capacity)],
    ['Instance types', known(types?.join(', ') ?? null)],
    ['Zones', known(zones?.join(', ') ?? null)],
    ['Version', known(versionOf(row))],
    ...releaseLines(releaseOfGroup(row), ctx),
    ['AMI type', known(row.amiType)],
    ...(row.kind === 'managed' ? managedLines(row) : []),
    ['Auto Scaling group', known(row.asg)],
    ['IAM role', known(row.roleArn)],
    ['Created', when(row.created, ctx)],
    ...(row.kind === 'fargate' ? many('Selectors', row.selectors) : []),
    ...many(
      'Subnets',
      row.subnets.map((id) => subnetText(id, query)),
    ),
    ...many('Taints', row.taints),
    ...pairs('Node labels', row.nodeLabels),
  ];
}

/** What its nodes cost together, of which some may have no price. */
function costLines(row: NodeGroupRow, query: Query): readonly Line[] {
  if (!query.status('nodes').synced) return [];
  const prices = nodesOf(row, query).map(nodePrice);
  const hours = prices.map(hourOf).filter((hour) => hour !== null);
  if (hours.length === 0) return prices.length === 0 ? [] : [['Costs', UNKNOWN]];
  const hour = hours.reduce((sum, each) => sum + each, 0);
  const bounds = {
    atLeast: hours.length < prices.length || prices.some(({ fee }) => fee === null),
    atMost: prices.some(({ paid, list }) => paid === null && list !== null),
  };
  const sum = (amount: number): string =>
    plain(boundedCell(amount, bounds)).replace(/^[≥≤~]?/, (sign) => `${sign}$`);
  return [
    [
      'Costs',
      [
        [`${sum(hour)} an hour, ${sum(hour * MONTH_HOURS)} a month`, 'text'],
        ['  :costs tells for whom', 'muted'],
      ],
    ],
  ];
}

/** Its nodes that are there. */
const nodesOf = (row: NodeGroupRow, query: Query) =>
  [...query.rows('nodes')].filter((node) => node.gone === 0 && node.nodegroup === row.uid);

/** What EKS keeps of the groups that it manages alone. */
function managedLines(row: NodeGroupRow): readonly Line[] {
  return [
    ['Nodes at a time', row.maxUnavailable === '' ? UNKNOWN : `${row.maxUnavailable} in an update`],
    ['Launch template', templateText(row)],
    ['Auto repair', repairText(row)],
  ];
}

function templateText(row: NodeGroupRow): Cell {
  const { templateId: id, templateName: name, templateVersion: version } = row;
  return id === '' ? toned('made by EKS', 'muted') : `${name || id}, version ${version}`;
}

function repairText({ repair }: NodeGroupRow): Cell {
  if (repair === null) return UNKNOWN;
  return repair ? 'on: EKS replaces broken nodes' : toned('off', 'muted');
}

/** A subnet, with how many addresses are left in it where that is known. */
function subnetText(id: string, query: Query): string {
  const row = query.get('subnets', id);
  if (row === undefined || row.free === null) return id;
  return `${id}  ${row.zone}, ${row.free} of ${row.size ?? '?'} addresses free`;
}

/** Nodes take an address each, and more for their pods: with fewer in a subnet none is started there. */
const FEW = 16;

/** What keeps more nodes from coming: of AWS's words, its size, and its subnets. */
function growthLines(row: NodeGroupRow, query: Query): readonly Line[] {
  const { desired, max, shortfall, nodesTotal: total } = row;
  const full = row.subnets
    .map((id) => query.get('subnets', id))
    .filter((subnet) => subnet !== undefined)
    .filter(({ free }) => free !== null && free < FEW);
  return [
    ...(shortfall === '' ? [] : [['Auto Scaling', toned(shortfall, 'warn')] as const]),
    ...(desired !== null && total !== null && total < desired
      ? [['Missing', `${desired - total} of ${desired} nodes have not joined`] as const]
      : []),
    ...(desired !== null && max !== null && max > 0 && desired >= max
      ? [['Size', toned(`${desired} nodes are its maximum: s sets another`, 'warn')] as const]
      : []),
    ...full.map(({ uid, zone, free }): Line => [
      'Addresses',
      toned(`${uid} in ${zone} has ${free ?? '?'} left`, 'warn'),
    ]),
  ];
}

/** The update that EKS is at, and what it waits for. */
function updateLines(row: NodeGroupRow, query: Query, ctx: RowContext): readonly Line[] {
  if (row.update === '') return [];
  const lines: Line[] = [
    ['Update', toned(row.update, 'info')],
    ['Begun', when(row.updateSince, ctx)],
  ];
  if (row.updateSince === 0 || !query.status('nodes').synced || !query.status('pods').synced)
    return lines;
  const nodes = nodesOf(row, query);
  const { steps, ready, old, waitsFor } = groupUpdate(
    nodes,
    query.rows('pods'),
    query.rows('pdbs'),
    row.updateSince,
  );
  return [
    ...lines,
    ['Nodes', `${ready} new Ready, ${old} old left`],
    ...(waitsFor === '' ? [] : [['Waits for', toned(waitsFor, 'warn')] as const]),
    ...steps.flatMap(({ node, state, left, kept }): readonly Line[] => [
      [shortNode(node.name), `${state}${left === 0 ? '' : `, ${left} pods left`}`],
      ...kept.map(({ pod, why }): Line => ['', toned(`${pod} is kept by ${why}`, 'warn')]),
    ]),
  ];
}

function nodeLines(row: NodeGroupRow, query: Query, ctx: RowContext): readonly Line[] {
  if (!query.status('nodes').synced) return [UNKNOWN];
  return nodesOf(row, query).map((node): Line => {
    const state = status(node.status, nodeHealth(node, ctx.now));
    const place = `  ${node.instanceType} ${node.zone}`;
    return [shortNode(node.name), [...(typeof state === 'string' ? [] : state), [place, 'muted']]];
  });
}
