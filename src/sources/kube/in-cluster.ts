/**
 * The way from within a pod to its own cluster, by its service account: what kubectl too takes where
 * there is no kubeconfig.
 * @see https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/
 */
import { accessSync, readFileSync } from 'node:fs';
import { isIPv6 } from 'node:net';
import { join } from 'node:path';
import { parseKubeconfig, type KubeconfigParts } from './kubeconfig-file.ts';

/** Where the kubelet puts the credentials of a pod's service account. */
const ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/** The context of that name. No other may have it: kubectl is given no context to reach it by. */
export const IN_CLUSTER = 'in-cluster (service account)';

/**
 * What a kubeconfig of a pod's service account would say; null outside of pods. The token is read
 * anew when it ends, as the kubelet replaces it.
 *
 * @param folder where the credentials lie
 */
export function inClusterConfig(
  env: Readonly<Record<string, string | undefined>>,
  folder: string = ACCOUNT,
): (KubeconfigParts & { readonly files: readonly string[] }) | null {
  const { KUBERNETES_SERVICE_HOST: host = '', KUBERNETES_SERVICE_PORT: port = '' } = env;
  const tokenFile = join(folder, 'token');
  if (host === '' || port === '' || !isThere(tokenFile)) return null;
  const name = IN_CLUSTER;
  const cluster = {
    server: `https://${isIPv6(host) ? `[${host}]` : host}:${port}`,
    ...(isThere(join(folder, 'ca.crt')) && { 'certificate-authority': 'ca.crt' }),
  };
  const namespace = env['POD_NAMESPACE'] ?? namespaceIn(folder);
  const config = {
    'current-context': name,
    clusters: [{ name, cluster }],
    users: [{ name, user: { tokenFile: 'token' } }],
    contexts: [{ name, context: { cluster: name, user: name, namespace } }],
  };
  const content = new TextEncoder().encode(JSON.stringify(config));
  return { ...parseKubeconfig(content, tokenFile), files: [folder] };
}

function isThere(path: string): boolean {
  try {
    accessSync(path);
    return true;
  } catch {
    return false;
  }
}

function namespaceIn(folder: string): string {
  try {
    return readFileSync(join(folder, 'namespace'), 'utf8').trim();
  } catch {
    return '';
  }
}
