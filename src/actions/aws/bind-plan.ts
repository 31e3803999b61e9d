/** What binding a service account to a role takes, worked out from what there is. */
import type { DiffLine } from '../../core/line-diff.ts';
import { trustDocument, type TrustStatement } from '../../domain/trust-policy.ts';
import { isOfOtherAccount, type IdentityFacts } from '../../domain/identity.ts';
import { byPodIdentity, byWebIdentity, type RoleTaker } from '../../domain/role-taker.ts';
import type { PodRow, WorkloadRow } from '../../domain/rows.ts';
import { isPodOf } from '../../domain/workload-pods.ts';
import { awsOf, codeOf, type Aws } from '../targets/aws.ts';
import { annotateStep, proofStep, providerStep, restartSteps } from './bind-steps.ts';
import { awsCall } from './call.ts';
import type { ActionContext } from '../engine/define.ts';
import { chosen, type FormValues } from '../engine/form.ts';
import { attachStep, roleArn, roleNameOf, roleOf, roleStep } from './iam-steps.ts';
import { accountObject, identityFacts, issuerOf } from './identity-facts.ts';
import type { Step } from '../engine/plan.ts';
import { trusting, trustStep } from './trust-steps.ts';
import { oncePropagated } from '../objects/propagation.ts';
import { podsUsing, type Account } from './service-account.ts';
import { reasonOf } from '../../core/words.ts';

/** The option of the role that is made on the way. */
export const NEW_ROLE = 'new';
/** How an account is bound. */
export type Mechanism = 'irsa' | 'pod-identity';

/** All that a plan and a preview are made of. */
export interface Binding {
  readonly facts: IdentityFacts;
  readonly steps: readonly Step[];
  /** Those of the steps that bring the role into pods that are there. */
  readonly restarts: readonly Step[];
  readonly role: string;
  /** What comes to the trust policy of a role that is there. */
  readonly diff: readonly DiffLine[];
  /** What of it nobody can tell before pods take the role; empty where that is all known. */
  readonly doubt: string;
}

export const mechanismOf = (values: FormValues): Mechanism =>
  values['how'] === 'pod-identity' ? 'pod-identity' : 'irsa';

export async function bindingOf(
  account: Account,
  values: FormValues,
  ctx: ActionContext,
): Promise<Binding> {
  const aws = awsOf(ctx);
  const facts = await identityFacts(account, ctx);
  const how = mechanismOf(values);
  const isNew = values['role'] === NEW_ROLE;
  const name = isNew ? (values['roleName'] ?? '').trim() : roleNameOf(values['role'] ?? '');
  if (name === '') throw new Error('which role? none is chosen');
  const other = !isNew && isOfOtherAccount(values['role'] ?? '', aws.eks.arn);
  // By its name alone IAM would tell of another role.
  if (other) throw new Error(`${values['role'] ?? ''} is of another account than ${aws.eks.name}`);
  const role = await ctx.once(`role ${name}`, () => roleOf(name, aws));
  if (role === null && !isNew) throw new Error(`there is no role ${name} any more`);
  const arn = role?.Arn ?? roleArn(name, aws);
  const taker = takerOf(facts, how);
  const trust = role === null ? null : trusting(role, taker);
  const policies = await Promise.all(
    chosen(values['policies']).map((policy) => attachStep(name, policy, role !== null, aws, ctx)),
  );
  const roleSteps = [
    trust === null
      ? roleStep(newRole(name, account, taker.statement, aws), null, aws, ctx)
      : trustStep(trust, aws, ctx),
    ...policies,
  ];
  const object = await accountObject(account, ctx);
  const issuer = await ctx.once('issuer', () => issuerOf(aws));
  const middle =
    how === 'irsa'
      ? [
          annotateStep(account, object, facts, arn, ctx),
          // Before anything is restarted: workloads keep what they have where this fails.
          proofStep(account, facts, arn, aws, ctx),
        ]
      : [associationStep(account, facts, arn, aws, ctx)];
  const restarts =
    values['restart'] === 'no'
      ? []
      : restartSteps(account, whyNoRestart(account, facts, how, arn, ctx), ctx);
  const provider = how === 'irsa' ? [providerStep(facts, issuer, aws, ctx)] : [];
  return {
    facts,
    role: arn,
    steps: [...provider, ...roleSteps, ...middle, ...restarts],
    restarts,
    diff: trust?.diff ?? [],
    doubt: trust?.doubt ?? '',
  };
}

function takerOf({ identity, association, clusterArn }: IdentityFacts, how: Mechanism): RoleTaker {
  if (how === 'irsa') return byWebIdentity(identity);
  // An association that is made here puts tags on; one that is there stays as it is.
  const sessionTags = typeof association !== 'object' || (association?.sessionTags ?? true);
  return byPodIdentity({ ...identity, clusterArn, sessionTags });
}

function newRole(
  name: string,
  { namespace, name: account }: Account,
  statement: TrustStatement,
  { eks }: Aws,
) {
  return {
    name,
    trust: trustDocument([statement]),
    description: `Service account ${namespace}/${account} of EKS cluster ${eks.name}`,
    tags: { 'ekscope/cluster': eks.name, 'ekscope/service-account': `${namespace}/${account}` },
  };
}

function associationStep(
  { namespace, name }: Account,
  { association }: IdentityFacts,
  role: string,
  { eks }: Aws,
  ctx: ActionContext,
): Step {
  const there = association === null || association === 'absent' ? null : association;
  const clusterName = eks.name;
  const { action, command, send } =
    there === null
      ? awsCall(
          'eks:CreatePodIdentityAssociation',
          { clusterName, namespace, serviceAccount: name, roleArn: role },
          ctx,
        )
      : awsCall(
          'eks:UpdatePodIdentityAssociation',
          { clusterName, associationId: there.id, roleArn: role },
          ctx,
        );
  return {
    title:
      there === null
        ? `Create the Pod Identity association of ${namespace}/${name}`
        : `Change the Pod Identity association ${there.id} to the role`,
    uid: '',
    command,
    access: [
      { iam: action, resource: '' },
      { iam: 'iam:PassRole', resource: role },
    ],
    already: there?.roleArn === role ? `association ${there.id} has the role` : '',
    run: (signal, report) =>
      oncePropagated(
        async () => {
          await send();
        },
        // EKS looks the role up, and may not find one that was just made.
        (error) => codeOf(error) === 'InvalidParameterException' && /role/i.test(reasonOf(error)),
        { signal, report, ctx },
      ),
  };
}

/** Why the pods of a workload need not be made anew for the identity, or empty. */
function whyNoRestart(
  account: Account,
  { pods, annotation, association }: IdentityFacts,
  how: Mechanism,
  role: string,
  ctx: ActionContext,
): (workload: WorkloadRow) => string {
  const byName = new Map(pods.map((pod) => [pod.name, pod]));
  const isAssociated = typeof association === 'object' && association?.roleArn === role;
  const isBound = ({ name }: PodRow): boolean => {
    const pod = byName.get(name);
    if (pod === undefined) return false;
    if (how === 'pod-identity') return isAssociated && pod.agents.length > 0;
    return annotation === role && Object.values(pod.roles).includes(role);
  };
  return (workload) => {
    const own = podsUsing(account, ctx).filter(isPodOf(workload));
    if (own.length === 0) return 'it has no pods';
    return own.every(isBound) ? 'its pods have the role' : '';
  };
}
