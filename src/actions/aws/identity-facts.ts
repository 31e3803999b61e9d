/** Asks what there is of the AWS identity of a service account. What may not be asked stays unknown. */
import {
  AUDIENCE_ANNOTATION,
  isOfOtherAccount,
  ROLE_ANNOTATION,
  SKIP_ANNOTATION,
  STS_AUDIENCE,
  type Association,
  type IdentityFacts,
  type IdentityPod,
} from '../../domain/identity.ts';
import { placeIn } from '../../domain/ref.ts';
import { providerArn } from '../../domain/trust-policy.ts';
import type { KubeObject } from '../../ports/kube.ts';
import { accountIdOf, awsOf, codeOf, partitionOf, type Aws } from '../targets/aws.ts';
import type { ActionContext } from '../engine/define.ts';
import { roleNameOf, roleOf } from './iam-steps.ts';
import { accountRef, podsUsing, type Account } from './service-account.ts';

/** Pods of an account that are read in full. */
const PODS = 500;
/** The name of the configuration that EKS injects roles by. */
const WEBHOOK = 'pod-identity-webhook';
/** Its add-on for Pod Identity. */
export const AGENT = 'eks-pod-identity-agent';

/** The service account, as it is for as long as a form is filled. */
export const accountObject = (account: Account, ctx: ActionContext): Promise<KubeObject> =>
  ctx.once('account', () => ctx.kube.get(accountRef(account, ctx)));

export async function identityFacts(account: Account, ctx: ActionContext): Promise<IdentityFacts> {
  const aws = awsOf(ctx);
  const [object, issuer] = await Promise.all([
    accountObject(account, ctx),
    ctx.once('issuer', () => issuerOf(aws)),
  ]);
  const annotations = object.metadata.annotations ?? {};
  const annotation = annotations[ROLE_ANNOTATION] ?? '';
  const identity = {
    provider: providerArn(partitionOf(aws), accountIdOf(aws), issuer),
    namespace: account.namespace,
    serviceAccount: account.name,
    audience: annotations[AUDIENCE_ANNOTATION] ?? STS_AUDIENCE,
  };
  const orNull = <T>(key: string, ask: () => Promise<T>): Promise<T | null> =>
    ctx.once(key, ask).catch(() => null);
  const association = await orNull('association', () => associationOf(account, aws));
  const taken = association === null || association === 'absent' ? annotation : association.roleArn;
  const [provider, role, agent, webhook, pods] = await Promise.all([
    orNull('provider', () => audiencesOf(identity.provider, aws)),
    taken === '' || isOfOtherAccount(taken, aws.eks.arn)
      ? null
      : orNull(`role ${taken}`, async () => (await roleOf(roleNameOf(taken), aws)) ?? 'absent'),
    orNull('agent', () => agentOf(aws)),
    orNull('webhook', () => webhookOf(ctx)),
    orNull('pods', () => podsOf(account, ctx)),
  ]);
  return {
    clusterArn: aws.eks.arn,
    identity,
    annotation,
    annotatedAt: setAt(object, ROLE_ANNOTATION),
    provider,
    role: role === null || role === 'absent' ? role : 'there',
    trust: role === null || role === 'absent' ? null : role.AssumeRolePolicyDocument,
    association,
    agent,
    webhook,
    pods: pods ?? [],
  };
}

/** @throws where the cluster has no OIDC issuer */
export async function issuerOf({ door, eks }: Aws): Promise<string> {
  const { cluster } = await door.call('eks:DescribeCluster', { name: eks.name });
  const { issuer } = cluster.identity.oidc;
  if (issuer === '') throw new Error(`EKS tells of no OIDC issuer of ${eks.name}`);
  return issuer;
}

async function audiencesOf(arn: string, { door }: Aws): Promise<readonly string[] | 'absent'> {
  try {
    const asked = { OpenIDConnectProviderArn: arn };
    return (await door.call('iam:GetOpenIDConnectProvider', asked)).ClientIDList;
  } catch (error) {
    if (codeOf(error) === 'NoSuchEntity') return 'absent';
    throw error;
  }
}

