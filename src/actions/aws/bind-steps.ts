/** The steps that give a service account an AWS role, each with the reason why nothing is to do. */
import { kindOf } from '../../domain/ref.ts';
import { ROLE_ANNOTATION, type IdentityFacts } from '../../domain/identity.ts';
import type { WorkloadRow } from '../../domain/rows.ts';
import type { KubeObject } from '../../ports/kube.ts';
import { patchAsPlanned } from '../targets/as-planned.ts';
import { codeOf, type Aws } from '../targets/aws.ts';
import type { ActionContext } from '../engine/define.ts';
import { restartStep } from '../workloads/restart.ts';
import { oncePropagated } from '../objects/propagation.ts';
import { awsCall } from './call.ts';
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
    const asked = { OpenIDConnectProviderArn: arn, ClientID: audience };
    const { command, send } = awsCall('iam:AddClientIDToOpenIDConnectProvider', asked, ctx);
    return {
      ...base,
      title: provider.includes(audience)
        ? `OIDC provider of ${aws.eks.name}`
        : `Add audience ${audience} to the OIDC provider`,
      command,
      access: [{ iam: 'iam:AddClientIDToOpenIDConnectProvider', resource: arn }],
      already: provider.includes(audience) ? 'it is there' : '',
      run: async () => {
        await send();
      },
    };
  }
  const asked = { Url: issuer, ClientIDList: [audience] };
  const { command, send } = awsCall('iam:CreateOpenIDConnectProvider', asked, ctx);
  return {
    ...base,
    title: `Create the OIDC provider of ${aws.eks.name}`,
    command,
    access: [{ iam: 'iam:CreateOpenIDConnectProvider', resource: arn }],
    already: '',
    run: async () => {
      try {
        await send();
      } catch (error) {
        // Where it could not be asked for, it may be there.
        if (codeOf(error) !== 'EntityAlreadyExists') throw error;
      }
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

/** @param already why a workload need not be restarted; empty: it is */
export function restartSteps(
  account: Account,
  already: (workload: WorkloadRow) => string,
  ctx: ActionContext,
): readonly Step[] {
  return workloadsUsing(account, ctx).map(({ table, row }) => ({
    ...restartStep({ resource: table, table, row }, ctx),
    already: already(row),
  }));
}
