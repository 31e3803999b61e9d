/** What rules about a pod's containers have in common. */
import { explained } from '../../../core/words.ts';
import type { ContainerInfo } from '../../container.ts';
import type { PodRow } from '../../rows.ts';
import type { Evidence } from '../finding.ts';

/** Those that decide whether the pod runs, in the order in which they start. */
export const decisive = ({ containers }: PodRow): readonly ContainerInfo[] =>
  containers.filter(({ role }) => role !== 'ephemeral');

/** `container api`, `init container migrate`. */
export const called = ({ role, name }: ContainerInfo): string =>
  role === 'main'
    ? `container ${name}`
    : role === 'init'
      ? `init container ${name}`
      : `${role} ${name}`;

/** What its status tells of a container that waits. */
export function waiting({ name, reason, message }: ContainerInfo): Evidence {
  const text = explained(reason, message);
  return { source: `status of ${name}`, text };
}
