/**
 * How a service account gets an AWS identity, and what is wrong with it: the chain from the
 * cluster's OIDC provider to the environment of its pods.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html
 */
import { byPodIdentity, byWebIdentity, type RoleTaker } from './role-taker.ts';
import { trustAnswer } from './trust-answer.ts';
import { parseTrust, type WebIdentity } from './trust-policy.ts';

/** Annotations of service accounts and pods that the EKS webhook reads. */
export const ROLE_ANNOTATION = 'eks.amazonaws.com/role-arn';
export const AUDIENCE_ANNOTATION = 'eks.amazonaws.com/audience';
export const SKIP_ANNOTATION = 'eks.amazonaws.com/skip-containers';
/** The audience that STS expects. */
export const STS_AUDIENCE = 'sts.amazonaws.com';

/** A pod of the account, as far as its AWS identity goes. */
export interface IdentityPod {
  readonly name: string;
  /** ms since the epoch. */
  readonly createdAt: number;
  /** AWS_ROLE_ARN of each container by name; empty where it has none. */
  readonly roles: Readonly<Record<string, string>>;
  /** Containers with the address of the Pod Identity agent. */
  readonly agents: readonly string[];
  /** Containers that the webhook was told to pass over. */
  readonly skipped: readonly string[];
  /** Whether its user can read the token: root, or a group of the pod's own. */
  readonly readsToken: boolean;
  readonly onFargate: boolean;
}

/** What is known; null where it could not be asked. */
export interface IdentityFacts {
  readonly clusterArn: string;
  readonly identity: WebIdentity;
  /** The role of the account's annotation; empty where it has none. */
  readonly annotation: string;
  /** When the annotation was last set (ms), 0 where that is not known. */
  readonly annotatedAt: number;
  /** Audiences of the provider; `absent` where the account has no such provider. */
  readonly provider: readonly string[] | 'absent' | null;
  /** The trust policy of the role that its pods get: of the association, else of the annotation. */
  readonly trust: string | null;
  readonly role: 'there' | 'absent' | null;
  /** The Pod Identity association of the account; `absent` where it has none. */
  readonly association: Association | 'absent' | null;
  /** Whether the Pod Identity agent runs on the nodes. */
  readonly agent: boolean | null;
  /** Whether the webhook that injects is configured. */
  readonly webhook: boolean | null;
  readonly pods: readonly IdentityPod[];
}

/** A Pod Identity association. */
export interface Association {
  readonly id: string;
  readonly roleArn: string;
  /** Whether it puts tags on the sessions of pods. */
  readonly sessionTags: boolean;
}

/** One thing that was found. `good` is as it should be, `info` worth knowing. */
export interface Verdict {
  readonly level: 'good' | 'info' | 'warn' | 'bad';
  readonly text: string;
  /** What mends it; empty where nothing is to mend. */
  readonly fix: string;
}

/** What gives a service account its role. */
interface Bound<Role extends string | null> {
  /** The role of its annotation (IRSA); null where that is not known. */
  readonly role: Role;
  /** The role of its Pod Identity association; null where that is not known. */
  readonly associatedRole: string | null;
}

/** The role that pods of an account get: the Pod Identity webhook looks at no annotation where there is an association. */
export const roleOf = <Role extends string | null>({
  associatedRole,
  role,
}: Bound<Role>): Role | string => associatedRole || role;

/** The same of a pod: there is no Pod Identity on Fargate, and what an association gives is in vain there. */
export const roleOfPod = (
  pod: Bound<string | null> & { readonly fargateProfile: string },
): string | null => (pod.associatedRole && pod.fargateProfile !== '' ? '' : roleOf(pod));

const verdict = (level: Verdict['level'], text: string, fix = ''): Verdict => ({
  level,
  text,
  fix,
});

/** What is found along the chain, in its order. */
export function diagnose(facts: IdentityFacts): readonly Verdict[] {
  const { annotation, association } = facts;
  const isAssociated = association !== null && association !== 'absent';
  if (annotation === '' && !isAssociated)
    return [verdict('info', 'it has no AWS identity of its own: its pods act as their node')];
  const chain = isAssociated ? podIdentity(facts, association) : irsa(facts);
  return [...chain, ...facts.pods.flatMap((pod) => byPod(pod, facts))];
}

function irsa(facts: IdentityFacts): readonly Verdict[] {
  const { annotation, identity } = facts;
  // The provider that counts is one of that account.
  if (isOfOtherAccount(annotation, identity.provider))
    return [
      verdict(
        'info',
        `the role ${annotation} is of another account, where neither it nor its OIDC provider is looked at`,
      ),
    ];
  return [...byProvider(facts), ...byRole(annotation, byWebIdentity(identity), facts)];
}

