import type { Cell } from '../../core/styled.ts';
import type { Compute, NodeGroupRow } from '../../domain/rows.ts';
import type { Query } from '../../ports/query.ts';
import { awsOf, NO_AWS } from '../targets/aws.ts';
import { defineAction, type ActionContext, type ActionTarget } from '../engine/define.ts';
import { numberField, type Form, type FormValues } from '../engine/form.ts';
import { lookAtGroup, nodesOf, sizingOf, type GroupSize } from './group-size.ts';
import type { Step } from '../engine/plan.ts';

type Target = ActionTarget<NodeGroupRow>;

/** How long (ms) nodes are waited for. */
const LIMIT = 20 * 60_000;
/** How often (ms) AWS is asked how far it is. */
const EVERY = 5000;

/** Why a kind of compute has no size of its own. */
const SIZELESS: Readonly<Partial<Record<Compute, string>>> = {
  fargate: 'Fargate has no nodes to scale: each pod gets its own',
  auto: 'Auto Mode makes nodes as pods need them: the limits of its node pools decide',
  karpenter: 'Karpenter makes nodes as pods need them: the limits of its NodePool decide',
  hybrid: 'hybrid nodes are machines of your own: they join by nodeadm',
};

function guard([target]: readonly Target[], { aws }: ActionContext): string {
  if (target === undefined) return '';
  const { name, kind, asg, origin, status } = target.row;
  const sizeless = SIZELESS[kind];
  if (sizeless !== undefined) return sizeless;
  if (aws === null) return NO_AWS;
  if (origin === 'nodes' || (kind !== 'managed' && asg === ''))
    return `AWS does not tell of an Auto Scaling group behind ${name}`;
  if (kind === 'managed' && status !== 'ACTIVE' && status !== 'DEGRADED')
    return `${name} is ${status || 'not described'}: EKS makes one change at a time`;
  return '';
}

function wanted(values: FormValues): GroupSize {
  const number = (id: string): number => Number(values[id] ?? NaN);
  return { min: number('min'), desired: number('desired'), max: number('max') };
}

async function form(
  [target]: readonly Target[],
  values: FormValues,
  ctx: ActionContext,
): Promise<Form> {
  if (target === undefined) return [];
  const sizing = sizingOf(target.row);
  const now = await ctx.once('size', () => sizing.read(target.row, awsOf(ctx)));
  const { min, max } = { ...wanted({ min: `${now.min}`, max: `${now.max}`, ...values }) };
  const least = { min: 0, desired: 0, max: sizing.max.from };
  // What a group has already was granted to it.
  const most = Math.max(sizing.max.to, now.max);
  const field = (id: keyof GroupSize, label: string, check: (value: number) => string) =>
    numberField({
      ...{ id, label, initial: String(now[id]), min: least[id], max: most, check },
      hint: id === 'desired' ? autoscalerHint(ctx.query) : `now ${now[id]}`,
    });
  return [
    field('min', 'Minimum', () => ''),
    field('desired', 'Desired', (value) => {
      if (value < min) return `the minimum is ${min}`;
      return value > max ? `the maximum is ${max}` : '';
    }),
    field('max', 'Maximum', (value) => (value < min ? `the minimum is ${min}` : '')),
  ];
}

/** Who else sets the desired size. */
function autoscalerHint(query: Query): string {
  for (const { name, gone } of query.rows('deployments'))
    if (gone === 0 && /cluster-autoscaler/.test(name))
      return `${name} sets the desired size by what pods need: change minimum or maximum instead`;
  return '';
}

function change(label: string, from: number, to: number): Cell {
  return [
    [`${label} ${from} → `, 'text'],
    [String(to), from === to ? 'muted' : 'accent'],
    [from === to ? '  as it is' : '', 'muted'],
  ];
}

interface Losses {
  readonly lines: readonly string[];
  /** Pods that end at worst. */
  readonly pods: number;
}

/** The nodes that may go, with their pods; which of them go is AWS's choice. */
function losses(row: NodeGroupRow, desired: number, query: Query): Losses {
  const nodes = nodesOf(row, query);
  const going = Math.max(0, nodes.length - desired);
  if (going === 0) return { lines: [], pods: 0 };
  const each = nodes
    .map(({ name, pods }) => ({ name, pods: pods ?? 0 }))
    .sort((a, b) => b.pods - a.pods);
  const pods = each.slice(0, going).reduce((sum, node) => sum + node.pods, 0);
  const which =
    going === nodes.length ? `all ${going} nodes` : `any ${going} of ${nodes.length} nodes`;
  const named = each.map((node) => `${node.name} (${node.pods} pods)`);
  return { lines: [`${which}, with up to ${pods} pods:`, ...named], pods };
}

