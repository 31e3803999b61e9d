import type { ClusterKey } from '../domain/cluster-key.ts';
import type { KubePort } from '../ports/kube.ts';
import { Store } from '../store/index.ts';
import type { SessionParts } from './types.ts';

/** The store of a cluster's connection: its time is that of the server that fills it. */
export function serverStore(
  {
    clock,
    frameMs,
    goneMs,
    worker,
    log,
  }: Pick<SessionParts<unknown>, 'clock' | 'frameMs' | 'goneMs' | 'worker' | 'log'>,
  kube: Pick<KubePort, 'clockOffset'>,
  cluster: ClusterKey,
): Store {
  const now = (): number => clock.now() + (kube.clockOffset ?? 0);
  const store = new Store({ clock, now, frameMs, cluster, worker, log });
  store.setGoneWindow(goneMs);
  return store;
}
