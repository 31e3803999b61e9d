/** What is written into pods. */
import { capacityOfNode, groupOfNode } from '../compute.ts';
import type { Capacity } from '../row.ts';
import { byName, join, key } from './join.ts';
import { podsByNode } from './keys.ts';

export const podPlace = join({
  target: podsByNode,
  source: byName('nodes'),
  uses: [
    'zone',
    'zoneId',
    'instanceType',
    'capacity',
    'groupCapacity',
    'compute',
    'group',
    'nodegroup',
  ],
  fields: ['zone', 'zoneId', 'instanceType', 'group', 'capacity'],
  compute: (pod, [node]) => {
    const profile = pod.fargateProfile;
    if (node === undefined) {
      // Of a node that is not listed nothing is known; where there is no node there is nothing.
      const none = pod.node === '' ? '' : null;
      // Who may not read nodes still has the zone that newer API servers write on the pod.
      const zone = pod.labels['topology.kubernetes.io/zone'] ?? none;
      const capacity: Capacity | null = profile === '' ? none : 'fargate';
      return { zone, zoneId: none, instanceType: none, group: profile || none, capacity };
    }
    const { zone, zoneId, instanceType } = node;
    const group = profile || groupOfNode(node);
    const capacity = profile === '' ? capacityOfNode(node) : 'fargate';
    return { zone, zoneId, instanceType, group, capacity };
  },
});

export const podRole = join({
  target: key('pods', 'namespace', (pod) => pod.serviceAccount),
  source: byName('serviceaccounts'),
  uses: ['role', 'associatedRole'],
  fields: ['role', 'associatedRole'],
  compute: (pod, [account]) => ({
    role: account?.role ?? (pod.serviceAccount === '' ? '' : null),
    associatedRole: account?.associatedRole ?? null,
  }),
});

export const podUsage = join({
  target: byName('pods'),
  source: byName('podusage'),
  uses: ['cpu', 'memory', 'containers'],
  fields: ['cpu', 'memory', 'usage'],
  compute: ({ containers }, [measured]) => {
    if (measured === undefined) return { cpu: null, memory: null, usage: null };
    const { cpu, memory } = measured;
    // One list of numbers: there is one for each of 50,000 pods.
    const usage = containers.flatMap(({ name }) => {
      const own = measured.containers.find((container) => container.name === name);
      return own === undefined ? [NaN, NaN] : [own.cpu, own.memory];
    });
    return { cpu, memory, usage };
  },
});
