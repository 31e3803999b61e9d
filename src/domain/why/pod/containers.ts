/** What rules about a pod's containers have in common. */
import { explained } from '../../../core/words.ts';
import type { ContainerInfo } from '../../container.ts';
import type { PodRow } from '../../rows.ts';
import { shortNode } from '../../node-name.ts';
import { shortZone } from '../../zones.ts';
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

/** Where a pod is that does not run well: that may be its node's, its group's or its zone's. */
export function place({ node, zone, group, instanceType }: PodRow): readonly Evidence[] {
  const known = [shortZone(zone ?? ''), group ?? '', instanceType ?? ''].filter(Boolean);
  if (node === '' || known.length === 0) return [];
  return [
    {
      source: `node ${shortNode(node)}`,
      text: known.join(' · '),
      about: { kind: 'Node', namespace: '', name: node },
    },
  ];
}
