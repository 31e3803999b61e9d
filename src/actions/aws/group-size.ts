/** The size of a node group, as AWS has it: read, written, and followed until its nodes are Ready. */
import type { Cell } from '../../core/styled.ts';
import { failureText, hasFailed } from '../../domain/eks-update.ts';
import type { NodeGroupRow, NodeRow } from '../../domain/rows.ts';
import type { AwsDoor } from '../../ports/aws.ts';
import type { Query } from '../../ports/query.ts';
import { awsOf, type Aws } from '../targets/aws.ts';
import type { ActionContext } from '../engine/define.ts';
import type { Progress } from '../engine/plan.ts';
import { reasonOf } from '../../core/words.ts';

/** What a group is to have at least, now and at most. */
export interface GroupSize {
  readonly min: number;
  readonly desired: number;
  readonly max: number;
}

/** The size as AWS has it now. */
export async function sizeOf(row: NodeGroupRow, { door, eks }: Aws): Promise<GroupSize> {
  if (row.kind === 'managed') {
    const { nodegroup } = await door.call('eks:DescribeNodegroup', {
      clusterName: eks.name,
      nodegroupName: row.name,
    });
    const { minSize, desiredSize, maxSize } = nodegroup.scalingConfig;
    return { min: minSize ?? 0, desired: desiredSize ?? 0, max: maxSize ?? 0 };
  }
  const group = await autoScalingGroup(row.asg, door);
  return {
    min: group?.MinSize ?? 0,
    desired: group?.DesiredCapacity ?? 0,
    max: group?.MaxSize ?? 0,
  };
}

async function autoScalingGroup(name: string, door: AwsDoor) {
  const { AutoScalingGroups } = await door.call('autoscaling:DescribeAutoScalingGroups', {
    AutoScalingGroupNames: [name],
  });
  return AutoScalingGroups[0];
}

/** Sets the size. @returns the id of EKS's update; empty where there is none */
export async function resize(
  row: NodeGroupRow,
  size: GroupSize,
  { door, eks }: Aws,
): Promise<string> {
  if (row.kind === 'managed') {
    const { update } = await door.call('eks:UpdateNodegroupConfig', {
      clusterName: eks.name,
      nodegroupName: row.name,
      scalingConfig: { minSize: size.min, desiredSize: size.desired, maxSize: size.max },
    });
    return update.id;
  }
  await door.call('autoscaling:UpdateAutoScalingGroup', {
    AutoScalingGroupName: row.asg,
    MinSize: size.min,
    DesiredCapacity: size.desired,
    MaxSize: size.max,
  });
  return '';
}

/** The same with the aws CLI. */
export function resizeCommand(
  row: NodeGroupRow,
  size: GroupSize,
  { awsCli, eks }: Pick<ActionContext, 'awsCli' | 'eks'>,
): string {
  const { min, desired, max } = size;
  if (row.kind === 'managed') {
    const cluster = ['--cluster-name', eks?.name ?? '', '--nodegroup-name', row.name];
    const config = `minSize=${min},maxSize=${max},desiredSize=${desired}`;
    return awsCli(['eks', 'update-nodegroup-config', ...cluster, '--scaling-config', config]);
  }
  return awsCli([
    ...['autoscaling', 'update-auto-scaling-group', '--auto-scaling-group-name', row.asg],
    ...['--min-size', `${min}`, '--max-size', `${max}`, '--desired-capacity', `${desired}`],
  ]);
}

/** What an update, its instances and its nodes tell of how far a group is. */
export async function lookAtGroup(
  row: NodeGroupRow,
  { desired }: GroupSize,
  update: string,
  startedAt: number,
  ctx: ActionContext,
): Promise<Progress> {
  const { door, eks } = awsOf(ctx);
  // What may not be asked leaves a gap: the nodes themselves tell whether they are there.
  const gaps: Cell[] = [];
  const orGap = <T, Gap>(asked: Promise<T>, gap: Gap): Promise<T | Gap> =>
    asked.catch((error: unknown) => {
      gaps.push([[`? ${reasonOf(error)}`, 'warn']]);
      return gap;
    });
  const [told, group, failure] = await Promise.all([
    update === '' ? null : orGap(updateOf(row, update, { door, eks }), null),
    row.asg === '' ? undefined : orGap(autoScalingGroup(row.asg, door), undefined),
    row.asg === '' ? '' : orGap(lastFailure(row.asg, startedAt, door), ''),
  ]);
  const instances = group?.Instances ?? [];
  const serving = instances.filter(({ LifecycleState }) => LifecycleState === 'InService').length;
  const nodes = nodesOf(row, ctx.query);
  const ready = nodes.filter(({ isReady }) => isReady).length;
  const isThere = nodes.length === desired && ready === desired && instances.length <= desired;
  const lines: Cell[] = [
    ...(told === null ? [] : [line(told.status === 'Successful', `update ${told.status}`)]),
    ...(group === undefined
      ? []
      : [
          line(
            instances.length === desired && serving === desired,
            `${serving} of ${desired} instances in service, ${instances.length} there`,
          ),
        ]),
    line(isThere, `${ready} of ${desired} nodes Ready, ${nodes.length} there`),
    ...(failure === '' ? [] : [[[`✗ ${failure}`, 'bad']] as Cell]),
    ...gaps,
  ];
  if (told !== null && hasFailed(told))
    return { state: 'failed', text: `${row.name}: update ${told.status}: ${told.words}`, lines };
  if (isThere && (told === null || told.status === 'Successful'))
    return { state: 'done', text: `${row.name} has ${desired} nodes, all Ready`, lines };
  const text =
    failure === '' ? `${row.name}: ${ready} of ${desired} nodes Ready` : `${row.name}: ${failure}`;
  return { state: 'working', text, lines };
}

const line = (isDone: boolean, text: string): Cell => [
  [isDone ? '✓ ' : '… ', isDone ? 'good' : 'info'],
  [text, 'text'],
];

async function updateOf(row: NodeGroupRow, updateId: string, { door, eks }: Aws) {
  const { update } = await door.call('eks:DescribeUpdate', {
    name: eks.name,
    nodegroupName: row.name,
    updateId,
  });
  return { status: update.status, words: failureText(update.errors) };
}

/** Why the last instance could not be started since then, in AWS's own words. */
export async function lastFailure(asg: string, since: number, door: AwsDoor): Promise<string> {
  const { Activities } = await door.call('autoscaling:DescribeScalingActivities', {
    AutoScalingGroupName: asg,
  });
  const [last] = Activities;
  const isNew = last !== undefined && (last.StartTime ?? 0) >= since - SKEW;
  return isNew && last.StatusCode === 'Failed' ? last.StatusMessage : '';
}

/** How far (ms) AWS's clock and ours may be apart. */
const SKEW = 60_000;

/** The nodes of a group that are there. */
export function nodesOf({ uid }: NodeGroupRow, query: Query): readonly NodeRow[] {
  return [...query.rows('nodes')].filter(({ nodegroup, gone }) => nodegroup === uid && gone === 0);
}