/** A smaller size takes no heed of what is drained. */
const CHOOSING =
  'AWS chooses the nodes that go: to end one of your choice, drain it and let its instance go by aws autoscaling terminate-instance-in-auto-scaling-group --should-decrement-desired-capacity';

function stepOf(target: Target, from: GroupSize, to: GroupSize, ctx: ActionContext): Step {
  const { row } = target;
  const { read, resize } = sizingOf(row);
  const { action, command, send } = resize(row, to, ctx);
  let update = '';
  return {
    title: `Scale ${row.name} from ${from.desired} to ${to.desired} nodes`,
    uid: row.uid,
    command,
    // The group's ARN has an id that nothing tells beforehand.
    access: [{ iam: action, resource: '' }],
    already: isSame(from, to) ? `${row.name} has this size` : '',
    run: async () => {
      // AWS takes no precondition with the write: it is looked at once more, right before.
      if (!isSame(await read(row, awsOf(ctx)), from))
        throw new Error('somebody has changed its size since the plan: nothing was sent');
      update = await send();
    },
    follow: {
      tables: [target.table, 'nodes'],
      limit: LIMIT,
      every: EVERY,
      look: (startedAt) => lookAtGroup(row, to, update, startedAt, ctx),
    },
  };
}

const isSame = (a: GroupSize, b: GroupSize): boolean =>
  a.min === b.min && a.desired === b.desired && a.max === b.max;

export const scaleGroup = defineAction<NodeGroupRow>({
  id: 'scale-group',
  title: 'Scale',
  description: 'Sets the least, wanted and greatest number of nodes; follows until they are Ready.',
  key: 's',
  appliesTo: ['nodegroups'],
  danger: 1,
  many: false,
  needs: ['nodes', 'deployments'],
  state: ({ status, min, desired, max }) => [status, min, desired, max].join('/'),
  access: () => [],
  iam: [
    'eks:DescribeNodegroup',
    'eks:UpdateNodegroupConfig',
    'eks:DescribeUpdate',
    'autoscaling:DescribeAutoScalingGroups',
    'autoscaling:UpdateAutoScalingGroup',
    'autoscaling:DescribeScalingActivities',
  ],
  guard,
  form,
  preview: ([target], values, { query }) => {
    const { desired } = wanted(values);
    if (target === undefined || Number.isNaN(desired)) return [];
    const { lines } = losses(target.row, desired, query);
    if (lines.length > 0) return lines.map((text): Cell => [[text, 'warn']]);
    const now = nodesOf(target.row, query).length;
    const come = desired > now ? `${desired - now} more` : 'no node goes';
    return [`${now} nodes now, ${desired} then: ${come}`];
  },
  plan: async (targets, values, ctx) => {
    const [target] = targets;
    if (target === undefined) throw new Error('nothing is selected');
    const { read, ending } = sizingOf(target.row);
    const from = await read(target.row, awsOf(ctx));
    const to = wanted(values);
    const { lines, pods } = losses(target.row, to.desired, ctx.query);
    const hint = autoscalerHint(ctx.query);
    return {
      title: `Scale node group ${target.row.name} from ${from.desired} to ${to.desired} nodes`,
      changes: [
        change('minimum', from.min, to.min),
        change('desired', from.desired, to.desired),
        change('maximum', from.max, to.max),
      ],
      victims: lines,
      victimCount: pods,
      ...(lines.length > 0 && { danger: 2 as const }),
      warnings: [
        ...(lines.length > 0 ? [ending] : []),
        ...(lines.length > 0 && to.desired > 0 ? [CHOOSING] : []),
        ...(hint === '' || from.desired === to.desired ? [] : [hint]),
      ],
      refusals: [],
      steps: [stepOf(target, from, to, ctx)],
      chain: false,
      inverse: {
        action: 'scale-group',
        values: { min: `${from.min}`, desired: `${from.desired}`, max: `${from.max}` },
      },
    };
  },
});
