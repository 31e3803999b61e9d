/** A port on the fake API server through the fault proxy, with what its sink was told. */
import { onTestFinished } from 'vitest';
import type { PodRow } from '../../src/domain/rows.ts';
import { IDLE, type SourceStatus } from '../../src/domain/status.ts';
import type { KubePort } from '../../src/ports/kube.ts';
import {
  createKubePort,
  loadKubeconfig,
  type KubePortOptions,
} from '../../src/sources/kube/index.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { FakeApi, type FakeApiOptions } from './fake-api.ts';
import { FaultProxy } from './proxy.ts';

/** Applies what a sink is told as a store would, without keeping what is gone. */
export class Rows {
  readonly rows = new Map<string, PodRow>();
  readonly statuses: SourceStatus[] = [];
  relists = 0;
  #unseen: Set<string> | null = null;

  relist(): void {
    this.relists++;
    this.#unseen = new Set(this.rows.keys());
  }

  put(rows: readonly PodRow[]): void {
    for (const row of rows) {
      this.rows.set(row.uid, row);
      this.#unseen?.delete(row.uid);
    }
  }

  remove(rows: readonly { readonly uid: string }[]): void {
    for (const { uid } of rows) this.rows.delete(uid);
  }

  synced(): void {
    for (const uid of this.#unseen ?? []) this.rows.delete(uid);
    this.#unseen = null;
  }

  status(status: SourceStatus): void {
    this.statuses.push(status);
  }

  get now(): SourceStatus {
    return this.statuses.at(-1) ?? IDLE;
  }

  get names(): readonly string[] {
    return [...this.rows.values()].map(({ namespace, name }) => `${namespace}/${name}`).sort();
  }
}

/** What a test works with. */
export interface Harness {
  readonly api: FakeApi;
  readonly proxy: FaultProxy;
  readonly clock: VirtualClock;
  readonly port: KubePort;
  /** Starts following the pods and gives what is told of them. */
  readonly watch: (namespace?: string) => Rows;
}

/** A kubeconfig for `server`, its context in the namespace `own`. */
export function kubeconfigFor(server: string, user: object = {}): string {
  return JSON.stringify({
    'current-context': 'lab',
    clusters: [{ name: 'lab', cluster: { server } }],
    users: [{ name: 'me', user }],
    contexts: [{ name: 'lab', context: { cluster: 'lab', user: 'me', namespace: 'own' } }],
  });
}

/** Everything started, and stopped again when the test has finished. */
export async function harness(
  options: Partial<FakeApiOptions> & Partial<KubePortOptions> & { readonly user?: object } = {},
): Promise<Harness> {
  const api = await new FakeApi(options).start();
  const proxy = await new FaultProxy({ url: api.url }).start();
  const clock = new VirtualClock();
  const port = createKubePort({
    target: {
      config: loadKubeconfig({ text: kubeconfigFor(proxy.url, options.user) }),
      context: 'lab',
    },
    readonly: () => false,
    version: '0.0.0',
    fallbackNamespaces: [],
    clock,
    env: {},
    random: () => 0.5,
    ...options,
  });
  onTestFinished(async () => {
    port.close();
    await proxy.stop();
    api.stop();
  });
  const watch = (namespace = ''): Rows => {
    const rows = new Rows();
    port.watch('pods', { namespace }, rows);
    return rows;
  };
  return { api, proxy, clock, port, watch };
}

/** How often a matching path was asked for. */
export function asked(proxy: FaultProxy, path: RegExp): number {
  return proxy.requests.filter((request) => path.test(request)).length;
}

/** Waits, turn by turn of the event loop, until `condition` holds. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise<void>((resolve) => setImmediate(resolve));
}

/** The same while time goes on: for what the program finds only after a while. */
export async function inTime(clock: VirtualClock, condition: () => boolean): Promise<void> {
  await until(() => {
    if (!condition()) clock.advance(100);
    return condition();
  });
}
