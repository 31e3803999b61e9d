import type { Cell } from '../../core/styled.ts';
import { addonOf, compareVersions, newerVersion } from '../../domain/addon.ts';
import type { AddonRow, PodRow } from '../../domain/rows.ts';
import type { Query } from '../../ports/query.ts';
import { awsCall } from './call.ts';
import { defineAction, type ActionContext, type ActionTarget } from '../engine/define.ts';
import { choiceField, type Form, type FormValues, type Option } from '../engine/form.ts';
import type { Follow, Plan, Progress, Step } from '../engine/plan.ts';
import { awsOf, NO_AWS } from '../targets/aws.ts';
import { hasFailed } from '../../domain/eks-update.ts';
import { failureOf, paramOf, runningUpdate } from './eks-updates.ts';
import { FOLLOW_FORM, followPlan } from './follow-update.ts';

type Target = ActionTarget<AddonRow>;

/** How long (ms) its pods are waited for. */
const LIMIT = 20 * 60_000;
/** How often (ms) AWS is asked how far it is. */
const EVERY = 5000;

/** What EKS does with fields that somebody has changed by hand. */
const CONFLICTS = [
  {
    id: 'PRESERVE',
    title: 'keep them',
    detail: 'PRESERVE: what was changed by hand stays, where the new version allows it',
  },
  {
    id: 'NONE',
    title: 'stop there',
    detail: 'NONE: the update fails where something was changed by hand, and says what',
  },
  {
    id: 'OVERWRITE',
    title: 'overwrite them',
    detail: 'OVERWRITE: they become what EKS ships, and changes by hand are lost',
  },
] as const;

type Conflicts = (typeof CONFLICTS)[number]['id'];

const conflictsOf = ({ conflicts }: FormValues): Conflicts =>
  CONFLICTS.find(({ id }) => id === conflicts)?.id ?? 'PRESERVE';

function guard([target]: readonly Target[], { aws }: ActionContext): string {
  if (target === undefined) return '';
  const { name, origin, status, versions } = target.row;
  if (origin === 'pods')
    return `EKS does not keep ${name}: it is updated where it was installed from (Helm, a manifest)`;
  if (aws === null) return NO_AWS;
  // An update that EKS is at is followed.
  if (status === 'UPDATING') return '';
  if (/ING$/.test(status)) return `${name} is ${status}: EKS makes one change at a time`;
  if (versions === null)
    return `which versions go with the cluster is not known: needs eks:DescribeAddonVersions`;
  return versions.length === 0 ? `EKS offers no version of ${name} for this cluster` : '';
}

function form([target]: readonly Target[]): Form {
  if (target === undefined) return [];
  const { row } = target;
  if (row.status === 'UPDATING') return FOLLOW_FORM;
  const newer = newerVersion(row);
  return [
    choiceField({
      id: 'version',
      label: 'Version',
      options: (row.versions ?? []).map((version) => versionOption(version, row)),
      initial: newer === null || newer === '' ? row.version : newer,
      hint: `now ${row.version}; those that go with the cluster's version`,
    }),
    choiceField({
      id: 'conflicts',
      label: 'What was changed by hand',
      options: CONFLICTS.map((option) => ({ ...option, disabled: '' })),
      hint: 'fields of its objects that somebody set otherwise than EKS ships them',
    }),
  ];
}

function versionOption(version: string, row: AddonRow): Option {
  const notes = [
    version === row.version && 'it has this one',
    version === row.defaultVersion && 'the default',
    compareVersions(version, row.version) < 0 && 'older',
  ];
  const detail = notes.filter((note) => note !== false).join(', ');
  return { id: version, title: version, detail, disabled: '' };
}

const podsOf = ({ uid }: AddonRow, query: Query): readonly PodRow[] =>
  [...query.rows('pods')].filter((pod) => pod.gone === 0 && addonOf(pod)?.addon === uid);

function stepOf({ row, table }: Target, values: FormValues, ctx: ActionContext): Step {
  const { door, eks } = awsOf(ctx);
  const version = values['version'] ?? '';
  const resolveConflicts = conflictsOf(values);
  const names = { clusterName: eks.name, addonName: row.name };
  const asked = { ...names, addonVersion: version, resolveConflicts };
  const { command, send } = awsCall('eks:UpdateAddon', asked, ctx);
  let update = '';
  return {
    title: `Update add-on ${row.name} from ${row.version} to ${version}`,
    uid: row.uid,
    command,
    // The ARN of an add-on has an id that its row does not tell.
    access: [{ iam: 'eks:UpdateAddon', resource: '' }],
    already: version === row.version && row.health.length === 0 ? `it has ${version}` : '',
    run: async () => {
      const { addon } = await door.call('eks:DescribeAddon', names);
      if (addon.addonVersion !== row.version)
        throw new Error(
          `somebody has updated ${row.name} to ${addon.addonVersion} since the plan: nothing was sent`,
        );
      update = (await send()).update.id;
    },
    follow: followOf({ row, table }, () => update, ctx),
  };
}

