/** What is written of network interfaces into what has their addresses, and back. */
import { heldForPods, nodeNetwork } from '../node-network.ts';
import { PREFIX_SIZE } from '../cidr.ts';
import { addressKey, addressKeys } from '../tables/networkinterfaces.ts';
import type { AddressUse } from '../tables/subnets.ts';
import { hasEnded } from '../workload-pods.ts';
import { join, key } from './join.ts';

/** One in its host's network has the address of its node, and one that ended gave its own back. */
const podsByAddress = key('pods', 'cluster', (pod) =>
  pod.hostNetwork || pod.ip === '' || hasEnded(pod) ? '' : addressKey(pod.ip),
);
const interfacesByAddress = key('networkinterfaces', 'cluster', addressKeys);
const interfacesByInstance = key('networkinterfaces', 'cluster', ({ instanceId }) => instanceId);
const nodesByInstance = key('nodes', 'cluster', ({ instanceId }) => instanceId);

const interfacePods = join({
  target: interfacesByAddress,
  source: podsByAddress,
  uses: ['name'],
  fields: ['pods'],
  ofAll: true,
  compute: (_, pods, known) => ({ pods: known ? pods.length : null }),
});

const interfaceNode = join({
  target: interfacesByInstance,
  source: nodesByInstance,
  uses: ['name'],
  fields: ['node'],
  ofAll: true,
  compute: ({ instanceId }, [node], known) => ({
    node: node?.name ?? (instanceId === '' || known ? '' : null),
  }),
});

const podInterface = join({
  target: podsByAddress,
  source: interfacesByAddress,
  uses: ['place', 'addresses'],
  fields: ['network'],
  compute: ({ ip }, interfaces) => {
    const own = interfaces.find(({ addresses }) => addresses.includes(ip)) ?? interfaces[0];
    return { network: own?.place ?? null };
  },
});

const nodeInterfaces = join({
  target: nodesByInstance,
  source: interfacesByInstance,
  uses: ['use', 'type', 'device', 'subnet', 'addresses', 'prefixes', 'pods'],
  fields: ['network'],
  compute: (_, interfaces) => ({ network: nodeNetwork(interfaces) }),
});

const nodeMachine = join({
  target: nodesByInstance,
  source: key('instances', 'cluster', ({ uid }) => uid),
  uses: ['machine'],
  fields: ['machine'],
  compute: (_, [instance]) => ({ machine: instance?.machine ?? null }),
});

const nodeAgent = join({
  target: nodesByInstance,
  source: key('managednodes', 'cluster', ({ uid }) => uid),
  uses: ['agent'],
  fields: ['agent'],
  compute: (_, [managed]) => ({ agent: managed?.agent ?? null }),
});

/** Which node a machine is: none of the cluster's where no node names its instance. */
const nodeOfMachine = (table: 'instances' | 'managednodes') =>
  join({
    target: key(table, 'cluster', ({ uid }) => uid),
    source: nodesByInstance,
    uses: ['name'],
    fields: ['node'],
    ofAll: true,
    compute: (_, [node], known) => ({ node: node?.name ?? (known ? '' : null) }),
  });

const managedNode = nodeOfMachine('managednodes');
const instanceNode = nodeOfMachine('instances');

const NONE: AddressUse = {
  nodes: 0,
  pods: 0,
  warm: 0,
  prefixed: 0,
  controlPlane: 0,
  balancers: 0,
  leaked: 0,
  others: 0,
};

const subnetUse = join({
  target: key('subnets', 'cluster', ({ uid }) => uid),
  source: key('networkinterfaces', 'cluster', ({ subnet }) => subnet),
  uses: ['use', 'addresses', 'prefixes', 'pods', 'node'],
  fields: ['use'],
  ofAll: true,
  compute: (_, interfaces, known) => {
    if (!known) return { use: null };
    const sum = { ...NONE };
    for (const { use, addresses, prefixes, pods, node } of interfaces) {
      if (pods === null || node === null) return { use: null };
      const extra = heldForPods({ addresses, prefixes });
      const all = extra + (addresses.length > 0 ? 1 : 0);
      sum.prefixed += prefixes.filter((prefix) => !prefix.includes(':')).length * PREFIX_SIZE;
      if (use === 'node' && node !== '') {
        sum.nodes += all - extra;
        sum.pods += Math.min(extra, pods);
        sum.warm += Math.max(0, extra - pods);
      } else if (use === 'pod' || pods > 0) sum.pods += all;
      else if (use === 'control plane') sum.controlPlane += all;
      else if (use === 'load balancer') sum.balancers += all;
      else if (use === 'leaked') sum.leaked += all;
      else sum.others += all;
    }
    return { use: sum };
  },
});

/** In their order: each stands after those whose fields it reads. */
export const NETWORK_RULES = [
  interfacePods,
  interfaceNode,
  podInterface,
  nodeInterfaces,
  nodeMachine,
  nodeAgent,
  managedNode,
  instanceNode,
  subnetUse,
];
