/** A pod that is held back from the scheduler. */
import { at, objects, text } from '../../../core/json.ts';
import type { PodRow } from '../../rows.ts';
import { finding, valueOf, type Finding, type World } from '../finding.ts';

export function gated(pod: PodRow, world: World): Finding | null {
  if (pod.status !== 'SchedulingGated') return null;
  const unread: string[] = [];
  const whole = valueOf(world.object('pods', pod.namespace, pod.name), 'the pod itself', unread);
  const gates = objects(at(whole, 'spec', 'schedulingGates')).map((gate) => text(gate['name']));
  const which = gates.length === 0 ? 'scheduling gates' : `scheduling gate ${gates.join(', ')}`;
  return finding('said', `the scheduler does not look at it before its ${which} is taken away`, {
    evidence: [{ source: 'condition PodScheduled', text: pod.cause, at: pod.causeAt }],
    next: ['find out what takes the gate away: whoever added it, named in front of the slash'],
    unread,
  });
}
