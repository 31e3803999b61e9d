/** Steps on IAM roles that several actions take. Done twice, they do no harm. */
import type { RoleDescription } from '../../ports/aws-shapes.ts';
import { accountIdOf, codeOf, partitionOf, type Aws } from '../targets/aws.ts';
import { awsCall } from './call.ts';
import type { ActionContext } from '../engine/define.ts';
import type { Step } from '../engine/plan.ts';

/** The ARN that a role of that name has, without a path. */
export const roleArn = (name: string, aws: Aws): string =>
  `arn:${partitionOf(aws)}:iam::${accountIdOf(aws)}:role/${name}`;

/** The name in an ARN of a role, without its path. */
export const roleNameOf = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

/** A role, or null where there is none of that name. */
export async function roleOf(name: string, { door }: Aws): Promise<RoleDescription | null> {
  try {
    return (await door.call('iam:GetRole', { RoleName: name })).Role;
  } catch (error) {
    if (codeOf(error) === 'NoSuchEntity') return null;
    throw error;
  }
}

/** A role that is to be made. */
export interface NewRole {
  readonly name: string;
  /** Its trust policy, as JSON. */
  readonly trust: string;
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** @param there the role of that name, if there is one: then nothing is to do */
export function roleStep(
  { name, trust, description, tags }: NewRole,
  there: RoleDescription | null,
  aws: Aws,
  ctx: ActionContext,
): Step {
  const asked = {
    RoleName: name,
    AssumeRolePolicyDocument: trust,
    Description: description,
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
  };
  const { command, send } = awsCall('iam:CreateRole', asked, ctx);
  return {
    title: `Create IAM role ${name}`,
    uid: '',
    command,
    access: [{ iam: 'iam:CreateRole', resource: roleArn(name, aws) }],
    already: there === null ? '' : 'it is there',
    run: async () => {
      await send();
    },
  };
}

/** @param isThere whether there is such a role by now, which may have the policy already */
export async function attachStep(
  name: string,
  policy: string,
  isThere: boolean,
  aws: Aws,
  ctx: ActionContext,
): Promise<Step> {
  const attached = isThere
    ? (await aws.door.call('iam:ListAttachedRolePolicies', { RoleName: name })).AttachedPolicies
    : [];
  const asked = { RoleName: name, PolicyArn: policy };
  const { command, send } = awsCall('iam:AttachRolePolicy', asked, ctx);
  return {
    title: `Attach ${roleNameOf(policy)} to ${name}`,
    uid: '',
    command,
    access: [{ iam: 'iam:AttachRolePolicy', resource: roleArn(name, aws) }],
    already: attached.some(({ PolicyArn }) => PolicyArn === policy) ? 'it is attached' : '',
    run: async () => {
      await send();
    },
  };
}
