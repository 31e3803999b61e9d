import type { Cell, Tone } from '../../core/styled.ts';
import { diagnose, type IdentityFacts, type Verdict } from '../../domain/identity.ts';
import { awsOf, NO_AWS, type Aws } from '../targets/aws.ts';
import { bindingOf, mechanismOf, NEW_ROLE } from './bind-plan.ts';
import { defineAction, type ActionContext, type ActionTarget } from '../engine/define.ts';
import {
  choiceField,
  textField,
  yesNoField,
  type Form,
  type FormValues,
  type Option,
} from '../engine/form.ts';
import { AGENT, identityFacts } from './identity-facts.ts';
import { isToDo, standOf, type Plan, type Stand, type Step } from '../engine/plan.ts';
import {
  accountOf,
  podsUsing,
  workloadsUsing,
  type Account,
  type AccountRow,
} from './service-account.ts';

type Target = ActionTarget<AccountRow>;

/** Characters that the name of a role may have. */
const MOST_NAME = 64;

function checkRoleName(name: string): string {
  if (name === '') return 'a name is missing';
  if (name.length > MOST_NAME) return `at most ${MOST_NAME} characters`;
  return /^[\w+=,.@-]+$/.test(name) ? '' : 'letters, digits and _+=,.@-';
}

async function form(account: Account, values: FormValues, ctx: ActionContext): Promise<Form> {
  const aws = awsOf(ctx);
  const [facts, roles, policies] = await Promise.all([
    identityFacts(account, ctx),
    ctx.once('roles', () => rolesOf(aws)),
    ctx.once('policies', () => policiesOf(aws)),
  ]);
  const bound =
    facts.association !== null && facts.association !== 'absent'
      ? facts.association.roleArn
      : facts.annotation;
  const known = roles.some(({ id }) => id === bound);
  const name = `${aws.eks.name}-${account.namespace}-${account.name}`.slice(0, MOST_NAME);
  const isNew = values['role'] === NEW_ROLE || (values['role'] === undefined && !known);
  return [
    choiceField({
      id: 'how',
      label: 'How',
      options: mechanisms(account, facts, ctx),
      hint: 'the first is what is so already, or what fits here',
    }),
    choiceField({
      id: 'role',
      label: 'Role',
      options: [NEW, ...roles],
      ...(known && { initial: bound }),
      hint: known ? 'it is bound to this one now' : '',
    }),
    ...(isNew
      ? [textField({ id: 'roleName', label: 'Its name', initial: name, check: checkRoleName })]
      : []),
    choiceField({
      id: 'policies',
      label: 'Policies',
      options: policies,
      several: true,
      hint: 'attached to the role; type to find one',
    }),
    yesNoField({
      ...{ id: 'restart', label: 'Restart', initial: 'yes' },
      ...{ yes: usersOf(account, ctx), no: 'pods get the role when they are made next' },
      hint: 'a role comes into a pod when the pod is made',
    }),
  ];
}

const NEW: Option = {
  id: NEW_ROLE,
  title: 'make one',
  detail: 'for this account alone',
  disabled: '',
};

/**
 * What serves the account now comes first, or the one that fits: who only wants to look must not be
 * led to another way. What cannot work says why.
 */
function mechanisms(
  account: Account,
  { agent, annotation, association }: IdentityFacts,
  ctx: ActionContext,
): readonly Option[] {
  const fargate = podsUsing(account, ctx).filter(({ fargateProfile }) => fargateProfile !== '');
  const irsa = {
    id: 'irsa',
    title: 'IRSA',
    detail: 'OIDC provider, trust policy, annotation; proved from here',
    disabled: '',
  };
  const podIdentity = {
    id: 'pod-identity',
    title: 'Pod Identity',
    detail: 'one association, no annotation; needs the agent',
    disabled:
      fargate.length > 0
        ? `${fargate.length} of its pods run on Fargate, which has no agent`
        : agent === false
          ? `the add-on ${AGENT} is not installed`
          : '',
  };
  const servedByIrsa = annotation !== '' && (association === null || association === 'absent');
  return agent === true && podIdentity.disabled === '' && !servedByIrsa
    ? [podIdentity, irsa]
    : [irsa, podIdentity];
}

/** The workloads that are restarted, or that there are none. */
function usersOf(account: Account, ctx: ActionContext): string {
  const names = workloadsUsing(account, ctx).map(({ row }) =>
    row.paused ? `${row.name} (paused: left as it is)` : row.name,
  );
  return names.length === 0 ? 'no workload uses it' : names.join(', ');
}

/** Roles that people made: those of AWS's services are not to be touched. */
async function rolesOf({ door }: Aws): Promise<readonly Option[]> {
  const { Roles } = await door.call('iam:ListRoles', {});
  return Roles.filter(({ Path }) => !Path.startsWith('/aws-service-role/'))
    .map(({ Arn, RoleName, Description }) => ({
      id: Arn,
      title: RoleName,
      detail: Description,
      disabled: '',
    }))
    .sort((a, b) => (a.title < b.title ? -1 : 1));
}