function podIdentity(
  facts: IdentityFacts,
  { id, roleArn, sessionTags }: Association,
): readonly Verdict[] {
  const { annotation, agent, pods, clusterArn, identity } = facts;
  const fargate = pods.filter(({ onFargate }) => onFargate).map(({ name }) => name);
  return [
    verdict('good', `Pod Identity association ${id} gives it ${roleArn}`),
    ...(annotation === ''
      ? []
      : [
          verdict(
            'warn',
            `its annotation is shadowed: the association ${id} goes before ${annotation}`,
            'delete the association, or the annotation',
          ),
        ]),
    ...(agent === false
      ? [verdict('bad', 'no Pod Identity agent runs', 'install the add-on eks-pod-identity-agent')]
      : []),
    ...(fargate.length > 0
      ? [
          verdict(
            'bad',
            `there is no Pod Identity on Fargate: ${fargate.join(', ')} has no identity`,
            'bind it by IRSA instead',
          ),
        ]
      : []),
    ...byRole(roleArn, byPodIdentity({ ...identity, clusterArn, sessionTags }), facts),
  ];
}

function byProvider({ provider, identity }: IdentityFacts): readonly Verdict[] {
  if (provider === null) return [verdict('info', 'the OIDC provider could not be asked for')];
  if (provider === 'absent')
    return [
      verdict(
        'bad',
        `the account has no OIDC provider ${identity.provider}`,
        'bind the account again: that makes it',
      ),
    ];
  if (!provider.includes(identity.audience))
    return [
      verdict(
        'bad',
        `the OIDC provider does not take the audience ${identity.audience}`,
        'bind the account again: that adds it',
      ),
    ];
  return [verdict('good', 'the OIDC provider of the cluster is there')];
}

function byRole(arn: string, taker: RoleTaker, { role, trust }: IdentityFacts): readonly Verdict[] {
  if (!/^arn:[^:]+:iam::\d{12}:role\/.+$/.test(arn))
    return [verdict('bad', `${arn} is no ARN of a role`, 'bind the account again')];
  if (role === 'absent')
    return [verdict('bad', `there is no role ${arn}`, 'bind the account to a role that is there')];
  if (trust === null) return [verdict('info', `the role ${arn} could not be read`)];
  const policy = parseTrust(trust);
  if (policy === null) return [verdict('bad', 'the trust policy of the role cannot be read')];
  const { trusts, why } = trustAnswer(policy, taker.request);
  if (trusts === 'yes') return [verdict('good', `the role ${arn} trusts ${taker.name}`)];
  if (trusts === 'unknown')
    return [verdict('info', `whether the role ${arn} trusts ${taker.name} is not known: ${why}`)];
  const fix =
    trusts === 'denied'
      ? 'take that statement out, or bind the account to another role'
      : 'bind the account again: that adds the statement';
  return [verdict('bad', `the role ${arn} does not trust ${taker.name}: ${why}`, fix)];
}

function byPod(pod: IdentityPod, facts: IdentityFacts): readonly Verdict[] {
  const { annotation, annotatedAt, association, webhook } = facts;
  const containers = Object.entries(pod.roles);
  const without = containers.filter(([, role]) => role === '').map(([name]) => name);
  const usesAgent = pod.agents.length > 0;
  const expectsAgent = association !== null && association !== 'absent' && !pod.onFargate;
  if (expectsAgent && !usesAgent)
    return [verdict('warn', `${pod.name} is older than the association`, 'restart it')];
  if (annotation === '' || expectsAgent) return [];
  if (usesAgent && without.length < containers.length)
    return [verdict('info', `${pod.name} has both identities: the SDKs take the one of IRSA`)];
  if (without.length === containers.length) {
    if (annotatedAt > 0 && pod.createdAt < annotatedAt)
      return [verdict('warn', `${pod.name} is older than the binding`, 'restart it')];
    return [
      webhook === false
        ? verdict('bad', `${pod.name} got no role: the webhook that injects it is not configured`)
        : verdict('warn', `${pod.name} got no role from the webhook`, 'restart it'),
    ];
  }
  const other = containers.filter(([, role]) => role !== '' && role !== annotation);
  return [
    ...without
      .filter((name) => !pod.skipped.includes(name))
      .map((name) => verdict('warn', `container ${name} of ${pod.name} has no role`)),
    ...without
      .filter((name) => pod.skipped.includes(name))
      .map((name) =>
        verdict('info', `container ${name} of ${pod.name} is passed over by ${SKIP_ANNOTATION}`),
      ),
    ...other.map(([name, role]) =>
      verdict('warn', `container ${name} of ${pod.name} has the role ${role}`, 'restart it'),
    ),
    ...(pod.readsToken
      ? []
      : [
          verdict(
            'info',
            `${pod.name} runs as a user of its own without fsGroup: on old images it may not read its token`,
            'set securityContext.fsGroup',
          ),
        ]),
  ];
}

/**
 * Whether a role is of another account than the cluster. IAM is asked by the name alone, and what it
 * says then is of another role that happens to have that name.
 */
export function isOfOtherAccount(roleArn: string, clusterArn: string): boolean {
  const [its = '', own = ''] = [roleArn, clusterArn].map((arn) => arn.split(':')[4]);
  return its !== '' && own !== '' && its !== own;
}
