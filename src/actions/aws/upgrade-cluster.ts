import { humanDuration } from '../../core/duration.ts';
import type { Cell } from '../../core/styled.ts';
import type { BaseRow, ClusterRow } from '../../domain/rows.ts';
import { concernsOf, minorAfter, rollbackUntil, type Concern } from '../../domain/upgrade.ts';
import type { UpdateDescription } from '../../ports/aws-shapes.ts';
import { awsCall } from './call.ts';
import { defineAction, type ActionContext, type ActionTarget } from '../engine/define.ts';
import { choiceField, yesNoField, type Form, type FormValues } from '../engine/form.ts';
import type { Plan, Progress, Step } from '../engine/plan.ts';
import { awsOf, NO_AWS } from '../targets/aws.ts';
import { hasFailed } from '../../domain/eks-update.ts';
import { failureOf, runningUpdate } from './eks-updates.ts';
import { FOLLOW_FORM, followPlan } from './follow-update.ts';
import { upgradable, type Upgradable } from './upgrade-facts.ts';

/** Rows of `clusters`, and of the panes about one. */
type Target = ActionTarget;

/** How long (ms) it is followed: a rollback of Auto Mode waits for its nodes first, for days at most. */
const LIMIT = 7 * 24 * 3_600_000;
/** How often (ms) AWS is asked how far it is. */
const EVERY = 10_000;

const KINDS: ReadonlySet<string> = new Set(['VersionUpdate', 'VersionRollback']);

const factsOf = (ctx: ActionContext): Promise<Upgradable> =>
  ctx.once('facts', () => upgradable(ctx));

/** The update of the version that EKS is at; null where it is at none. */
const runningOf = (ctx: ActionContext): Promise<UpdateDescription | null> =>
  ctx.once('running', async () => {
    const aws = awsOf(ctx);
    const running = await runningUpdate({ name: aws.eks.name }, aws);
    return running !== null && KINDS.has(running.type) ? running : null;
  });

async function form(_: readonly Target[], values: FormValues, ctx: ActionContext): Promise<Form> {
  if ((await runningOf(ctx)) !== null) return FOLLOW_FORM;
  const facts = await factsOf(ctx);
  const next = minorAfter(facts.version, 1);
  const former = minorAfter(facts.version, -1);
  const target = values['version'] ?? next;
  const concerns = concernsOf(target, facts);
  const refused = concerns.find(({ weight }) => weight === 'refuses');
  const blocking = concerns.filter(({ weight }) => weight === 'blocks').length;
  return [
    choiceField({
      id: 'version',
      label: 'Version',
      options: [
        { id: next, title: next, detail: 'upgrade', disabled: whyNoUpgrade(next, facts) },
        {
          id: former,
          title: former,
          detail: `roll back${untilText(facts, ctx)}`,
          disabled: whyNoRollback(facts, ctx),
        },
      ],
      hint: `now ${facts.version}`,
      check: () => refused?.text ?? '',
    }),
    yesNoField({
      ...{ id: 'force', label: 'Override what blocks', initial: 'no' },
      yes: 'EKS goes on in spite of blocking insights: what they name may break',
      no: 'EKS refuses while an insight blocks',
      hint: blocking === 0 ? 'nothing blocks' : `${blocking} block: see beside`,
    }),
  ].map((field) =>
    field.id === 'force' && blocking > 0
      ? {
          ...field,
          check: (value: string) =>
            value === 'yes' ? '' : `${blocking} block: mend them, or choose yes knowingly`,
        }
      : field,
  );
}

function whyNoUpgrade(next: string, { offered }: Upgradable): string {
  return offered.size > 0 && !offered.has(next) ? `EKS does not offer ${next} yet` : '';
}

function whyNoRollback(facts: Upgradable, { now }: ActionContext): string {
  const until = rollbackUntil(facts);
  if (until === 0) return 'EKS goes back only after an upgrade, within seven days';
  return now() > until ? 'the seven days after the upgrade are over' : '';
}

