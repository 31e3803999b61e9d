import { Random } from '../random.ts';
import type { ClusterInsight, EksCluster } from '../region.ts';

const DAY = 86_400_000;

/** What EKS found out about a cluster that was upgraded: whether it may go back. */
export function rollbackInsights(cluster: EksCluster, now: number): ClusterInsight[] {
  const random = new Random(`${cluster.arn}/rollback/${cluster.version}`);
  const former = `1.${Number(cluster.version.split('.')[1]) - 1}`;
  const newer = cluster.nodegroups.filter(({ version }) => version === cluster.version);
  const [name, description] = [
    'Kubelet version skew',
    `Checks that no node runs a kubelet newer than v${former}, to which the cluster would go back.`,
  ];
  const blocks = newer.length > 0;
  return [
    {
      ...{ id: random.uuid(), name, description, category: 'ROLLBACK_READINESS', version: former },
      status: blocks ? 'ERROR' : 'PASSING',
      reason: blocks
        ? `Nodes of ${newer.map((group) => group.name).join(', ')} run v${cluster.version}, newer than v${former}.`
        : 'No issues were found.',
      recommendation: blocks ? `Replace these nodes with ones of v${former} first.` : '',
      ...{ resources: [], deprecated: [], since: now },
    },
  ];
}

/** What EKS found out about a cluster before its next upgrade. */
export function insightsOf(cluster: EksCluster, now: number): ClusterInsight[] {
  const random = new Random(`${cluster.arn}/insights`);
  const next = `1.${Number(cluster.version.split('.')[1]) + 1}`;
  const passing = (name: string, description: string): ClusterInsight => ({
    id: random.uuid(),
    name,
    category: 'UPGRADE_READINESS',
    version: next,
    description,
    status: 'PASSING',
    reason: 'No issues were found.',
    recommendation: '',
    resources: [],
    deprecated: [],
    since: cluster.createdAt + 30 * DAY,
  });
  return [
    {
      ...passing(
        `Deprecated APIs removed in Kubernetes v${next}`,
        `Checks for usage of deprecated APIs that are scheduled for removal in Kubernetes v${next}.`,
      ),
      status: 'ERROR',
      reason:
        'Deprecated API usage detected within last 30 days and your cluster is on the version before the removal.',
      recommendation: 'Update manifests and clients to the newer API before the upgrade.',
      deprecated: [
        {
          usage: '/apis/networking.k8s.io/v1beta1/ipaddresses',
          replacedWith: '/apis/networking.k8s.io/v1/ipaddresses',
          stopsIn: next,
          clients: [
            { agent: 'argocd-application-controller', requests: 4_321 },
            { agent: 'helm', requests: 12 },
          ],
        },
      ],
      since: now - 6 * DAY,
    },
    passing(
      'Kubelet version skew',
      'Checks for kubelet minor version of worker nodes in the cluster to see if upgrade would cause non compliance with supported Kubernetes kubelet version skew policy.',
    ),
    passing(
      'kube-proxy version skew',
      'Checks version of kube-proxy in cluster to see if upgrade would cause non compliance with supported Kubernetes kube-proxy version skew policy.',
    ),
    passing('EKS add-on version compatibility', 'Checks version of installed EKS add-ons.'),
    passing('Cluster health issues', 'Checks for any cluster health issues.'),
  ];
}
