/** How pods leave: when they were told to, whether they had ended by then, and who keeps their number. */
import { own } from '../core/own.ts';
import type { ContainerInfo } from './container.ts';
import type { PodRow } from './tables/pods.ts';
import { hasEnded } from './workload-pods.ts';

/** When the deletion of a pod was asked for (ms); 0 where it was not. */
export const askedToGo = ({ deleting, grace }: Pick<PodRow, 'deleting' | 'grace'>): number =>
  Math.max(0, deleting - grace);

/** The tables of what keeps a number of pods, and makes up for one that is taken away, by their kinds. */
const KEEPERS: Readonly<Record<string, 'replicasets' | 'statefulsets' | 'daemonsets'>> = {
  ReplicaSet: 'replicasets',
  StatefulSet: 'statefulsets',
  DaemonSet: 'daemonsets',
};

/** Where the owner of a pod is that keeps such pods; undefined where nothing does. */
export const keeperTable = ({ ownerKind }: Pick<PodRow, 'ownerKind'>) => own(KEEPERS, ownerKind);

/**
 * Had it done its work or failed at it before anybody wanted it gone? The kubelet gives each pod that
 * it ends for others one of the last phases too (since 1.27), by how its containers took the signal.
 */
export function endedByItself(pod: PodRow): boolean {
  const asked = askedToGo(pod);
  // Times of containers are in whole seconds: one that ended in that same second was told to.
  const isTold = ({ lastExit }: ContainerInfo): boolean => (lastExit?.at ?? 0) >= asked;
  return hasEnded(pod) && (asked === 0 || !pod.containers.some(isTold));
}
