/** The AWS side of what runs on a node, from the rows that are known of it. */
import { own } from '../../core/own.ts';
import type { Cell } from '../../core/styled.ts';
import { releaseOfGroup } from '../../domain/ami-release.ts';
import { capacityOfNode } from '../../domain/compute.ts';
import type { NodeGroupRow, NodeRow } from '../../domain/rows.ts';
import type { Query } from '../../ports/query.ts';
import { known, muted, status, toned } from '../cells.ts';
import type { RowContext } from '../define.ts';
import { nodeGroupHealth } from '../../domain/eks-health.ts';
import { releaseCell } from '../release-columns.ts';
import { NONE, UNKNOWN, type Line } from './common.ts';

/** A zone with its id: `eu-central-1a (euc1-az2)`. */
export function zoneText(zone: string | null, zoneId: string | null): Cell {
  if (zone === null) return UNKNOWN;
  if (zone === '') return NONE;
  return zoneId === null || zoneId === '' ? zone : `${zone} (${zoneId})`;
}

/** The instance under a node, its place, and how it is paid. */
export function instanceLines(node: NodeRow): readonly Line[] {
  return [
    ['Compute', node.compute],
    ['Instance', known([node.instanceType, node.instanceId].filter(Boolean).join(' '))],
    ['Zone', zoneText(node.zone, node.zoneId)],
    ['Capacity', known(capacityOfNode(node))],
    ...hybridLines(node),
    ['Address in the VPC', known(node.internalIP)],
    ['Provider id', muted(node.providerId)],
  ];
}

/** How a node of one's own proves to AWS who it is. */
function hybridLines({ compute, labels }: NodeRow): readonly Line[] {
  if (compute !== 'hybrid') return [];
  const provider = labels['eks.amazonaws.com/hybrid-credential-provider'] ?? '';
  return [['Credentials', known(own(PROVIDERS, provider) ?? provider)]];
}

const PROVIDERS: Readonly<Record<string, string>> = {
  ssm: 'by a hybrid activation of Systems Manager',
  'iam-ra': 'by IAM Roles Anywhere',
};

/** The row of a node's group; undefined where it is not known. */
export function groupOf(node: NodeRow, query: Query): NodeGroupRow | undefined {
  return query.get('nodegroups', node.nodegroup);
}

/** The role of a node, as its group has it; null where it is not known. */
export function roleOfNode(name: string, query: Query): string | null {
  const node = query.named('nodes', '', name);
  return (node && groupOf(node, query)?.roleArn) || null;
}

/** What there is to say of a node's group in a few lines. */
export function groupLines(
  name: string,
  group: NodeGroupRow | undefined,
  ctx: RowContext,
): readonly Line[] {
  if (group === undefined) return [['Group', known(name)]];
  return [
    ['Group', known(group.name)],
    ['Group status', status(group.status || 'known by its nodes', nodeGroupHealth(group, ctx.now))],
    ['Group size', sizeText(group)],
    // Of other groups the image of a node says all there is to say.
    ...(group.kind === 'managed'
      ? [['Group AMI release', releaseCell(releaseOfGroup(group), ctx)] as const]
      : []),
  ];
}

/** `3 nodes, 3 ready (2–6, wants 3)`. */
export function sizeText(group: NodeGroupRow): Cell {
  const { nodesTotal, nodesReady, min, max, desired } = group;
  const nodes = `${nodesTotal ?? '?'} nodes, ${nodesReady ?? '?'} ready`;
  if (min === null || max === null) return nodes;
  const full = desired !== null && desired >= max;
  return [
    [nodes, 'text'],
    [` (${min}–${max}, wants ${desired ?? '?'})`, 'muted'],
    [full ? ' at its maximum' : '', 'warn'],
  ];
}

/** A role's ARN, or that the account has none, or that it is not known. */
export function roleLine(role: string | null): Line {
  if (role === null) return ['IAM role', UNKNOWN];
  return ['IAM role', role === '' ? toned('none by annotation', 'muted') : role];
}
