/** A pod that is not scheduled because of a claim that is not there, or has no volume. */
import type { PodRow } from '../../rows.ts';
import { whyClaim } from '../claim.ts';
import { finding, type Evidence, type Finding, type World } from '../finding.ts';
import { schedulerWord } from './scheduler-says.ts';

const CLAIM = 'persistentvolumeclaims/';

export function claimless(pod: PodRow, world: World): Finding | null {
  if (pod.phase !== 'Pending' || pod.node !== '') return null;
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
  const { namespace, uses } = pod;
  const unread: string[] = [];
  const unknown = world.unread('persistentvolumeclaims', namespace);
  if (unknown !== '') unread.push(`its claims: ${unknown}`);
  for (const use of uses.filter((each) => each.startsWith(CLAIM))) {
    const claim = world.named('persistentvolumeclaims', namespace, use.slice(CLAIM.length));
    const why = claim === null ? null : whyClaim(claim, world);
    if (claim === null || why === null) continue;
    return finding(why.certainty, `pvc ${claim.name} has no volume: ${why.sentence}`, {
      evidence: [...why.evidence, ...evidence],
      next: why.next,
      unread: [...unread, ...why.unread],
    });
  }
  return finding('said', 'a claim that it mounts has no volume', { evidence, unread });
}
