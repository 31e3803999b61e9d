/** A pod whose new requests or limits its node does not put into force. */
import { RESIZE } from '../../pod-cause.ts';
import { shortNode } from '../../node-name.ts';
import type { PodRow } from '../../rows.ts';
import { finding, type Finding } from '../finding.ts';

/** By the reason that the kubelet gives: what it means, and what to do. */
const REASONS: Readonly<Record<string, (node: string) => readonly [words: string, next: string]>> =
  {
    Infeasible: (node) => [
      `its new size can never be given to it on ${node}`,
      `ask for what ${node} can have, or make it anew where there is more`,
    ],
    Deferred: (node) => [
      `its new size waits until ${node} has room`,
      `make room on ${node}, or make the pod anew elsewhere`,
    ],
    Error: (node) => [
      `${node} could not give it its new size`,
      'a memory limit below what is used cannot be set: ask for more, or make it anew',
    ],
  };

export function resizing(pod: PodRow): Finding | null {
  if (!pod.causeWord.startsWith(RESIZE)) return null;
  const reason = pod.causeWord.slice(RESIZE.length);
  const [words, next] = REASONS[reason]?.(shortNode(pod.node)) ?? [];
  if (words === undefined || next === undefined) return null;
  const told = pod.cause.replace(/^[^:]*:? ?/, '');
  return finding('said', `${words}${told === '' ? '' : `: ${told}`}; it runs as it was`, {
    evidence: [{ source: `resize ${reason}`, text: told, at: pod.causeAt }],
    next: [next],
  });
}
