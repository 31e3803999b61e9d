/** A stateful set that does not replace a pod of an earlier template because that pod is not ready. */
import { at, text } from '../../core/json.ts';
import type { PodRow, WorkloadRow } from '../rows.ts';
import { named, valueOf, type Evidence, type World } from './finding.ts';

const REVISION = 'controller-revision-hash';

/** What is added to why its pods are not ready. */
interface HeldBack {
  readonly clause: string;
  readonly evidence: readonly Evidence[];
  readonly next: readonly string[];
}

/**
 * In order (the default) the controller goes no further at the first pod that is not ready, also where
 * the template was mended since: somebody has to delete that pod (Kubernetes: StatefulSets, forced
 * rollback).
 */
export function heldBack(
  set: WorkloadRow,
  unready: readonly PodRow[],
  world: World,
  unread: string[],
): HeldBack | null {
  if (set.kind !== 'StatefulSet' || set.strategy === 'OnDelete' || set.updateRevision === '') {
    return null;
  }
  const pod = unready.find(({ labels }) => (labels[REVISION] ?? '') !== '');
  const revision = pod?.labels[REVISION] ?? '';
  if (pod === undefined || revision === set.updateRevision) return null;
  const { namespace, name } = set;
  const whole = valueOf(world.object('statefulsets', namespace, name), 'the set itself', unread);
  if (whole === null || text(at(whole, 'spec', 'podManagementPolicy')) === 'Parallel') return null;
  return {
    clause: '; it is of an earlier template, and not replaced before it is ready',
    evidence: [
      {
        source: `pod ${pod.name}`,
        text: `of ${revision}, where the set is at ${set.updateRevision}`,
        about: named('Pod', pod),
      },
    ],
    next: [`delete pod ${pod.name}: the next one has the template as it is now`],
  };
}
