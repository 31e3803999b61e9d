import { stringify } from 'yaml';
import type { EksCluster } from './region.ts';

/**
 * A kubeconfig for the region's clusters. Names are ARNs as `aws eks update-kubeconfig` writes
 * them; the users carry a static token, so that it works where no aws CLI is installed.
 */
export function kubeconfigOf(clusters: readonly EksCluster[], token: string): string {
  return stringify(
    {
      apiVersion: 'v1',
      kind: 'Config',
      preferences: {},
      clusters: clusters.map(({ arn, endpoint, caData }) => ({
        name: arn,
        cluster: { 'certificate-authority-data': caData, server: endpoint },
      })),
      users: clusters.map(({ arn }) => ({ name: arn, user: { token } })),
      contexts: clusters.map(({ arn }) => ({ name: arn, context: { cluster: arn, user: arn } })),
      'current-context': clusters[0]?.arn ?? '',
    },
    { lineWidth: 0 },
  );
}
