/** A pod that waits for a machine of Fargate: there is none before its pod. */
import { humanDuration } from '../../../core/duration.ts';
import type { PodRow } from '../../rows.ts';
import { eventsOf, finding, fromEvent, type Finding, type World } from '../finding.ts';

const PROFILE = 'eks.amazonaws.com/fargate-profile';

/** Most machines are there by then (ms). */
const USUAL = 2 * 60_000;

export function fargate(pod: PodRow, world: World): Finding | null {
  const profile = pod.labels[PROFILE] ?? '';
  if (profile === '' || pod.phase !== 'Pending' || pod.node !== '') return null;
  const unread: string[] = [];
  const failed = eventsOf('Pod', pod, world, unread).find(
    ({ reason, from }) => reason === 'FailedScheduling' && from === 'fargate-scheduler',
  );
  const message = failed?.message.trim() || pod.cause;
  const evidence = [
    ...(failed === undefined ? [] : [fromEvent(failed)]),
    { source: 'label fargate-profile', text: profile, at: pod.created },
  ];
  if (message === '') {
    const waits = world.now - pod.created;
    const long = waits > USUAL ? ', which is longer than it usually takes' : '';
    return finding(
      'deduced',
      `Fargate is making a machine for it, for ${humanDuration(waits)} so far${long}`,
      { evidence, unread, next: long === '' ? [] : ['look at the profile (:fargateprofiles)'] },
    );
  }
  return finding('said', `Fargate has no machine for it: ${message}`, {
    evidence,
    unread,
    next: stepsFor(message, profile),
  });
}

function stepsFor(message: string, profile: string): readonly string[] {
  if (/provisioning timed out/i.test(message)) {
    return [
      `look whether the subnets of profile ${profile} reach the API server and the registry, by a NAT gateway or endpoints`,
    ];
  }
  if (/execution role/i.test(message)) return [`mend the pod execution role of profile ${profile}`];
  if (/not supported on Fargate/i.test(message)) {
    return ['take out of its template what Fargate has not, or run it on nodes'];
  }
  return [`look at profile ${profile} (:fargateprofiles)`];
}
