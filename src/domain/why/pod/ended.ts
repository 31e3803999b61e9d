/** A pod that was ended from outside: evicted, preempted, refused by its node, lost with it. */
import { own } from '../../../core/own.ts';
import type { PodRow } from '../../rows.ts';
import { shortNode } from '../../node-name.ts';
import { eventsOf, finding, fromEvent, type Finding, type World } from '../finding.ts';

/** Statuses of failed pods that say what was done to them, in words. */
const DONE: Readonly<Record<string, (node: string) => string>> = {
  Evicted: (node) => `it was evicted from ${node}`,
  Preempting: (node) => `it had to leave ${node} for a pod of a higher priority`,
  NodeLost: (node) => `its node ${node} was lost`,
  NodeAffinity: (node) => `${node} refused it: its node selector or affinity does not hold there`,
  NodeShutdown: (node) => `${node} was shut down`,
  Terminated: (node) => `it was ended when ${node} was shut down`,
  DeadlineExceeded: () => 'it ran longer than its activeDeadlineSeconds',
  UnexpectedAdmissionError: (node) => `${node} could not give it what it asks for`,
  EvictionByEvictionAPI: (node) => `it was evicted from ${node}, as a drain does`,
  PreemptionByScheduler: (node) => `it had to leave ${node} for a pod of a higher priority`,
  DeletionByTaintManager: (node) => `it does not tolerate a taint that ${node} was given`,
  DeletionByPodGC: (node) => `its node ${node} is gone`,
  TerminationByKubelet: (node) => `${node} ended it`,
};

export function ended(pod: PodRow, world: World): Finding | null {
  if (pod.phase !== 'Failed' && pod.status !== 'NodeLost') return null;
  const node = pod.node === '' ? 'its node' : shortNode(pod.node);
  const lacking = /^OutOf(.+)$/.exec(pod.status)?.[1];
  const words =
    lacking === undefined
      ? (own(DONE, pod.status) ?? own(DONE, pod.causeWord))?.(node)
      : `${node} had too little ${lacking} left when it came there`;
  if (words === undefined) return null;
  const unread: string[] = [];
  const events = eventsOf('Pod', pod, world, unread).filter(({ type }) => type === 'Warning');
  const told = pod.cause.replace(`${pod.causeWord}: `, '');
  const why = told === '' ? '' : `: ${told}`;
  return finding('said', `${words}${why}`, {
    evidence: [
      { source: 'pod status', text: `${pod.causeWord || pod.status}${why}`, at: pod.causeAt },
      ...events.slice(0, 2).map(fromEvent),
    ],
    next: pod.ownerName === '' ? ['make it anew: it has no owner that would'] : [],
    unread,
  });
}