function untilText(facts: Upgradable, { now }: ActionContext): string {
  const until = rollbackUntil(facts);
  return until > now() ? `, possible for another ${humanDuration(until - now())}` : '';
}

const MARKS: Readonly<Record<Concern['weight'], readonly [glyph: string, tone: 'bad' | 'warn']>> = {
  refuses: ['✗', 'bad'],
  blocks: ['✗', 'bad'],
  warns: ['!', 'warn'],
};

async function preview(
  _: readonly Target[],
  values: FormValues,
  ctx: ActionContext,
): Promise<readonly Cell[]> {
  if ((await runningOf(ctx)) !== null) return [];
  const facts = await factsOf(ctx);
  const target = values['version'] ?? minorAfter(facts.version, 1);
  const concerns = concernsOf(target, facts);
  const passing = facts.insights.filter(({ status }) => status === 'PASSING').length;
  const groups = facts.groups.map(({ name, version }) => `${name} ${version}`).join(', ');
  return [
    [[`${passing} of ${facts.insights.length} insights pass`, 'text']],
    [[`node groups: ${groups || 'none'}`, 'text']],
    ...(facts.kubelets === null
      ? []
      : [
          [
            [
              `kubelets: ${[...facts.kubelets].map(([version, count]) => `${count} × ${version}`).join(', ')}`,
              'text',
            ],
          ] as Cell,
        ]),
    ...(facts.autoMode ? [[[autoWords(isBack(target, facts)), 'text']] as Cell] : []),
    ...concerns.map(({ weight, text }): Cell => {
      const [glyph, tone] = MARKS[weight];
      return [[`${glyph} ${text}`, tone]];
    }),
    ...facts.gaps.map((gap): Cell => [[`? ${gap}`, 'warn']]),
  ];
}

const isBack = (target: string, { version }: Upgradable): boolean =>
  target === minorAfter(version, -1);

/** What becomes of nodes that EKS makes itself (EKS user guide, Auto Mode and version rollback). */
const autoWords = (back: boolean): string =>
  back
    ? 'nodes of Auto Mode are replaced first, as budgets allow: the cluster stays ACTIVE meanwhile'
    : 'nodes of Auto Mode are replaced by EKS afterwards, as budgets of pools and pods allow';

function upgradeStep(
  { row }: Target,
  facts: Upgradable,
  { version, force }: { readonly version: string; readonly force: boolean },
  ctx: ActionContext,
): Step {
  const { door, eks } = awsOf(ctx);
  const { name } = eks;
  const asked = { name, version, ...(force && { force }) };
  const { command, send } = awsCall('eks:UpdateClusterVersion', asked, ctx);
  let update = '';
  return {
    title: titleOf(name, facts.version, version),
    uid: row.uid,
    command,
    access: [{ iam: 'eks:UpdateClusterVersion', resource: eks.arn }],
    already: '',
    run: async () => {
      const { cluster } = await door.call('eks:DescribeCluster', { name });
      if (cluster.version !== facts.version)
        throw new Error(`${name} has become ${cluster.version} since the plan: nothing was sent`);
      update = (await send()).update.id;
    },
    follow: followOf(() => update, ctx),
  };
}

const titleOf = (name: string, from: string, to: string): string =>
  to === minorAfter(from, -1)
    ? `Roll ${name} back from ${from} to ${to}`
    : `Upgrade ${name} from ${from} to ${to}`;

const followOf = (update: () => string, ctx: ActionContext) => ({
  tables: [],
  limit: LIMIT,
  every: EVERY,
  look: () => look(update(), ctx),
});

