/** A pod that is not scheduled because of a claim that is not there, or has no volume. */
import type { Work } from '../../../core/work.ts';
import { claimNamesOf } from '../../pod-claims.ts';
import type { PodRow } from '../../rows.ts';
import { whyClaim } from '../claim.ts';
import type { PersistentVolumeClaimRow } from '../../tables/persistentvolumeclaims.ts';
import {
  eventsOf,
  finding,
  type Answer,
  type Evidence,
  type Finding,
  type World,
} from '../finding.ts';
import { schedulerWord } from './scheduler-says.ts';

/** What happens to a claim only once the scheduler has chosen a node for its pod, or need not. */
const BEGUN: ReadonlySet<string> = new Set([
  'ExternalProvisioning',
  'Provisioning',
  'ProvisioningFailed',
]);

/**
 * A claim that has no volume, and why.
 * @param isMeant whether it is the one that is asked about
 */
function* unbound(
  pod: PodRow,
  world: World,
  unread: string[],
  isMeant: (claim: PersistentVolumeClaimRow) => boolean,
): Work<{ readonly name: string; readonly why: Finding } | null> {
  const unknown = world.unread('persistentvolumeclaims', pod.namespace);
  if (unknown !== '') unread.push(`its claims: ${unknown}`);
  for (const name of claimNamesOf(pod)) {
    const claim = world.named('persistentvolumeclaims', pod.namespace, name);
    if (claim === null || !isMeant(claim)) continue;
    const why = yield* whyClaim(claim, world);
    if (why !== null) return { name, why };
  }
  return null;
}

/**
 * The scheduler has chosen a node and waits for volumes to be made there: until they are, or it
 * gives up after ten minutes, it writes no condition.
 */
function* awaiting(pod: PodRow, world: World): Work<Answer> {
  const unread: string[] = [];
  const found = yield* unbound(
    pod,
    world,
    unread,
    (claim) =>
      claim.phase === 'Pending' &&
      eventsOf('PersistentVolumeClaim', claim, world, []).some(({ reason }) => BEGUN.has(reason)),
  );
  if (found === null) return null;
  const { name, why } = found;
  return finding(
    why.certainty,
    `the scheduler waits for the volume of pvc ${name}: ${why.sentence}`,
    {
      evidence: why.evidence,
      next: why.next,
      unread: [...unread, ...why.unread],
    },
  );
}

export function* claimless(pod: PodRow, world: World): Work<Answer> {
  if (pod.phase !== 'Pending' || pod.node !== '') return null;
  if (pod.cause === '') return yield* awaiting(pod, world);
  const said = schedulerWord(pod.cause)?.whole || pod.cause;
  const missing = /^persistentvolumeclaim "([^"]+)" not found/.exec(said)?.[1];
  const evidence: Evidence[] = [
    { source: 'condition PodScheduled', text: pod.cause, at: pod.causeAt },
  ];
  if (missing !== undefined) {
    return finding('said', `the claim ${missing} that it mounts is not there`, {
      evidence,
      next: [`make pvc ${missing} in ${pod.namespace}, or mend the name in the pod's template`],
    });
  }
  if (!/unbound immediate PersistentVolumeClaims/.test(said)) return null;
  const unread: string[] = [];
  const found = yield* unbound(pod, world, unread, () => true);
  if (found !== null) {
    const { name, why } = found;
    return finding(why.certainty, `pvc ${name} has no volume: ${why.sentence}`, {
      evidence: [...why.evidence, ...evidence],
      next: why.next,
      unread: [...unread, ...why.unread],
    });
  }
  return finding('said', 'a claim that it mounts has no volume', { evidence, unread });
}
