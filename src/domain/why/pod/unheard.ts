/** A pod without a node of which the scheduler says something else, or nothing. */
import { at, text } from '../../../core/json.ts';
import { claimNamesOf } from '../../pod-claims.ts';
import type { PodRow } from '../../rows.ts';
import { eventsOf, finding, fromEvent, valueOf, type Finding, type World } from '../finding.ts';
import { autoscaling } from './autoscaling.ts';
import { schedulerWord } from './scheduler-says.ts';

/** A scheduler that runs has looked at a pod by then (ms). */
const SOON = 30_000;

export function unheard(pod: PodRow, world: World): Finding | null {
  if (pod.phase !== 'Pending' || pod.node !== '') return null;
  const unread: string[] = [];
  const whole = valueOf(world.object('pods', pod.namespace, pod.name), 'the pod itself', unread);
  const scheduler = text(at(whole, 'spec', 'schedulerName'));
  const events = eventsOf('Pod', pod, world, unread);
  const scaling = autoscaling(events);
  const suffix = scaling.clause === '' ? '' : `; ${scaling.clause}`;
  if (pod.cause !== '') {
    const told = events.filter(({ reason }) => reason === 'FailedScheduling').slice(0, 1);
    const by = scheduler === 'fargate-scheduler' ? 'the scheduler of Fargate' : 'the scheduler';
    // What follows it is about preemption, which helps as little.
    const said = schedulerWord(pod.cause)?.whole || pod.cause;
    return finding('said', `${by} has found no place for it: ${said}${suffix}`, {
      evidence: [
        { source: 'condition PodScheduled', text: pod.cause, at: pod.causeAt },
        ...told.map(fromEvent),
        ...scaling.evidence,
      ],
      next: scaling.next,
      unread,
    });
  }
  if (world.now - pod.created < SOON || whole === null) return null;
  const isDefault = scheduler === '' || scheduler === 'default-scheduler';
  const who = isDefault ? 'the scheduler' : `scheduler ${scheduler}, which it asks for,`;
  const claims = world.unread('persistentvolumeclaims', pod.namespace);
  const mayWait = claims !== '' && claimNamesOf(pod).length > 0;
  if (mayWait) unread.push(`its claims: ${claims}`);
  const or = mayWait ? ', or waits for a volume of it' : '';
  return finding('deduced', `${who} has not looked at it so far${or}${suffix}`, {
    evidence: [{ source: 'pod', text: 'no condition PodScheduled', at: pod.created }],
    next: [isDefault ? 'look whether the scheduler runs' : `look whether ${scheduler} runs`],
    unread,
  });
}