const followOf = (
  { row, table }: Pick<Target, 'row' | 'table'>,
  update: () => string,
  ctx: ActionContext,
): Follow => ({
  tables: [table, 'pods'],
  limit: LIMIT,
  every: EVERY,
  look: () => look(row, update(), ctx),
});

/** What an earlier run of the program began, or somebody else. */
async function followRunning(target: Target, ctx: ActionContext): Promise<Plan> {
  const { row } = target;
  const aws = awsOf(ctx);
  const scope = { name: aws.eks.name, addonName: row.name };
  const running = await runningUpdate(scope, aws);
  if (running === null) throw new Error(`EKS has ended the update of ${row.name} meanwhile`);
  const follow = followOf(target, () => running.id, ctx);
  return followPlan({ what: row.name, uid: row.uid, running, scope, follow }, ctx);
}

/** How far the update is at EKS, and its pods on the cluster. */
async function look(row: AddonRow, updateId: string, ctx: ActionContext): Promise<Progress> {
  const { door, eks } = awsOf(ctx);
  const asked = { name: eks.name, addonName: row.name, updateId };
  const { update } = await door.call('eks:DescribeUpdate', asked);
  if (hasFailed(update))
    return { state: 'failed', text: `${row.name}: update ${update.status}: ${failureOf(update)}` };
  const version = paramOf(update, 'AddonVersion') || 'updated';
  const pods = podsOf(row, ctx.query);
  const ready = pods.filter(({ isReady }) => isReady).length;
  const tags = [...new Set(pods.map((pod) => addonOf(pod)?.tag ?? ''))].sort();
  const isApplied = update.status === 'Successful';
  const areThere = ready === pods.length && tags.length <= 1;
  const lines: Cell[] = [
    line(isApplied, `update ${update.status}`),
    line(areThere, `${ready} of ${pods.length} pods ready, images ${tags.join(' and ') || '?'}`),
  ];
  if (isApplied && areThere)
    return { state: 'done', text: `${row.name} is ${version}, all its pods are ready`, lines };
  return {
    state: 'working',
    text: `${row.name}: update ${update.status}, ${ready} of ${pods.length} pods ready`,
    lines,
  };
}

const line = (isDone: boolean, text: string): Cell => [
  [isDone ? '✓ ' : '… ', isDone ? 'good' : 'info'],
  [text, 'text'],
];

/** What should be known before. */
function warningsOf(row: AddonRow, values: FormValues): readonly string[] {
  const older = compareVersions(values['version'] ?? '', row.version) < 0;
  return [
    ...(older ? ['this is an older version: EKS takes it, and what newer ones made may stay'] : []),
    ...(conflictsOf(values) === 'OVERWRITE'
      ? ['fields of its objects that were changed by hand become what EKS ships']
      : []),
    ...(row.name === 'vpc-cni' ? ['EKS advises to go one minor version of the CNI at a time'] : []),
  ];
}

export const updateAddon = defineAction<AddonRow>({
  id: 'update-addon',
  title: 'Update',
  description: 'Updates an add-on to a version that goes with the cluster; follows its pods.',
  key: 'u',
  appliesTo: ['addons'],
  danger: 2,
  many: false,
  needs: ['pods'],
  state: ({ status, version }) => `${status}/${version}`,
  access: () => [],
  iam: [
    'eks:DescribeAddon',
    'eks:DescribeAddonVersions',
    'eks:UpdateAddon',
    'eks:ListUpdates',
    'eks:DescribeUpdate',
  ],
  guard,
  form,
  plan: async ([target], values, ctx) => {
    if (target === undefined) throw new Error('nothing is selected');
    const { row } = target;
    if (row.status === 'UPDATING') return followRunning(target, ctx);
    const version = values['version'] ?? '';
    const pods = podsOf(row, ctx.query);
    const returns = row.versions?.includes(row.version) === true && version !== row.version;
    return {
      title: `Update add-on ${row.name} from ${row.version} to ${version}`,
      changes: [
        [
          [`${row.name} ${row.version} → `, 'text'],
          [version, version === row.version ? 'muted' : 'accent'],
          [version === row.version ? '  as it is' : '', 'muted'],
        ],
      ],
      victims: pods.map(({ namespace, name }) => `${namespace}/${name}`),
      warnings: warningsOf(row, values),
      refusals: [],
      steps: [stepOf(target, values, ctx)],
      // Written down as ended when it is: a later run goes on with what EKS is at.
      chain: true,
      inverse: returns
        ? { action: 'update-addon', values: { ...values, version: row.version } }
        : null,
    };
  },
});
