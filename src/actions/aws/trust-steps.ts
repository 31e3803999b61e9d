/** The step that lets somebody take a role that is there, by a statement more in its trust policy. */
import type { DiffLine } from '../../core/line-diff.ts';
import type { RoleTaker } from '../../domain/role-taker.ts';
import { trustAnswer } from '../../domain/trust-answer.ts';
import {
  LONGEST_TRUST,
  parseTrust,
  trustLength,
  withStatement,
} from '../../domain/trust-policy.ts';
import type { RoleDescription } from '../../ports/aws-shapes.ts';
import type { ActionContext } from '../engine/define.ts';
import type { Step } from '../engine/plan.ts';
import type { Aws } from '../targets/aws.ts';

/** What becomes of the trust policy of a role. */
export interface Trusting {
  readonly role: RoleDescription;
  /** The policy as it has to be; the same where nothing is to do. */
  readonly document: string;
  /** Why nothing is to do; empty where the policy changes. */
  readonly already: string;
  /** What nobody can tell before the role is taken; empty where that is all known. */
  readonly doubt: string;
  /** What comes to the policy. */
  readonly diff: readonly DiffLine[];
}

/**
 * Works out what a role's trust policy needs for somebody to take it. Where a condition decides
 * that only the call shows, it stays as it is: another statement would undo what it is there for.
 *
 * @throws where the policy cannot be read, denies it, or would be longer than IAM takes
 */
export function trusting(role: RoleDescription, taker: RoleTaker): Trusting {
  const { RoleName, AssumeRolePolicyDocument } = role;
  const policy = parseTrust(AssumeRolePolicyDocument);
  if (policy === null) throw new Error(`the trust policy of ${RoleName} cannot be read`);
  const { trusts, why } = trustAnswer(policy, taker.request);
  const same = { role, document: AssumeRolePolicyDocument, diff: [] };
  if (trusts === 'yes') return { ...same, already: `it trusts ${taker.name}`, doubt: '' };
  if (trusts === 'unknown')
    return {
      ...same,
      already: `whether it trusts ${taker.name} is not known`,
      doubt: `whether ${RoleName} trusts ${taker.name} shows only when it is taken: ${why}`,
    };
  if (trusts === 'denied')
    throw new Error(`${RoleName} does not let ${taker.name} take it: ${why}; choose another role`);
  const document = withStatement(policy, taker.statement);
  const length = trustLength(document);
  if (length > LONGEST_TRUST)
    throw new Error(
      `the trust policy of ${RoleName} would have ${length} characters, and ${LONGEST_TRUST} is most: choose another role, or take out what is not needed`,
    );
  const lines = JSON.stringify(taker.statement, null, 2).split('\n');
  const diff: readonly DiffLine[] = [
    { mark: '@', text: `trust policy of ${RoleName}: its other statements stay as they are` },
    ...lines.map((text): DiffLine => ({ mark: '+', text })),
  ];
  return { role, document, already: '', doubt: '', diff };
}

/** Writes the policy, unless somebody has changed it since. */
export function trustStep(
  { role, document, already }: Trusting,
  aws: Aws,
  ctx: ActionContext,
): Step {
  const { RoleName, Arn, AssumeRolePolicyDocument } = role;
  return {
    title:
      already === ''
        ? `Add a statement to the trust policy of ${RoleName}`
        : `Trust policy of ${RoleName}`,
    uid: '',
    command: ctx.awsCli([
      ...['iam', 'update-assume-role-policy', '--role-name', RoleName],
      ...['--policy-document', document],
    ]),
    access: [{ iam: 'iam:UpdateAssumeRolePolicy', resource: Arn }],
    already,
    run: async () => {
      const { Role } = await aws.door.call('iam:GetRole', { RoleName });
      // IAM takes no precondition with the write: it is looked at once more, right before.
      if (Role.AssumeRolePolicyDocument !== AssumeRolePolicyDocument)
        throw new Error('somebody has changed the trust policy since the plan: nothing was sent');
      const asked = { RoleName, PolicyDocument: document };
      await aws.door.call('iam:UpdateAssumeRolePolicy', asked);
    },
  };
}
