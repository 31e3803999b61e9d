import type { AccessEntry, EksCluster, Region } from '../region.ts';

const DAY = 86_400_000;

/** Who may come into a cluster by EKS's word: who made it, its nodes, a team, a program that looks on. */
export function entriesOf(region: Region, cluster: EksCluster): AccessEntry[] {
  const role = (name: string): string => `arn:aws:iam::${region.accountId}:role/${name}`;
  const session = (name: string): string =>
    `arn:aws:sts::${region.accountId}:assumed-role/${name}/{{SessionName}}`;
  const { createdAt, autoMode } = cluster;
  return [
    {
      principalArn: role('ShopOperator'),
      type: 'STANDARD',
      username: session('ShopOperator'),
      groups: [],
      policies: [{ name: 'ClusterAdmin', namespaces: [] }],
      createdAt,
    },
    {
      principalArn: role(`${cluster.name}-node`),
      type: 'EC2_LINUX',
      username: 'system:node:{{EC2PrivateDNSName}}',
      groups: ['system:nodes'],
      policies: [],
      createdAt,
    },
    ...(autoMode
      ? [
          {
            principalArn: autoMode.nodeRoleArn,
            type: 'EC2' as const,
            username: 'system:node:{{EC2InstanceId}}',
            groups: ['system:nodes'],
            policies: [{ name: 'AutoNode', namespaces: [] }],
            createdAt,
          },
        ]
      : []),
    {
      principalArn: role('ShopDeveloper'),
      type: 'STANDARD',
      username: session('ShopDeveloper'),
      groups: ['shop-developers'],
      policies: [{ name: 'View', namespaces: ['catalog', 'checkout'] }],
      createdAt: createdAt + 40 * DAY,
    },
    {
      principalArn: role('Auditor'),
      type: 'STANDARD',
      username: session('Auditor'),
      groups: [],
      policies: [{ name: 'AdminView', namespaces: [] }],
      createdAt: createdAt + 120 * DAY,
    },
  ];
}
