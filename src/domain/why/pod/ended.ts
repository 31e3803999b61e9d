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

/** What was done to a pod from outside, as far as its status says so; null: it does not. */
export function doneTo({ node: name, status, cause, causeWord }: PodRow): string | null {
  const node = name === '' ? 'its node' : shortNode(name);
  const lacking = /^OutOf(.+)$/.exec(status)?.[1];
  if (lacking !== undefined) return `${node} had no room for it when it came there (${lacking})`;
  const done = own(DONE, status) ?? own(DONE, causeWord);
  // Kubelets, and what is plugged into them, have reasons of their own.
  return done?.(node) ?? (cause.startsWith(REJECTED) ? `${node} refused it` : null);
}

/** How a kubelet begins where it does not take a pod that came to it. */
const REJECTED = 'Pod was rejected: ';

/** What is said of that beside the word for it, behind a colon. */
export function told({ cause, causeWord }: PodRow): string {
  const words = cause.replace(`${causeWord}: `, '').replace(REJECTED, '');
  return words === '' ? '' : `: ${words}`;
}

export function ended(pod: PodRow, world: World): Finding | null {
  if (pod.phase !== 'Failed' && pod.status !== 'NodeLost') return null;
  const words = doneTo(pod);
  if (words === null) return null;
  const unread: string[] = [];
  const events = eventsOf('Pod', pod, world, unread).filter(({ type }) => type === 'Warning');
  const why = told(pod);
  return finding('said', `${words}${why}`, {
    evidence: [
      { source: 'pod status', text: `${pod.causeWord || pod.status}${why}`, at: pod.causeAt },
      ...events.slice(0, 2).map(fromEvent),
    ],
    next: pod.ownerName === '' ? ['make it anew: it has no owner that would'] : [],
    unread,
  });
}
