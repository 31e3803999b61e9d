/** A container that the kubelet or the runtime cannot make: something that it refers to, or itself. */
import { explained } from '../../../core/words.ts';
import type { PodRow } from '../../rows.ts';
import { finding, type Finding } from '../finding.ts';
import { called, decisive, waiting } from './containers.ts';
import { startError } from './start-error.ts';

export function unmade(pod: PodRow): Finding | null {
  const container = decisive(pod).find(
    ({ state, reason }) =>
      state === 'waiting' &&
      /^(?:CreateContainer\w*Error|RunContainerError|PreCreateHookError|PreStartHookError|PostStartHookError)$/.test(
        reason,
      ),
  );
  if (container === undefined) return null;
  const { reason, message } = container;
  const all = { evidence: [waiting(container)] };
  const missing = /^(configmap|secret) "([^"]+)" not found/.exec(message);
  if (missing !== null) {
    const [, kind = '', name = ''] = missing;
    return finding('said', `${called(container)} needs ${kind} ${name}, which is not there`, {
      ...all,
      next: [`make ${kind} ${name} in ${pod.namespace}, or mend the name in the template`],
    });
  }
  const key = /^couldn't find key (\S+) in (\w+) (\S+)/.exec(message);
  if (key !== null) {
    const [, name = '', kind = '', of = ''] = key;
    const sentence = `${called(container)} needs key ${name} of ${kind.toLowerCase()} ${of}, which has none of that name`;
    return finding('said', sentence, {
      ...all,
      next: ['add the key, or mend its name in the template'],
    });
  }
  const { words, next } = startError(message);
  const hook = reason === 'PostStartHookError' ? 'its postStart hook failed' : '';
  const why = explained(hook, words) || reason;
  return finding('said', `${called(container)} cannot be started: ${why}`, { ...all, next });
}