async function policiesOf({ door }: Aws): Promise<readonly Option[]> {
  const { Policies } = await door.call('iam:ListPolicies', { Scope: 'All' });
  return Policies.map(({ Arn, PolicyName, Description }) => ({
    id: Arn,
    title: PolicyName,
    detail: /:aws:policy\//.test(Arn) ? 'AWS' : Description || 'your own',
    disabled: '',
  })).sort(
    (a, b) =>
      Number(a.detail === 'AWS') - Number(b.detail === 'AWS') || (a.title < b.title ? -1 : 1),
  );
}

const LOOK: Readonly<Record<Verdict['level'], readonly [glyph: string, tone: Tone]>> = {
  good: ['✓', 'good'],
  info: ['·', 'muted'],
  warn: ['!', 'warn'],
  bad: ['✗', 'bad'],
};

/** What is found, a line each. */
function verdictCell({ level, text, fix }: Verdict): Cell {
  const [glyph, tone] = LOOK[level];
  return [
    [`${glyph} `, tone],
    [text, level === 'info' ? 'muted' : 'text'],
    [fix === '' ? '' : `: ${fix}`, 'accent'],
  ];
}

const MARKS: Readonly<Record<Stand['state'], readonly [glyph: string, tone: Tone]>> = {
  waiting: ['+ ', 'accent'],
  already: ['✓ ', 'good'],
  barred: ['– ', 'warn'],
};

function stepCell(step: Step): Cell {
  const { state, text } = standOf(step);
  const { title } = step;
  return [MARKS[state], state === 'waiting' ? [title, 'text'] : [`${title}: ${text}`, 'muted']];
}

async function preview(
  account: Account,
  values: FormValues,
  ctx: ActionContext,
): Promise<readonly Cell[]> {
  const { facts, steps } = await bindingOf(account, values, ctx);
  return [
    [[`${account.namespace}/${account.name} as it is`, 'muted']],
    ...diagnose(facts).map(verdictCell),
    [['What will be done', 'muted']],
    ...steps.map(stepCell),
  ];
}

async function plan(account: Account, values: FormValues, ctx: ActionContext): Promise<Plan> {
  const { facts, steps, restarts, role, diff, doubt } = await bindingOf(account, values, ctx);
  const how = mechanismOf(values);
  const { association, annotation } = facts;
  const shadow =
    how === 'irsa' && association !== null && association !== 'absent'
      ? [`the Pod Identity association ${association.id} goes before it: delete that first`]
      : [];
  const everybody =
    account.name === 'default'
      ? [`every pod of ${account.namespace} that names no service account gets the role`]
      : [];
  const replaced =
    annotation !== '' && annotation !== role && how === 'irsa'
      ? [`it is bound to ${annotation} now, which its pods lose`]
      : [];
  const held = restarts
    .map(standOf)
    .flatMap(({ state, text }) =>
      state === 'barred'
        ? [`${text} and restart it then; until then its pods keep the identity that they have`]
        : [],
    );
  return {
    title: `Bind ${account.namespace}/${account.name} to ${role} by ${how === 'irsa' ? 'IRSA' : 'Pod Identity'}`,
    changes: [],
    victims: restarts.filter(isToDo).map(({ title }) => `${title}: its pods are made anew`),
    warnings: [...shadow, ...everybody, ...replaced, ...held, ...(doubt === '' ? [] : [doubt])],
    ...(diff.length > 0 && { diff }),
    refusals: [],
    steps,
    chain: true,
    inverse: null,
  };
}

export const bindRole = defineAction<AccountRow>({
  id: 'bind-role',
  title: 'Bind role',
  description:
    'Gives a service account an IAM role, by IRSA or Pod Identity, proves it, and says what is wrong.',
  key: 'b',
  appliesTo: ['serviceaccounts', 'pods', 'deployments', 'statefulsets', 'daemonsets'],
  danger: 1,
  many: false,
  needs: ['pods', 'deployments', 'statefulsets', 'daemonsets'],
  state: () => '',
  access: () => [],
  iam: [
    'eks:DescribeCluster',
    'eks:ListAddons',
    'eks:ListPodIdentityAssociations',
    'eks:DescribePodIdentityAssociation',
    'eks:CreatePodIdentityAssociation',
    'eks:UpdatePodIdentityAssociation',
    'iam:GetOpenIDConnectProvider',
    'iam:CreateOpenIDConnectProvider',
    'iam:AddClientIDToOpenIDConnectProvider',
    'iam:ListRoles',
    'iam:GetRole',
    'iam:CreateRole',
    'iam:UpdateAssumeRolePolicy',
    'iam:ListPolicies',
    'iam:ListAttachedRolePolicies',
    'iam:AttachRolePolicy',
    'iam:PassRole',
  ],
  guard: (_targets, { aws }) => (aws === null ? NO_AWS : ''),
  form: (targets, values, ctx) => form(accountOfFirst(targets), values, ctx),
  preview: (targets, values, ctx) => preview(accountOfFirst(targets), values, ctx),
  plan: (targets, values, ctx) => plan(accountOfFirst(targets), values, ctx),
});

function accountOfFirst([target]: readonly Target[]): Account {
  if (target === undefined) throw new Error('nothing is selected');
  return accountOf(target);
}
