/** Who takes roles for pods: what each asks of a role, and the statement that lets it have one. */
import type { TrustRequest } from './trust-answer.ts';
import { hostOf, type TrustStatement, type WebIdentity } from './trust-policy.ts';

/** One that takes a role. */
export interface RoleTaker {
  /** As sentences name it: `it trusts the account`. */
  readonly name: string;
  readonly request: TrustRequest;
  /** The narrowest statement that allows the request. */
  readonly statement: TrustStatement;
}

/** The service that takes roles for the agent of EKS Pod Identity. */
export const POD_IDENTITY_SERVICE = 'pods.eks.amazonaws.com';
/** The service that takes the execution role of a Fargate profile. */
export const FARGATE_SERVICE = 'eks-fargate-pods.amazonaws.com';

/** How tokens name a service account. */
const subjectOf = ({ namespace, serviceAccount }: WebIdentity): string =>
  `system:serviceaccount:${namespace}:${serviceAccount}`;

/** A service account by the token of its cluster's OIDC provider (IRSA). */
export function byWebIdentity(identity: WebIdentity): RoleTaker {
  const host = hostOf(identity.provider);
  const claims = {
    [`${host}:sub`]: subjectOf(identity),
    [`${host}:aud`]: identity.audience,
  };
  const action = 'sts:AssumeRoleWithWebIdentity';
  return {
    name: 'the account',
    request: {
      principal: { kind: 'Federated', name: identity.provider },
      actions: [action],
      context: contextOf(claims),
    },
    statement: {
      Effect: 'Allow',
      Principal: { Federated: identity.provider },
      Action: action,
      Condition: { StringEquals: claims },
    },
  };
}

/** A service account that EKS Pod Identity serves. */
export interface PodIdentity {
  readonly clusterArn: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  /** Whether its association puts tags on the session. */
  readonly sessionTags: boolean;
}

/**
 * A service account by its Pod Identity association.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html for the tags
 */
export function byPodIdentity(identity: PodIdentity): RoleTaker {
  const { clusterArn, namespace, serviceAccount, sessionTags } = identity;
  const tags: Readonly<Record<string, string>> = sessionTags
    ? {
        'aws:RequestTag/eks-cluster-arn': clusterArn,
        'aws:RequestTag/kubernetes-namespace': namespace,
        'aws:RequestTag/kubernetes-service-account': serviceAccount,
      }
    : {};
  // A role may be for one pod alone.
  const others = {
    'aws:RequestTag/eks-cluster-name': nameIn(clusterArn),
    'aws:RequestTag/kubernetes-pod-name': null,
    'aws:RequestTag/kubernetes-pod-uid': null,
  };
  return {
    name: 'the account',
    request: {
      principal: { kind: 'Service', name: POD_IDENTITY_SERVICE },
      actions: ['sts:AssumeRole', 'sts:TagSession'],
      context: contextOf({
        ...sourceOf(clusterArn, clusterArn),
        ...tags,
        ...(sessionTags && others),
      }),
    },
    statement: {
      Effect: 'Allow',
      Principal: { Service: POD_IDENTITY_SERVICE },
      Action: ['sts:AssumeRole', 'sts:TagSession'],
      // Without tags there is nothing to tell one account from another by.
      ...(sessionTags && { Condition: { StringEquals: tags } }),
    },
  };
}

/**
 * The machines of a Fargate profile. The last part of its ARN is not known before it is made.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-execution-role.html
 */
export function byFargate(clusterArn: string, profile: string): RoleTaker {
  const profiles = `${clusterArn.replace(':cluster/', ':fargateprofile/')}/`;
  return {
    name: `Fargate profiles of ${nameIn(clusterArn)}`,
    request: {
      principal: { kind: 'Service', name: FARGATE_SERVICE },
      actions: ['sts:AssumeRole'],
      context: contextOf(sourceOf(clusterArn, `${profiles}${profile}/…`)),
    },
    statement: {
      Effect: 'Allow',
      Principal: { Service: FARGATE_SERVICE },
      Action: 'sts:AssumeRole',
      Condition: { ArnLike: { 'aws:SourceArn': `${profiles}*` } },
    },
  };
}

const nameIn = (clusterArn: string): string => clusterArn.slice(clusterArn.lastIndexOf('/') + 1);

/** Whom a service acts for. */
const sourceOf = (clusterArn: string, sourceArn: string) => ({
  'aws:SourceAccount': clusterArn.split(':')[4] ?? '',
  'aws:SourceArn': sourceArn,
});

const contextOf = (values: Readonly<Record<string, string | null>>): TrustRequest['context'] =>
  new Map(
    Object.entries(values).map(([key, value]) => [
      key.toLowerCase(),
      value === null ? null : [value],
    ]),
  );
