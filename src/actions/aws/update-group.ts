import { budgetWords, mustLeave } from '../../domain/group-update.ts';
import { CUSTOM_AMI } from '../../domain/ami-release.ts';
import type { NodeGroupRow, NodeRow, PodRow } from '../../domain/rows.ts';
import { heldBy } from '../../domain/tables/pdbs.ts';
import type { Query } from '../../ports/query.ts';
import { awsCall } from './call.ts';
import { defineAction, type ActionContext, type ActionTarget } from '../engine/define.ts';
import type { FormValues } from '../engine/form.ts';
import type { Plan, Step } from '../engine/plan.ts';
import { awsOf, NO_AWS } from '../targets/aws.ts';
import { runningUpdate } from './eks-updates.ts';
import { followPlan } from './follow-update.ts';
import { lookAtUpdate } from './group-update-look.ts';
import { nodesOf } from './group-size.ts';
import { isRunning, updateForm, wantedOf, type Wanted } from './update-group-form.ts';

type Target = ActionTarget<NodeGroupRow>;

/** How long (ms) it is followed: EKS drains a node after the other, up to a quarter of an hour each. */
const LIMIT = 12 * 3_600_000;
/** How often (ms) AWS is asked how far it is. */
const EVERY = 5000;
function guard([target]: readonly Target[], { aws }: ActionContext): string {
  if (target === undefined) return '';
  const { row } = target;
  if (row.kind === 'auto')
    return `EKS replaces nodes of Auto Mode itself, as fast as the budgets of pool ${row.name} and of its pods allow`;
  if (row.kind !== 'managed')
    return `only managed node groups are updated by EKS: nodes of ${row.name} are replaced by who makes them`;
  if (aws === null) return NO_AWS;
  if (row.origin === 'nodes') return `AWS does not tell of ${row.name}`;
  if (isRunning(row)) return '';
  if (row.status !== 'ACTIVE' && row.status !== 'DEGRADED')
    return `${row.name} is ${row.status || 'not described'}: EKS makes one change at a time`;
  return row.amiType === CUSTOM_AMI && row.templateId === ''
    ? `${row.name} runs an AMI of its own, and EKS does not tell of its launch template`
    : '';
}

/** `1.35 (1.35.3-20261110)`. */
const nowOf = ({ version, release }: NodeGroupRow): string => `${version} (${release})`;

