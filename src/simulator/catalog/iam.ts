import { type Iam, type ManagedPolicy, type Role, serviceTrust, webIdentityTrust } from '../iam.ts';
import { Random } from '../random.ts';
import type { EksCluster, Region } from '../region.ts';
import type { App } from './app.ts';
import { AWS_POLICIES, documentOf, POLICIES_OF_ROLES } from './policies.ts';

const DAY = 86_400_000;

/** Where STS tokens are good for, as AWS lists it with every provider it made itself. */
const THUMBPRINT = '9e99a48a9960b14926bb7f3b02e22da2b0ab7280';

/** An account with AWS's own policies and the role of the person who looks at it. */
export function emptyIam(accountId: string, now = Date.UTC(2015, 1, 6)): Iam {
  const iam: Iam = { roles: new Map(), policies: new Map(), providers: new Map() };
  for (const [name, description] of Object.entries(AWS_POLICIES)) {
    addPolicy(iam, `arn:aws:iam::aws:policy/${name}`, description, now);
  }
  addRole(
    iam,
    accountId,
    'ShopOperator',
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${accountId}:root` },
          Action: 'sts:AssumeRole',
        },
      ],
    }),
    { policies: ['arn:aws:iam::aws:policy/AdministratorAccess'], createdAt: now },
  );
  return iam;
}

/** The roles that a cluster cannot be without, and the provider of its service accounts. */
export function addClusterIdentity(region: Region, cluster: EksCluster): void {
  const { iam, accountId } = region;
  const createdAt = cluster.createdAt;
  const role = (suffix: string, trust: string, policies: readonly string[]): void =>
    void addRole(iam, accountId, `${cluster.name}-${suffix}`, trust, {
      policies: policies.map((name) => `arn:aws:iam::aws:policy/${name}`),
      createdAt,
      tags: cluster.tags,
    });
  role('cluster', serviceTrust('eks.amazonaws.com', ['sts:AssumeRole', 'sts:TagSession']), [
    'AmazonEKSClusterPolicy',
    ...(cluster.autoMode
      ? [
          'AmazonEKSBlockStoragePolicy',
          'AmazonEKSComputePolicy',
          'AmazonEKSLoadBalancingPolicy',
          'AmazonEKSNetworkingPolicy',
        ]
      : []),
  ]);
  role('node', serviceTrust('ec2.amazonaws.com', ['sts:AssumeRole']), [
    'AmazonEKSWorkerNodePolicy',
    'AmazonEC2ContainerRegistryPullOnly',
    'AmazonSSMManagedInstanceCore',
  ]);
  if (cluster.autoMode)
    role('auto-node', serviceTrust('ec2.amazonaws.com', ['sts:AssumeRole']), [
      'AmazonEKSWorkerNodeMinimalPolicy',
      'AmazonEC2ContainerRegistryPullOnly',
    ]);
  role('fargate-pods', serviceTrust('eks-fargate-pods.amazonaws.com', ['sts:AssumeRole']), [
    'AmazonEKSFargatePodExecutionRolePolicy',
  ]);
  role(
    'pod-identity',
    serviceTrust('pods.eks.amazonaws.com', ['sts:AssumeRole', 'sts:TagSession']),
    ['AmazonS3ReadOnlyAccess'],
  );
  const url = cluster.oidcIssuer.replace('https://', '');
  const arn = providerArn(region, cluster);
  iam.providers.set(arn, {
    arn,
    url,
    clientIds: ['sts.amazonaws.com'],
    thumbprints: [THUMBPRINT],
    createdAt,
    tags: cluster.tags,
  });
}

/** ARN of the provider of a cluster's service accounts, whether it is there or not. */
export function providerArn(region: Region, cluster: EksCluster): string {
  const host = cluster.oidcIssuer.replace('https://', '');
  return `arn:${region.partition}:iam::${region.accountId}:oidc-provider/${host}`;
}

/** The roles that the service accounts of the apps name, each trusting those that do. */
export function addAppRoles(region: Region, cluster: EksCluster, apps: readonly App[]): void {
  const { iam, accountId } = region;
  const subjects = new Map<string, string[]>();
  for (const { role, namespace, name } of apps) {
    if (role === undefined) continue;
    const subject = `system:serviceaccount:${namespace}:${name}`;
    subjects.set(role, [...(subjects.get(role) ?? []), subject]);
  }
  for (const [name, trusted] of subjects) {
    const known = POLICIES_OF_ROLES[name.slice(cluster.name.length + 1)];
    const own = `arn:aws:iam::${accountId}:policy/${name}`;
    if (known === undefined) addPolicy(iam, own, `What ${name} needs`, cluster.createdAt);
    addRole(iam, accountId, name, webIdentityTrust(providerArn(region, cluster), trusted), {
      policies: [known === undefined ? own : `arn:aws:iam::aws:policy/${known}`],
      createdAt: cluster.createdAt + 20 * DAY,
      tags: cluster.tags,
    });
  }
}

function addPolicy(iam: Iam, arn: string, description: string, createdAt: number): void {
  const [path = '/', name = ''] = /policy(\/(?:.*\/)?)([^/]+)$/.exec(arn)?.slice(1) ?? [];
  const document = documentOf(name);
  const id = idOf('ANPA', arn);
  const policy: ManagedPolicy = { name, path, arn, id, description, document, createdAt };
  iam.policies.set(arn, policy);
}

/** Adds a role to an account. */
export function addRole(
  iam: Iam,
  accountId: string,
  name: string,
  trust: string,
  more: {
    readonly policies?: readonly string[];
    readonly createdAt: number;
    readonly tags?: Role['tags'];
    readonly path?: string;
    readonly description?: string;
    readonly boundary?: string;
  },
): Role {
  const { policies = [], createdAt, tags = {}, path = '/', description = '', boundary = '' } = more;
  const arn = `arn:aws:iam::${accountId}:role${path}${name}`;
  const role: Role = {
    name,
    path,
    arn,
    id: idOf('AROA', `${arn}/${createdAt}`),
    trust,
    description,
    createdAt,
    tags,
    boundary,
    attached: new Set(policies),
    inline: new Map(),
  };
  iam.roles.set(name, role);
  return role;
}

const idOf = (prefix: string, seed: string): string =>
  `${prefix}${new Random(seed).hex(17).toUpperCase()}`;
