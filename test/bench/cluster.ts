import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Order, Ready } from './api-server.ts';

/** The API server that the program is measured on. */
export interface BenchCluster {
  readonly kubeconfig: string;
  /** Null where it is someone's real cluster, which is only read. */
  readonly tell: ((order: Order) => void) | null;
  stop(): void;
}

/** Starts an API server with so many pods and nodes; `folder` takes its kubeconfig. */
export async function startCluster(
  folder: string,
  pods: number,
  nodes: number,
): Promise<BenchCluster> {
  const child = fork(fileURLToPath(new URL('api-server.ts', import.meta.url)), [
    String(pods),
    String(nodes),
  ]);
  const [ready] = (await Promise.race([once(child, 'message'), died(child)])) as [Ready];
  const kubeconfig = join(folder, `kubeconfig-${pods}`);
  writeFileSync(kubeconfig, JSON.stringify(kubeconfigOf(ready)), { mode: 0o600 });
  return {
    kubeconfig,
    tell: (order) => void child.send(order),
    stop: () => child.disconnect(),
  };
}

async function died(child: ChildProcess): Promise<never> {
  await once(child, 'exit');
  throw new Error('the benchmark API server ended before it was ready');
}

function kubeconfigOf({ url, ca }: Ready): unknown {
  const data = Buffer.from(ca).toString('base64');
  return {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'bench',
    clusters: [{ name: 'bench', cluster: { server: url, 'certificate-authority-data': data } }],
    users: [{ name: 'bench', user: { token: 'bench' } }],
    contexts: [{ name: 'bench', context: { cluster: 'bench', user: 'bench' } }],
  };
}
