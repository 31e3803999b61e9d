import { addonOf } from '../../domain/addon.ts';
import type { NodeGroupRow } from '../../domain/rows.ts';
import type { Query } from '../../ports/query.ts';
import { awsCall } from './call.ts';
import { defineAction, type ActionContext, type ActionTarget } from '../engine/define.ts';
import { yesNoField } from '../engine/form.ts';
import type { Follow, Plan, Progress } from '../engine/plan.ts';
import { awsOf, NO_AWS } from '../targets/aws.ts';
import { hasFailed } from '../../domain/eks-update.ts';
import { failureOf, runningUpdate } from './eks-updates.ts';
import { FOLLOW_FORM, followPlan } from './follow-update.ts';

type Target = ActionTarget<NodeGroupRow>;

const LIMIT = 20 * 60_000;
/** How often (ms) AWS is asked how far it is. */
const EVERY = 5000;

/** The add-on that finds out more than the kubelet says of itself. */
const AGENT = 'eks-node-monitoring-agent';

const isChanging = ({ update }: NodeGroupRow): boolean => update.startsWith('ConfigUpdate');

function guard([target]: readonly Target[], { aws }: ActionContext): string {
  if (target === undefined) return '';
  const { row } = target;
  if (row.kind !== 'managed') return 'EKS repairs the nodes of managed node groups alone';
  if (aws === null) return NO_AWS;
  if (isChanging(row)) return '';
  return row.status !== 'ACTIVE' && row.status !== 'DEGRADED'
    ? `${row.name} is ${row.status || 'not described'}: EKS makes one change at a time`
    : '';
}

const words = (on: boolean | null): string => (on === null ? '?' : on ? 'on' : 'off');

/** Whether the agent is there that finds more than the kubelet does; null where pods are not known. */
function hasAgent(query: Query): boolean | null {
  if (!query.status('pods').synced) return null;
  for (const pod of query.rows('pods'))
    if (pod.gone === 0 && addonOf(pod)?.addon === AGENT) return true;
  return false;
}

function warningsOf(on: boolean, query: Query): readonly string[] {
  if (!on) return ['broken nodes stay until somebody replaces them'];
  return [
    'EKS replaces or reboots a node that is broken for 30 minutes (10 for accelerators), and ends its pods for it',
    ...(hasAgent(query) === false
      ? [`${AGENT} is not there: EKS sees no more than that a kubelet is not Ready`]
      : []),
  ];
}

const followOf = ({ row, table }: Target, update: () => string, ctx: ActionContext): Follow => ({
  tables: [table],
  limit: LIMIT,
  every: EVERY,
  look: async (): Promise<Progress> => {
    const { door, eks } = awsOf(ctx);
    const asked = { name: eks.name, nodegroupName: row.name, updateId: update() };
    const told = (await door.call('eks:DescribeUpdate', asked)).update;
    if (hasFailed(told))
      return { state: 'failed', text: `${row.name}: update ${told.status}: ${failureOf(told)}` };
    const state = told.status === 'Successful' ? 'done' : 'working';
    return { state, text: `${row.name}: update ${told.status}` };
  },
});

async function plan(target: Target, on: boolean, ctx: ActionContext): Promise<Plan> {
  const { row } = target;
  const aws = awsOf(ctx);
  const names = { clusterName: aws.eks.name, nodegroupName: row.name };
  if (isChanging(row)) {
    const scope = { name: aws.eks.name, nodegroupName: row.name };
    const running = await runningUpdate(scope, aws);
    if (running === null) throw new Error(`EKS has ended the change of ${row.name} meanwhile`);
    const follow = followOf(target, () => running.id, ctx);
    return followPlan({ what: row.name, uid: row.uid, running, scope, follow }, ctx);
  }
  const asked = { ...names, nodeRepairConfig: { enabled: on } };
  const { command, send } = awsCall('eks:UpdateNodegroupConfig', asked, ctx);
  let update = '';
  const title = `Turn the repair of ${row.name}'s nodes ${words(on)}`;
  return {
    title,
    changes: [
      [
        [`${row.name}: repair of nodes ${words(row.repair)} → `, 'text'],
        [words(on), row.repair === on ? 'muted' : 'accent'],
      ],
    ],
    victims: [],
    warnings: warningsOf(on, ctx.query),
    refusals: [],
    steps: [
      {
        ...{ title, uid: row.uid },
        command,
        // The group's ARN has an id that nothing tells beforehand.
        access: [{ iam: 'eks:UpdateNodegroupConfig', resource: '' }],
        already: row.repair === on ? `it is ${words(on)}` : '',
        run: async () => {
          update = (await send()).update.id;
        },
        follow: followOf(target, () => update, ctx),
      },
    ],
    chain: true,
    inverse:
      row.repair === null || row.repair === on
        ? null
        : { action: 'repair-group', values: { on: row.repair ? 'yes' : 'no' } },
  };
}

export const repairGroup = defineAction<NodeGroupRow>({
  id: 'repair-group',
  title: 'Auto repair',
  description: 'Has EKS replace broken nodes of a managed node group by itself, or not any more.',
  key: 'R',
  appliesTo: ['nodegroups'],
  danger: 1,
  many: false,
  needs: ['pods'],
  state: ({ status, repair }) => `${status}/${String(repair)}`,
  access: () => [],
  iam: ['eks:UpdateNodegroupConfig', 'eks:ListUpdates', 'eks:DescribeUpdate'],
  guard,
  form: ([target]) =>
    target !== undefined && isChanging(target.row)
      ? FOLLOW_FORM
      : [
          yesNoField({
            ...{
              id: 'on',
              label: 'Repair nodes',
              initial: target?.row.repair === true ? 'no' : 'yes',
            },
            hint: `now ${words(target?.row.repair ?? null)}`,
            yes: 'EKS replaces or reboots nodes that are broken',
            no: 'broken nodes stay as they are',
          }),
        ],
  plan: ([target], values, ctx) =>
    target === undefined
      ? Promise.reject(new Error('nothing is selected'))
      : plan(target, values['on'] === 'yes', ctx),
});
