/** The size of a node group, as AWS has it: read, written, and followed until its nodes are Ready. */
import type { Cell } from '../../core/styled.ts';
import { failureText, hasFailed } from '../../domain/eks-update.ts';
import type { NodeGroupRow, NodeRow } from '../../domain/rows.ts';
import type { AwsCall } from '../../ports/aws-calls.ts';
import type { AwsDoor } from '../../ports/aws.ts';
import type { Query } from '../../ports/query.ts';
import { awsOf, type Aws } from '../targets/aws.ts';
import { awsCall, type Sendable } from './call.ts';
import type { ActionContext } from '../engine/define.ts';
import type { Progress } from '../engine/plan.ts';
import { reasonOf } from '../../core/words.ts';

/** What a group is to have at least, now and at most. */
export interface GroupSize {
  readonly min: number;
  readonly desired: number;
  readonly max: number;
}

/** What sets a size. */
interface Resize extends Pick<Sendable<AwsCall>, 'action' | 'command'> {
  /** @returns the id of EKS's update; empty where there is none */
  readonly send: () => Promise<string>;
}

/** How the groups of a kind are sized, and what AWS makes of it. */
export interface Sizing {
  /** What the maximum may be. */
  readonly max: { readonly from: number; readonly to: number };
  /** How it ends nodes that are too many. */
  readonly ending: string;
  /** The size as AWS has it now. */
  readonly read: (row: NodeGroupRow, aws: Aws) => Promise<GroupSize>;
  readonly resize: (row: NodeGroupRow, size: GroupSize, ctx: ActionContext) => Resize;
}

export const sizingOf = ({ kind }: NodeGroupRow): Sizing =>
  kind === 'managed' ? MANAGED : AUTO_SCALING;

const MANAGED: Sizing = {
  // EKS's default quota.
  max: { from: 1, to: 450 },
  ending:
    'EKS tries for 15 minutes to evict the pods of nodes that go, and then ends these without regard to PodDisruptionBudgets',
  read: async ({ name }, { door, eks }) => {
    const { nodegroup } = await door.call('eks:DescribeNodegroup', {
      clusterName: eks.name,
      nodegroupName: name,
    });
    const { minSize, desiredSize, maxSize } = nodegroup.scalingConfig;
    return { min: minSize ?? 0, desired: desiredSize ?? 0, max: maxSize ?? 0 };
  },
  resize: ({ name }, { min, desired, max }, ctx) => {
    const scalingConfig = { minSize: min, maxSize: max, desiredSize: desired };
    const asked = { clusterName: awsOf(ctx).eks.name, nodegroupName: name, scalingConfig };
    const { send, ...call } = awsCall('eks:UpdateNodegroupConfig', asked, ctx);
    return { ...call, send: async () => (await send()).update.id };
  },
};

/** Of a group that is nobody's but the user's own. */
const AUTO_SCALING: Sizing = {
  max: { from: 0, to: Infinity },
  ending:
    'its Auto Scaling group ends nodes at once, without regard to PodDisruptionBudgets: nothing drains them but a lifecycle hook or a termination handler of your own',
  read: async ({ asg }, { door }) => {
    const group = await autoScalingGroup(asg, door);
    if (group === undefined) throw new Error(`there is no Auto Scaling group ${asg} any more`);
    const { MinSize, DesiredCapacity, MaxSize } = group;
    return { min: MinSize ?? 0, desired: DesiredCapacity ?? 0, max: MaxSize ?? 0 };
  },
  resize: ({ asg }, { min, desired, max }, ctx) => {
    const sizes = { MinSize: min, MaxSize: max, DesiredCapacity: desired };
    const asked = { AutoScalingGroupName: asg, ...sizes };
    const { send, ...call } = awsCall('autoscaling:UpdateAutoScalingGroup', asked, ctx);
    return { ...call, send: () => send().then(() => '') };
  },
};

async function autoScalingGroup(name: string, door: AwsDoor) {
  const { AutoScalingGroups } = await door.call('autoscaling:DescribeAutoScalingGroups', {
    AutoScalingGroupNames: [name],
  });
  return AutoScalingGroups[0];
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
