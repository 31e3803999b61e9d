/** A pod that is being deleted and is still there. */
import { humanDuration } from '../../../core/duration.ts';
import { shortNode } from '../../node-name.ts';
import type { PodRow } from '../../rows.ts';
import { driverWords } from '../driver-words.ts';
import { finalizersOf, held, LATE } from '../finalizers.ts';
import {
  eventsOf,
  finding,
  fromEvent,
  valueOf,
  named,
  type Finding,
  type World,
} from '../finding.ts';

export function leaving(pod: PodRow, world: World): Finding | null {
  if (pod.deleting === 0) return null;
  const unread: string[] = [];
  const overdue = world.now - pod.deleting;
  const grace = pod.deleting - pod.asked;
  const time = grace > 0 ? `, with ${humanDuration(grace)} to end` : '';
  const due = { source: 'metadata', text: `deletion asked for${time}`, at: pod.asked };
  if (overdue < LATE) {
    const left = overdue < 0 ? `, at most ${humanDuration(-overdue)} more` : '';
    const why = pod.cause === '' ? '' : ` (${pod.cause})`;
    return finding('said', `it is being terminated${why}: its containers have time to end${left}`, {
      evidence: [due],
    });
  }
  const whole = valueOf(world.object('pods', pod.namespace, pod.name), 'the pod itself', unread);
  const finalizers = finalizersOf(whole);
  if (finalizers.length > 0) return held(finalizers, { evidence: [due], unread });
  const node = world.named('nodes', '', pod.node);
  const unknown = world.unread('nodes', '');
  const name = shortNode(pod.node);
  if (unknown !== '') unread.push(`its node: ${unknown}`);
  else if (pod.node !== '' && node === null) {
    return finding('deduced', `its node ${name} is gone, and nothing confirms that it ended`, {
      evidence: [{ source: `node ${name}`, text: 'not in the cluster' }, due],
      next: ['delete it without grace (--force) once its instance is surely gone'],
      unread,
    });
  }
  if (node !== null && !node.isReady) {
    return finding('deduced', `its node ${name} does not answer, so nothing confirms its end`, {
      evidence: [
        {
          source: `node ${name}`,
          text: node.problems.join(', '),
          at: node.readySince,
          about: named('Node', node),
        },
        due,
      ],
      next: ['see to the node; without grace (--force) only once its instance is surely gone'],
      unread,
    });
  }
  const events = eventsOf('Pod', pod, world, unread);
  // A kubelet that gets no further says so each time that it has tried.
  const failed = events.find(
    ({ reason, at: when }) => reason === 'FailedKillPod' && when > pod.asked,
  );
  if (failed !== undefined) {
    const { words, next } = killError(failed.message, name);
    return finding('said', `${name} cannot end it: ${words}`, {
      evidence: [fromEvent(failed), due],
      next: [next],
      unread,
    });
  }
  // What stops has probes that fail, which is nothing.
  const killing = events.filter(
    ({ reason, type }) => reason === 'Killing' || (type === 'Warning' && reason !== 'Unhealthy'),
  );
  return finding(
    'unknown',
    `it should be gone since ${humanDuration(overdue)}, and nothing says why it is not`,
    {
      evidence: [due, ...killing.slice(0, 3).map(fromEvent)],
      next: [stuckOn(name)],
      unread,
    },
  );
}

const stuckOn = (node: string): string =>
  `look at the kubelet of ${node}: a container or a volume that it cannot end or unmount`;

/** The first thing that a kubelet could not do, of which it writes in two layers of quotation marks. */
function killError(
  message: string,
  node: string,
): { readonly words: string; readonly next: string } {
  const [, what = '', of = '', quoted = ''] =
    /failed to "(\w+)" for "([^"]*)" with \w+: "((?:[^"\\]|\\.)*)"/.exec(message) ?? [];
  const said = driverWords(quoted.replace(/\\(.)/g, '$1'));
  const words = said || message.replace(/^error killing pod: /, '');
  if (what === 'KillContainer') return { words: `container ${of}: ${words}`, next: stuckOn(node) };
  return /destroy network|\(delete\)/.test(words)
    ? { words, next: `see whether the pod of the network plugin on ${node} is well (aws-node)` }
    : { words, next: stuckOn(node) };
}
