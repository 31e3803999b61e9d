import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addressKind, cniMode, mostForPods } from '../../../src/domain/node-network.ts';
import type { NetworkInterfaceRow, PodRow } from '../../../src/domain/rows.ts';
import { Store } from '../../../src/store/index.ts';
import { nodeRow, podRow, rowOf } from '../../support/rows.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

function opened() {
  const store = new Store({ clock: new VirtualClock() });
  const list = (table: 'pods' | 'nodes' | 'networkinterfaces' | 'subnets', rows: object[]) => {
    const sink = store.sink(table);
    sink.relist();
    sink.put(rows as never);
    sink.synced();
  };
  return { store, list };
}

function eni(id: string, more: Partial<NetworkInterfaceRow>): NetworkInterfaceRow {
  const row = rowOf('networkinterfaces', {
    ...{ name: id, uid: id, use: 'node', subnet: 's1', instanceId: 'i-1', device: 0 },
    ...more,
  });
  const { use, subnet, groups, prefixes } = row;
  return { ...row, place: { id, use, subnet, groups, prefixes } };
}

const primary = eni('eni-0', { addresses: ['10.0.0.1', '10.0.0.2', '10.0.0.3'] });
const second = eni('eni-1', {
  ...{ device: 1, addresses: ['10.0.0.9'] },
  prefixes: ['10.0.1.16/28'],
});

it('a pod knows the interface that has its address, in a prefix too', () => {
  const { store, list } = opened();
  list('pods', [
    podRow({ name: 'a', ip: '10.0.0.2' }),
    podRow({ name: 'b', ip: '10.0.1.31' }),
    podRow({ name: 'host', ip: '10.0.0.1', hostNetwork: true }),
    podRow({ name: 'done', ip: '10.0.0.3', phase: 'Succeeded' }),
    podRow({ name: 'elsewhere', ip: '10.9.9.9' }),
  ]);
  list('networkinterfaces', [primary, second]);
  const network = (name: string) => store.get('pods', `uid-default-${name}`)?.network;
  expect(network('a')).toBe(primary.place);
  expect(network('b')).toBe(second.place);
  expect([network('host'), network('done'), network('elsewhere')]).toEqual([null, null, null]);
  expect(addressKind('10.0.0.2', primary.place)).toBe('secondary');
  expect(addressKind('10.0.1.31', second.place)).toBe('prefix');
  // An address that ended with its pod is free again.
  expect(store.get('networkinterfaces', 'eni-0')?.pods).toBe(1);
});

it('a pod with an IPv6 address is found by the prefix that it is of', () => {
  const { store, list } = opened();
  list('pods', [podRow({ name: 'a', ip: '2001:db8:0:1:2::7' })]);
  const v6 = eni('eni-6', { addresses: ['10.0.0.1'], prefixes: ['2001:db8:0:1:2::/80'] });
  list('networkinterfaces', [v6]);
  expect(store.get('pods', 'uid-default-a')?.network?.id).toBe('eni-6');
  expect(addressKind('2001:db8:0:1:2::7', v6.place)).toBe('prefix');
});

it('a node knows the mode it runs in, and how many addresses its type can hold', () => {
  const { store, list } = opened();
  list('pods', [podRow({ name: 'a', ip: '10.0.0.2' })]);
  list('nodes', [nodeRow({ name: 'n1', instanceId: 'i-1' })]);
  const network = () => {
    const found = store.get('nodes', 'uid--n1')?.network;
    if (!found) throw new Error('no network');
    return found;
  };
  list('networkinterfaces', [primary]);
  expect(network()).toMatchObject({ interfaces: 1, held: 2, used: 1, prefixes: 0 });
  expect(cniMode(network())).toBe('secondary addresses');
  expect(mostForPods(network(), { interfaces: 3, addresses: 10 })).toBe(27);
  expect(mostForPods(network(), { interfaces: null, addresses: null })).toBeNull();

  const elsewhere = eni('eni-2', { type: 'trunk', subnet: 's2', device: 2 });
  const bare = { ...primary, addresses: ['10.0.0.1'] };
  list('networkinterfaces', [bare, elsewhere, { ...second, subnet: 's2' }]);
  expect(cniMode(network())).toBe(
    'prefix delegation, security groups for pods, pods in other subnets than the node',
  );
  expect(mostForPods(network(), { interfaces: 3, addresses: 10 })).toBe(2 * 9 * 16);
});

it('what a subnet gave away is told by whose it is, once pods and nodes are known', () => {
  const { store, list } = opened();
  list('subnets', [rowOf('subnets', { name: 's1', uid: 's1' })]);
  list('networkinterfaces', [
    primary,
    second,
    eni('eks', { use: 'control plane', instanceId: '', addresses: ['10.0.0.20'] }),
    eni('elb', { use: 'load balancer', instanceId: '', addresses: ['10.0.0.21'] }),
    eni('left', { use: 'leaked', instanceId: '', addresses: ['10.0.0.22', '10.0.0.23'] }),
    eni('bastion', { instanceId: 'i-other', addresses: ['10.0.0.24'] }),
    eni('fargate', { use: 'other', instanceId: '', addresses: ['10.0.0.25'] }),
  ]);
  const use = () => store.get('subnets', 's1')?.use;
  list('pods', [
    podRow({ name: 'a', ip: '10.0.0.2' }),
    podRow({ name: 'b', ip: '10.0.1.17' }),
    podRow({ name: 'f', ip: '10.0.0.25' }),
  ]);
  expect(use()).toBeNull();
  list('nodes', [nodeRow({ name: 'n1', instanceId: 'i-1' })]);
  expect(use()).toEqual({
    nodes: 2,
    pods: 3,
    warm: 1 + 15,
    prefixed: 16,
    controlPlane: 1,
    balancers: 1,
    leaked: 2,
    others: 1,
  });
});

it('no address is lost or told twice, whatever comes and goes', () => {
  const address = fc.integer({ min: 1, max: 12 }).map((n) => `10.0.0.${n}`);
  const pods = fc.uniqueArray(
    fc.record({
      ip: address,
      hostNetwork: fc.boolean(),
      phase: fc.constantFrom('Running', 'Failed'),
    }),
    { selector: ({ ip }) => ip },
  );
  fc.assert(
    fc.property(pods, fc.uniqueArray(address, { minLength: 1 }), (given, addresses) => {
      const { store, list } = opened();
      list('subnets', [rowOf('subnets', { name: 's1', uid: 's1' })]);
      list('nodes', [nodeRow({ name: 'n1', instanceId: 'i-1' })]);
      list('networkinterfaces', [eni('eni-0', { addresses })]);
      const rows = given.map((one, i): PodRow => podRow({ name: `p${i}`, ...one }));
      list('pods', rows);
      const has = rows.filter(
        ({ ip, hostNetwork, phase }) =>
          !hostNetwork && phase === 'Running' && addresses.includes(ip),
      );
      expect(store.get('networkinterfaces', 'eni-0')?.pods).toBe(has.length);
      const use = store.get('subnets', 's1')?.use;
      expect((use?.nodes ?? 0) + (use?.pods ?? 0) + (use?.warm ?? 0)).toBeGreaterThanOrEqual(
        addresses.length,
      );
    }),
    { numRuns: 40 },
  );
});
