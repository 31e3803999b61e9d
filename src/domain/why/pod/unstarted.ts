/** A pod that a node was given, and of which its kubelet says nothing. */
import { humanDuration } from '../../../core/duration.ts';
import { shortNode } from '../../node-name.ts';
import type { PodRow } from '../../rows.ts';
import { problemsText } from '../../node-status.ts';
import { finding, named, type Finding, type World } from '../finding.ts';
import { onMissingNode } from './missing-node.ts';

/** A kubelet that runs has said something of a pod by then (ms). */
const SOON = 30_000;

export function unstarted(pod: PodRow, world: World): Finding | null {
  if (pod.phase !== 'Pending' || pod.node === '' || pod.status !== 'Pending') return null;
  const age = world.now - pod.created;
  if (age < SOON || pod.deleting > 0) return null;
  const name = shortNode(pod.node);
  const missing = onMissingNode(pod, world);
  if (missing !== null) return missing;
  const unknown = world.unread('nodes', '');
  const node = world.named('nodes', '', pod.node);
  const about = named('Node', { namespace: '', name: pod.node });
  const state =
    node === null
      ? 'not known'
      : [node.status, problemsText(node.problems)].filter(Boolean).join(', ');
  const isDown = node !== null && !node.isReady;
  return finding(
    isDown ? 'deduced' : 'unknown',
    isDown
      ? `its node ${name} is not ready, and has not started it`
      : `it is bound to node ${name}, whose kubelet has said nothing of it for ${humanDuration(age)}`,
    {
      evidence: [{ source: `node ${name}`, text: state, about }],
      next: [`look at the kubelet of ${name}`],
      unread: unknown === '' ? [] : [`its node: ${unknown}`],
    },
  );
}
