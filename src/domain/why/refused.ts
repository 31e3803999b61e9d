/** Why what a controller makes is not made: what the API server answered to its controller. */
import { refusalOf } from '../refusal.ts';
import { finding, fromEvent, type Finding, type Happening } from './finding.ts';

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
  if (event === undefined) return null;
  const { words, next, quota = '' } = refusalOf(event.message);
  const about = { kind: 'ResourceQuota', namespace, name: quota };
  return finding('said', `${what}: ${words}`, {
    evidence: [{ ...fromEvent(event), ...(quota === '' ? {} : { about }) }],
    next,
  });
}