async function associationOf(
  { namespace, name }: Account,
  { door, eks }: Aws,
): Promise<Association | 'absent'> {
  const clusterName = eks.name;
  const { associations } = await door.call('eks:ListPodIdentityAssociations', {
    clusterName,
    namespace,
    serviceAccount: name,
  });
  const [found] = associations;
  if (found === undefined) return 'absent';
  const { association } = await door.call('eks:DescribePodIdentityAssociation', {
    clusterName,
    associationId: found.associationId,
  });
  return {
    id: association.associationId,
    roleArn: association.roleArn,
    sessionTags: !association.disableSessionTags,
  };
}

/** Whether pods on nodes find an agent: Auto Mode brings its own. */
async function agentOf({ door, eks }: Aws): Promise<boolean> {
  const { cluster } = await door.call('eks:DescribeCluster', { name: eks.name });
  if (cluster.computeConfig.enabled) return true;
  const { addons } = await door.call('eks:ListAddons', { clusterName: eks.name });
  return addons.includes(AGENT);
}

async function webhookOf({ kube, cluster }: ActionContext): Promise<boolean> {
  try {
    await kube.get({
      ...{ cluster, group: 'admissionregistration.k8s.io', version: 'v1', namespace: '' },
      ...{ resource: 'mutatingwebhookconfigurations', kind: 'MutatingWebhookConfiguration' },
      name: WEBHOOK,
    });
    return true;
  } catch (error) {
    if ((error as { readonly code?: unknown }).code === 404) return false;
    throw error;
  }
}

async function podsOf(account: Account, ctx: ActionContext): Promise<readonly IdentityPod[]> {
  const rows = new Map(podsUsing(account, ctx).map((row) => [row.uid, row]));
  if (rows.size === 0) return [];
  const place = placeIn('pods', ctx.cluster, account.namespace);
  const objects = await ctx.kube.list(place, { limit: PODS });
  return objects.flatMap((object) => {
    const row = rows.get(object.metadata.uid ?? '');
    return row === undefined ? [] : [podOf(object, row.fargateProfile !== '')];
  });
}

interface PodSpec {
  readonly containers?: readonly {
    readonly name: string;
    readonly env?: readonly { readonly name: string; readonly value?: string }[];
    readonly securityContext?: { readonly runAsUser?: number };
  }[];
  readonly securityContext?: { readonly fsGroup?: number; readonly runAsUser?: number };
}

function podOf({ metadata, spec }: KubeObject, onFargate: boolean): IdentityPod {
  const { containers = [], securityContext = {} } = (spec ?? {}) as PodSpec;
  const env = (name: string) =>
    containers.map((container) => {
      const found = container.env?.find((each) => each.name === name);
      return [container.name, found?.value ?? ''] as const;
    });
  const asRoot = containers.every(
    (each) => (each.securityContext?.runAsUser ?? securityContext.runAsUser ?? 0) === 0,
  );
  return {
    name: metadata.name,
    createdAt: Date.parse(metadata.creationTimestamp ?? ''),
    roles: Object.fromEntries(env('AWS_ROLE_ARN')),
    agents: env('AWS_CONTAINER_CREDENTIALS_FULL_URI').flatMap(([name, value]) =>
      value === '' ? [] : [name],
    ),
    skipped: (metadata.annotations?.[SKIP_ANNOTATION] ?? '').split(',').map((each) => each.trim()),
    readsToken: asRoot || securityContext.fsGroup !== undefined,
    onFargate,
  };
}

/** When an annotation was last set, as the object's managed fields tell (ms); 0 where they do not. */
function setAt({ metadata }: KubeObject, annotation: string): number {
  const managed = metadata['managedFields'];
  if (!Array.isArray(managed)) return 0;
  for (const { time, fieldsV1 } of managed as readonly {
    readonly time?: string;
    readonly fieldsV1?: {
      readonly 'f:metadata'?: { readonly 'f:annotations'?: Readonly<Record<string, unknown>> };
    };
  }[]) {
    const set = fieldsV1?.['f:metadata']?.['f:annotations'] ?? {};
    if (`f:${annotation}` in set) return Date.parse(time ?? '') || 0;
  }
  return 0;
}