async function look(updateId: string, ctx: ActionContext): Promise<Progress> {
  const { door, eks } = awsOf(ctx);
  const { name } = eks;
  const [{ update }, { cluster }] = await Promise.all([
    door.call('eks:DescribeUpdate', { name, updateId }),
    door.call('eks:DescribeCluster', { name }),
  ]);
  const for_ = humanDuration(Math.max(0, ctx.now() - (update.createdAt ?? ctx.now())));
  if (hasFailed(update))
    return { state: 'failed', text: `${name}: update ${update.status}: ${failureOf(update)}` };
  if (update.status === 'Successful' && cluster.status === 'ACTIVE') {
    const text = `${name} is ${cluster.version}; its node groups and add-ons are next: u on each`;
    return {
      state: 'done',
      text,
      lines: [
        [
          ['✓ ', 'good'],
          [text, 'text'],
        ],
      ],
    };
  }
  return {
    state: 'working',
    text: `${name}: update ${update.status} for ${for_}, cluster ${cluster.status}; EKS takes some ten minutes`,
  };
}

async function plan(
  [target]: readonly Target[],
  values: FormValues,
  ctx: ActionContext,
): Promise<Plan> {
  if (target === undefined) throw new Error('nothing is selected');
  const { eks } = awsOf(ctx);
  const common = { subject: eks.name, refusals: [], chain: true, inverse: null } as const;
  const running = await runningOf(ctx);
  if (running !== null) {
    const follow = followOf(() => running.id, ctx);
    const scope = { name: eks.name };
    return followPlan({ what: eks.name, uid: target.row.uid, running, scope, follow }, ctx);
  }
  const facts = await factsOf(ctx);
  if (facts.status !== 'ACTIVE')
    throw new Error(`${eks.name} is ${facts.status}: EKS makes one change at a time`);
  const wanted = { version: values['version'] ?? '', force: values['force'] === 'yes' };
  const step = upgradeStep(target, facts, wanted, ctx);
  const back = isBack(wanted.version, facts);
  return {
    ...common,
    title: step.title,
    danger: 3,
    changes: [
      [
        [`${eks.name} ${facts.version} → `, 'text'],
        [wanted.version, 'accent'],
        [wanted.force ? '  what blocks is overridden' : '', 'bad'],
      ],
    ],
    victims: [
      'the API server: watches, logs and shells through it break for moments and come back',
    ],
    warnings: [
      ...concernsOf(wanted.version, facts).map(({ text }) => text),
      ...facts.gaps,
      ...(facts.autoMode ? [autoWords(back)] : []),
      back
        ? 'node groups and add-ons stay as they are: EKS takes back the control plane alone'
        : 'node groups and add-ons stay as they are, and are updated after it; EKS takes it back within seven days',
    ],
    steps: [step],
  };
}

const isCluster = (row: BaseRow): row is ClusterRow => 'platformVersion' in row;

export const upgradeCluster = defineAction({
  id: 'upgrade-cluster',
  title: 'Upgrade',
  description:
    'Upgrades the control plane to the next version, or rolls it back within seven days, after what speaks against it: insights, node groups, kubelets, addresses.',
  key: 'u',
  appliesTo: ['clusters', 'insights'],
  danger: 2,
  many: false,
  needs: [],
  state: (row) => (isCluster(row) ? `${row.status}/${row.version}` : ''),
  access: () => [],
  iam: [
    'eks:DescribeCluster',
    'eks:DescribeClusterVersions',
    'eks:UpdateClusterVersion',
    'eks:ListInsights',
    'eks:DescribeInsight',
    'eks:ListNodegroups',
    'eks:DescribeNodegroup',
    'eks:ListUpdates',
    'eks:DescribeUpdate',
    'ec2:DescribeSubnets',
  ],
  guard: ([target], { aws }) => {
    if (target === undefined) return '';
    if (isCluster(target.row) && target.row.source === 'context')
      return `${target.row.name} is a context of the kubeconfig: AWS does not tell of an EKS cluster behind it`;
    return aws === null ? NO_AWS : '';
  },
  form,
  preview,
  plan,
});
