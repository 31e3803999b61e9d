/** How pods leave: whether they had ended before they were told to, and who keeps their number. */
import { own } from '../core/own.ts';
import type { ContainerInfo } from './container.ts';
import type { PodRow } from './tables/pods.ts';
import { hasEnded } from './workload-pods.ts';

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
  const { asked } = pod;
  // Times of containers are in whole seconds: one that ended in that same second was told to.
  const isTold = ({ lastExit }: ContainerInfo): boolean => (lastExit?.at ?? 0) >= asked;
  return hasEnded(pod) && (asked === 0 || !pod.containers.some(isTold));
}
