/** Why what a controller makes is not made: what the API server answered to its controller. */
import { refusalOf } from '../refusal.ts';
import { finding, fromEvent, type Evidence, type Finding, type Happening } from './finding.ts';

/** Reasons of events and conditions that say so. */
const isRefusal = ({ reason }: Pick<Happening, 'reason'>): boolean =>
  reason === 'FailedCreate' || reason === 'FailedCreatePodTemplate';

/**
 * The newest refusal among events about what is in that namespace; null: there is none.
 * @param what is not done for it
 */
export function refused(
  events: readonly Happening[],
  namespace: string,
  what = 'its pods are not made',
): Finding | null {
  const event = events.find(isRefusal);
  return event === undefined ? null : refusal(event.message, fromEvent(event), namespace, what);
}

/**
 * What the API server answered to a controller, as a finding.
 * @param said where it stands; a quota that it names is what that is about
 */
export function refusal(message: string, said: Evidence, namespace: string, what: string): Finding {
  const { words, next, quota = '' } = refusalOf(message);
  const about = { kind: 'ResourceQuota', namespace, name: quota };
  return finding('said', `${what}: ${words}`, {
    evidence: [{ ...said, ...(quota === '' ? {} : { about }) }],
    next,
  });
}
