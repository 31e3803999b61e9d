import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { IN_CLUSTER, inClusterConfig } from '../../../../src/sources/kube/in-cluster.ts';
import {
  listContexts,
  loadKubeconfig,
  resolveContext,
} from '../../../../src/sources/kube/kubeconfig.ts';

const folder = mkdtempSync(join(tmpdir(), 'service-account-'));
afterAll(() => rmSync(folder, { recursive: true }));
for (const name of ['token', 'ca.crt']) writeFileSync(join(folder, name), name);
writeFileSync(join(folder, 'namespace'), 'tools\n');
const env = { KUBERNETES_SERVICE_HOST: '172.20.0.1', KUBERNETES_SERVICE_PORT: '443' };

describe('a pod', () => {
  it('reaches its own cluster by its service account', () => {
    const config = inClusterConfig(env, folder);
    expect(config && listContexts(config)).toMatchObject([
      { name: IN_CLUSTER, server: 'https://172.20.0.1', namespace: 'tools', current: true },
    ]);
    const { cluster, user } = resolveContext(config ?? loadKubeconfig({ text: '' }), IN_CLUSTER);
    expect(cluster.caFile).toBe(join(folder, 'ca.crt'));
    expect(user.tokenFile).toBe(join(folder, 'token'));
  });

  it('of a cluster with IPv6 addresses too, in the namespace that it is told', () => {
    const six = { ...env, KUBERNETES_SERVICE_HOST: 'fd00::1', POD_NAMESPACE: 'ops' };
    const config = inClusterConfig(six, folder);
    expect(config && listContexts(config)).toMatchObject([
      { server: 'https://[fd00::1]', namespace: 'ops' },
    ]);
  });

  it('is what has the address of the API server and a token', () => {
    expect(inClusterConfig({}, folder)).toBeNull();
    expect(inClusterConfig(env, join(folder, 'absent'))).toBeNull();
  });

  it('has a name that no kubeconfig may give to another cluster', () => {
    const path = join(folder, 'kubeconfig');
    const contexts = [{ name: IN_CLUSTER, context: { cluster: 'other' } }];
    writeFileSync(path, JSON.stringify({ contexts }));
    const config = loadKubeconfig({ paths: [path], required: true });
    expect(config.contexts).toEqual([]);
    expect(config.notes.join()).toContain('is passed over');
  });
});