function thenOf(row: NodeGroupRow, { version, release, template }: Wanted): string {
  const parts = [
    version !== '' && `${version} (${release || 'newest AMI release'})`,
    template !== '' && `launch template version ${template}`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? `launch template version ${row.templateVersion}` : parts.join(', ');
}

function updateStep(target: Target, wanted: Wanted, ctx: ActionContext): Step {
  const { row } = target;
  const { door, eks } = awsOf(ctx);
  const names = { clusterName: eks.name, nodegroupName: row.name };
  const { version, release, template, force } = wanted;
  const { command, send } = awsCall(
    'eks:UpdateNodegroupVersion',
    {
      ...names,
      // Where a release is named it says the version too.
      ...(release === '' ? version !== '' && { version } : { releaseVersion: release }),
      ...(template !== '' && { launchTemplate: { id: row.templateId, version: template } }),
      ...(force && { force }),
    },
    ctx,
  );
  let update = '';
  return {
    title: `Update ${row.name} to ${thenOf(row, wanted)}`,
    uid: row.uid,
    command,
    // The group's ARN has an id that nothing tells beforehand.
    access: [{ iam: 'eks:UpdateNodegroupVersion', resource: '' }],
    already:
      wanted.release !== '' && wanted.release === row.release && wanted.template === ''
        ? `it has ${row.release}`
        : '',
    run: async () => {
      const { nodegroup } = await door.call('eks:DescribeNodegroup', names);
      if (nodegroup.version !== row.version || nodegroup.releaseVersion !== row.release)
        throw new Error(
          `somebody has updated ${row.name} to ${nodegroup.releaseVersion} since the plan: nothing was sent`,
        );
      update = (await send()).update.id;
    },
    follow: followOf(target, () => update, ctx),
  };
}

const followOf = ({ row, table }: Target, update: () => string, ctx: ActionContext) => ({
  tables: [table, 'nodes', 'pods', 'pdbs'] as const,
  limit: LIMIT,
  every: EVERY,
  look: () => lookAtUpdate(row, update(), ctx),
});

/** What should be known before. */
function warningsOf(nodes: readonly NodeRow[], force: boolean, query: Query): readonly string[] {
  const names = new Set(nodes.map(({ name }) => name));
  const pods = [...query.rows('pods')].filter(({ node, gone }) => gone === 0 && names.has(node));
  const held = [...query.rows('pdbs')].flatMap((budget) => {
    if (budget.allowed > 0) return [];
    const count = pods.filter(heldBy(budget)).length;
    const then = force
      ? 'after 15 minutes they are ended all the same'
      : 'the update fails after 15 minutes at their node';
    return count === 0
      ? []
      : `pdb/${budget.name} in ${budget.namespace} keeps ${count} ${count === 1 ? 'pod' : 'pods'} of this group now, ${budgetWords(budget)}: ${then}`;
  });
  const alone = pods.filter((pod: PodRow) => pod.ownerKind === '');
  const named = alone.map(({ namespace, name }) => `${namespace}/${name}`).join(', ');
  return [
    ...held,
    ...(alone.length === 0 ? [] : [`nothing starts these pods again: ${named}`]),
    'EKS takes no node group back to an earlier version',
  ];
}

/** The nodes, those with the most pods first. */
function victimsOf(nodes: readonly NodeRow[], query: Query): readonly string[] {
  const leaving = new Map(nodes.map(({ name }) => [name, 0]));
  for (const pod of query.rows('pods')) {
    const so = leaving.get(pod.node);
    if (so !== undefined && mustLeave(pod)) leaving.set(pod.node, so + 1);
  }
  return [...leaving]
    .sort(([, a], [, b]) => b - a)
    .map(
      ([name, pods]) =>
        `${name}: ${pods} ${pods === 1 ? 'pod is' : 'pods are'} evicted, then it is ended`,
    );
}

async function plan(target: Target, values: FormValues, ctx: ActionContext): Promise<Plan> {
  const { row } = target;
  const none = { refusals: [], chain: true, inverse: null } as const;
  const { eks } = awsOf(ctx);
  // What an earlier run of the program began, or somebody else, is only followed.
  if (isRunning(row)) {
    const scope = { name: eks.name, nodegroupName: row.name };
    const running = await runningUpdate(scope, awsOf(ctx));
    if (running === null) throw new Error(`EKS has ended the update of ${row.name} meanwhile`);
    const follow = followOf(target, () => running.id, ctx);
    return followPlan({ what: row.name, uid: row.uid, running, scope, follow }, ctx);
  }
  const wanted = wantedOf(row, values);
  const nodes = nodesOf(row, ctx.query);
  const step = updateStep(target, wanted, ctx);
  const atATime = row.maxUnavailable === '' ? 'a few' : row.maxUnavailable;
  return {
    ...none,
    title: `Update node group ${row.name} to ${thenOf(row, wanted)}`,
    changes: [
      [
        [`${row.name} ${nowOf(row)} → `, 'text'],
        [thenOf(row, wanted), 'accent'],
        [`  ${nodes.length} nodes are replaced, ${atATime} at a time`, 'muted'],
      ],
    ],
    victims: victimsOf(nodes, ctx.query),
    warnings: warningsOf(nodes, wanted.force, ctx.query),
    ...(wanted.force && { danger: 3 as const }),
    steps: [step],
  };
}

export const updateGroup = defineAction<NodeGroupRow>({
  id: 'update-group',
  title: 'Update',
  description:
    'Updates the version or AMI of a managed node group, or follows the update that runs: node by node, with the disruption budget that holds it.',
  key: 'u',
  appliesTo: ['nodegroups'],
  danger: 2,
  many: false,
  needs: ['nodes', 'pods', 'pdbs'],
  state: ({ status, version, release }) => `${status}/${version}/${release}`,
  access: () => [],
  iam: [
    'eks:DescribeCluster',
    'eks:DescribeNodegroup',
    'eks:UpdateNodegroupVersion',
    'eks:ListUpdates',
    'eks:DescribeUpdate',
    'autoscaling:DescribeScalingActivities',
  ],
  guard,
  form: updateForm,
  plan: ([target], values, ctx) =>
    target === undefined
      ? Promise.reject(new Error('nothing is selected'))
      : plan(target, values, ctx),
});
