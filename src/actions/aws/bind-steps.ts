/** The steps that give a service account an AWS role, each with the reason why nothing is to do. */
import { kindOf } from '../../domain/ref.ts';
import { ROLE_ANNOTATION, type IdentityFacts } from '../../domain/identity.ts';
import {
  LONGEST_TRUST,
  parseTrust,
  trustLength,
  trustsService,
  webIdentityStatement,
  whyNoWebIdentity,
  withStatement,
  type TrustPolicy,
  type TrustStatement,
} from '../../domain/trust-policy.ts';
import type { RoleDescription } from '../../ports/aws-shapes.ts';
import type { KubeObject } from '../../ports/kube.ts';
import { patchAsPlanned } from '../targets/as-planned.ts';
import { codeOf, type Aws } from '../targets/aws.ts';
import type { ActionContext } from '../engine/define.ts';
import { restartStep } from '../workloads/restart.ts';
import { oncePropagated } from '../objects/propagation.ts';
import { accountRef, workloadsUsing, type Account } from './service-account.ts';
import type { Step } from '../engine/plan.ts';

export function providerStep(
  { identity, provider }: IdentityFacts,
  issuer: string,
  aws: Aws,
  ctx: ActionContext,
): Step {
  const arn = identity.provider;
  const { audience } = identity;
  const base = { uid: '' };
  if (provider !== 'absent' && provider !== null) {
    return {
      ...base,
      title: provider.includes(audience)
        ? `OIDC provider of ${aws.eks.name}`
        : `Add audience ${audience} to the OIDC provider`,
      command: ctx.awsCli([
        ...['iam', 'add-client-id-to-open-id-connect-provider'],
        ...['--open-id-connect-provider-arn', arn, '--client-id', audience],
      ]),
      access: [{ iam: 'iam:AddClientIDToOpenIDConnectProvider', resource: arn }],
      already: provider.includes(audience) ? 'it is there' : '',
      run: async () => {
        const asked = { OpenIDConnectProviderArn: arn, ClientID: audience };
        await aws.door.call('iam:AddClientIDToOpenIDConnectProvider', asked);
      },
    };
  }
  return {
    ...base,
    title: `Create the OIDC provider of ${aws.eks.name}`,
    command: ctx.awsCli([
      ...['iam', 'create-open-id-connect-provider', '--url', issuer],
      ...['--client-id-list', audience],
    ]),
    access: [{ iam: 'iam:CreateOpenIDConnectProvider', resource: arn }],
    already: '',
    run: async () => {
      try {
        const asked = { Url: issuer, ClientIDList: [audience] };
        await aws.door.call('iam:CreateOpenIDConnectProvider', asked);
      } catch (error) {
        // Where it could not be asked for, it may be there.
        if (codeOf(error) !== 'EntityAlreadyExists') throw error;
      }
    },
  };
}

/** What a role's trust has to allow. */
export interface Wanted {
  readonly statement: TrustStatement;
  /** Why it does not yet; empty: it does. */
  readonly missing: (policy: TrustPolicy) => string;
}

export const wantsWebIdentity = ({ identity }: IdentityFacts): Wanted => ({
  statement: webIdentityStatement(identity),
  missing: (policy) => whyNoWebIdentity(policy, identity),
});

export const wantsService = (
  statement: TrustStatement,
  service: string,
  actions: readonly string[],
): Wanted => ({
  statement,
  missing: (policy) =>
    trustsService(policy, service, actions) ? '' : `it does not trust ${service}`,
});

/** The trust policy of a role with what is wanted; the same where it is there already. */
export function trustWith(role: RoleDescription, { statement, missing }: Wanted): string {
  const policy = parseTrust(role.AssumeRolePolicyDocument);
  if (policy === null) throw new Error(`the trust policy of ${role.RoleName} cannot be read`);
  if (missing(policy) === '') return role.AssumeRolePolicyDocument;
  const document = withStatement(policy, statement);
  const length = trustLength(document);
  if (length > LONGEST_TRUST)
    throw new Error(
      `the trust policy of ${role.RoleName} would have ${length} characters, and ${LONGEST_TRUST} is most: choose another role, or take out what is not needed`,
    );
  return document;
}

export function trustStep(
  role: RoleDescription,
  document: string,
  aws: Aws,
  ctx: ActionContext,
): Step {
  const { RoleName, Arn, AssumeRolePolicyDocument } = role;
  return {
    title:
      document === AssumeRolePolicyDocument
        ? `Trust policy of ${RoleName}`
        : `Add a statement to the trust policy of ${RoleName}`,
    uid: '',
    command: ctx.awsCli([
      ...['iam', 'update-assume-role-policy', '--role-name', RoleName],
      ...['--policy-document', document],
    ]),
    access: [{ iam: 'iam:UpdateAssumeRolePolicy', resource: Arn }],
    already: document === AssumeRolePolicyDocument ? 'it trusts the account' : '',
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

export function annotateStep(
  account: Account,
  planned: KubeObject,
  { annotation }: IdentityFacts,
  role: string,
  ctx: ActionContext,
): Step {
  const { namespace, name } = account;
  const { group, resource } = kindOf('serviceaccounts');
  return {
    title: `Annotate service account ${name} with the role`,
    uid: planned.metadata.uid ?? '',
    command: ctx.kubectl([
      ...['annotate', 'serviceaccount', name, `${ROLE_ANNOTATION}=${role}`],
      ...['--overwrite', '-n', namespace],
    ]),
    access: [{ kube: { verb: 'patch', group, resource, namespace, name } }],
    already: annotation === role ? 'it has the annotation' : '',
    run: () =>
      patchAsPlanned(
        {
          ref: accountRef(account, ctx),
          planned,
          patch: {
            type: 'merge',
            body: { metadata: { annotations: { [ROLE_ANNOTATION]: role } } },
          },
          relies: ({ metadata }) => metadata.annotations?.[ROLE_ANNOTATION],
        },
        ctx.kube,
      ),
  };
}

/** Becomes the role as the account's pods would; what it gets is thrown away. */
export function proofStep(
  account: Account,
  { identity }: IdentityFacts,
  role: string,
  aws: Aws,
  ctx: ActionContext,
): Step {
  const { namespace, name } = account;
  return {
    title: 'Prove it: become the role with a token of the account',
    uid: '',
    command: '',
    access: [
      {
        kube: {
          ...{ verb: 'create', group: '', resource: 'serviceaccounts', subresource: 'token' },
          ...{ namespace, name },
        },
      },
    ],
    already: '',
    run: (signal, report) =>
      oncePropagated(
        async () => {
          const options = { audience: identity.audience, seconds: 600 };
          const { token } = await ctx.kube.token(accountRef(account, ctx), options);
          const { AssumedRoleUser } = await aws.door.call('sts:AssumeRoleWithWebIdentity', {
            RoleArn: role,
            RoleSessionName: 'ekscope-proof',
            WebIdentityToken: token,
          });
          report({ state: 'working', text: `it became ${AssumedRoleUser.Arn}` });
        },
        (error) => ['AccessDenied', 'InvalidIdentityToken'].includes(codeOf(error)),
        { signal, report, ctx },
      ),
  };
}

/** @param isBound whether a pod of that name has the identity already */
export function restartSteps(
  account: Account,
  isBound: (workload: string) => boolean,
  ctx: ActionContext,
): readonly Step[] {
  return workloadsUsing(account, ctx).map(({ table, row }) => ({
    ...restartStep({ resource: table, table, row }, ctx),
    already: isBound(row.name) ? 'its pods have the role' : '',
  }));
}
