import { describe, expect, it } from 'vitest';
import { IDLE } from '../../../src/domain/status.ts';
import type { TableId, Tables } from '../../../src/domain/tables/index.ts';
import { Store } from '../../../src/store/index.ts';
import {
  endpointSliceRow,
  hpaRow,
  nodeGroupRow,
  nodeRow,
  podRow,
  serviceAccountRow,
  serviceRow,
  usageRow,
  workloadRow,
} from '../../support/rows.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

type Rows = { readonly [T in TableId]?: readonly Tables[T][] };

function opened() {
  const store = new Store({ clock: new VirtualClock() });
  const put = <T extends TableId>(table: T, ...rows: Tables[T][]) => store.sink(table).put(rows);
  /** Full lists of these tables. */
  const list = (tables: Rows) => {
    for (const table of Object.keys(tables) as TableId[]) {
      const sink = store.sink(table);
      sink.relist();
      sink.put(tables[table] ?? []);
      sink.synced();
    }
  };
  const pod = (name: string) => store.get('pods', `uid-default-${name}`);
  const node = (name: string) => store.get('nodes', `uid--${name}`);
  const group = (uid: string) => store.get('nodegroups', uid);
  return { store, put, list, pod, node, group };
}

describe('a pod', () => {
  it('has the place of its node, whichever comes first', () => {
    const { put, pod } = opened();
    put('pods', podRow({ name: 'a', node: 'n1' }), podRow({ name: 'b' }));
    expect(pod('a')).toMatchObject({ zone: null, instanceType: null, group: null, capacity: null });
    expect(pod('b')).toMatchObject({ zone: '', instanceType: '', group: '', capacity: '' });
    put('nodes', nodeRow({ name: 'n1', capacity: 'spot' }));
    expect(pod('a')).toMatchObject({
      zone: 'eu-central-1a',
      zoneId: 'euc1-az2',
      instanceType: 'm7g.large',
      group: 'web',
      capacity: 'spot',
    });
    put('pods', podRow({ name: 'b', node: 'n1' }), podRow({ name: 'c', node: 'n1' }));
    expect([pod('b')?.zone, pod('c')?.zone]).toEqual(['eu-central-1a', 'eu-central-1a']);
  });

  it('has the zone that the API server wrote on it, where nodes may not be read', () => {
    const { put, pod } = opened();
    const labels = { 'topology.kubernetes.io/zone': 'eu-central-1c' };
    put('pods', podRow({ name: 'a', node: 'n1', labels }));
    expect(pod('a')).toMatchObject({ zone: 'eu-central-1c', instanceType: null });
  });

  it('does not know its place any more when the node left, unless it left itself', () => {
    const { store, put, pod } = opened();
    put('nodes', nodeRow({ name: 'n1' }));
    put('pods', podRow({ name: 'a', node: 'n1' }), podRow({ name: 'b', node: 'n1' }));
    expect(pod('a')?.zone).toBe('eu-central-1a');
    store.sink('pods').remove([{ uid: 'uid-default-a', last: podRow({ name: 'a', node: 'n1' }) }]);
    store.sink('nodes').remove([{ uid: 'uid--n1' }]);
    expect(pod('a')?.zone).toBe('eu-central-1a');
    expect(pod('b')?.zone).toBeNull();
  });

  it('on Fargate is of its profile, known or not', () => {
    const { pod, put } = opened();
    put('pods', podRow({ name: 'a', node: 'fargate-1', fargateProfile: 'jobs' }));
    expect(pod('a')).toMatchObject({ group: 'jobs', capacity: 'fargate', zone: null });
  });

  it('has its usage and the role of its service account', () => {
    const { put, pod, store } = opened();
    put('pods', podRow({ name: 'a', serviceAccount: 'api' }), podRow({ name: 'b' }));
    expect(pod('a')).toMatchObject({ cpu: null, memory: null, role: null });
    expect(pod('b')?.role).toBe('');
    put('podusage', usageRow('default', 'a', 0.2, 1e6), usageRow('other', 'b', 1, 1));
    put('serviceaccounts', serviceAccountRow({ name: 'api', role: 'arn:aws:iam::1:role/api' }));
    expect(pod('a')).toMatchObject({ cpu: 0.2, memory: 1e6, role: 'arn:aws:iam::1:role/api' });
    expect(pod('b')?.cpu).toBeNull();
    store.reset('podusage');
    expect(pod('a')).toMatchObject({ cpu: null, memory: null });
  });
});

describe('a node', () => {
  const pods = [
    podRow({ name: 'a', node: 'n1', cpuRequest: 0.5, memoryRequest: 100 }),
    podRow({ name: 'b', node: 'n1', cpuRequest: 1, memoryRequest: 10, deleting: 1 }),
    podRow({ name: 'c', node: 'n1', cpuRequest: 4, memoryRequest: 1, phase: 'Succeeded' }),
    podRow({ name: 'd', node: 'n2', cpuRequest: 8, memoryRequest: 1 }),
  ];

  it('holds what its pods ask for until they ended, once all pods are known', () => {
    const { store, put, list, node } = opened();
    put('nodes', nodeRow({ name: 'n1' }), nodeRow({ name: 'n3' }));
    put('pods', ...pods);
    expect(node('n1')).toMatchObject({ pods: null, cpuRequested: null });
    list({ pods });
    expect(node('n1')).toMatchObject({ pods: 2, cpuRequested: 1.5, memoryRequested: 110 });
    expect(node('n3')).toMatchObject({ pods: 0, cpuRequested: 0, memoryRequested: 0 });
    store.sink('pods').remove([{ uid: 'uid-default-b' }]);
    expect(node('n1')).toMatchObject({ pods: 1, cpuRequested: 0.5 });
    put('pods', podRow({ name: 'a', node: 'n3' }));
    expect([node('n1')?.pods, node('n3')?.pods]).toEqual([0, 1]);
  });

  it('does not know its sums where only some namespaces are watched', () => {
    const { store, list, node } = opened();
    list({ nodes: [nodeRow({ name: 'n1' })], pods });
    expect(node('n1')?.pods).toBe(2);
    const status = { ...IDLE, state: 'live', synced: true } as const;
    store.sink('pods').status({ ...status, namespaces: ['default'] });
    expect(node('n1')).toMatchObject({ pods: null, cpuRequested: null });
    store.sink('pods').status({ ...status, namespaces: null });
    expect(node('n1')?.pods).toBe(2);
  });

  it('has its usage', () => {
    const { put, node } = opened();
    put('nodes', nodeRow({ name: 'n1' }));
    put('nodeusage', usageRow('', 'n1', 1.5, 2e9));
    expect(node('n1')).toMatchObject({ cpu: 1.5, memory: 2e9 });
  });
});

describe('a workload', () => {
  const deployment = workloadRow('Deployment', { name: 'api' });
  const replicaSet = workloadRow('ReplicaSet', { name: 'api-1' });
  const nodes = [nodeRow({ name: 'n1' }), nodeRow({ name: 'n2', zone: 'eu-central-1b' })];
  const of = { workloadKind: 'Deployment', workload: 'api', ownerKind: 'ReplicaSet' };
  const pods = [
    podRow({ name: 'a', node: 'n2', ...of, ownerName: 'api-1' }),
    podRow({ name: 'b', node: 'n1', ...of, ownerName: 'api-1' }),
    podRow({ name: 'c', node: 'n1', ...of, ownerName: 'api-0' }),
    podRow({ name: 'd', ...of, ownerName: 'api-1', phase: 'Pending' }),
    podRow({ name: 'e', node: 'n1', ...of, ownerName: 'api-1', phase: 'Failed' }),
    podRow({ name: 'f', node: 'n1', ...of, namespace: 'other' }),
  ];

  it('is spread over the zones of its pods, once these are known', () => {
    const { store, list, put } = opened();
    const zones = (table: TableId, name: string) =>
      (store.named(table, 'default', name) as { zones?: unknown } | undefined)?.zones;
    put('deployments', deployment);
    put('replicasets', replicaSet);
    put('pods', ...pods.slice(0, 3));
    expect(zones('deployments', 'api')).toBeNull();
    list({ pods: pods.slice(0, 3) });
    expect(zones('deployments', 'api')).toBeNull();
    list({ nodes });
    expect(zones('deployments', 'api')).toEqual([
      ['1a', 2],
      ['1b', 1],
    ]);
    put('pods', ...pods);
    expect(zones('deployments', 'api')).toEqual([
      ['', 1],
      ['1a', 2],
      ['1b', 1],
    ]);
    expect(zones('replicasets', 'api-1')).toEqual([
      ['', 1],
      ['1a', 1],
      ['1b', 1],
    ]);
    put('nodes', nodeRow({ name: 'n1', zone: 'eu-central-1c' }));
    expect(zones('deployments', 'api')).toContainEqual(['1c', 2]);
  });

  it('without pods is spread over none; in a namespace not watched that is not known', () => {
    const { store, list } = opened();
    const elsewhere = workloadRow('Deployment', { name: 'api', namespace: 'other' });
    list({ deployments: [deployment, elsewhere], pods: [], nodes });
    store.sink('pods').status({ ...IDLE, state: 'live', namespaces: ['default'] });
    expect(store.get('deployments', deployment.uid)?.zones).toEqual([]);
    expect(store.get('deployments', elsewhere.uid)?.zones).toBeNull();
  });

  it('knows what keeps its pods from being ready, the newest of it', () => {
    const { store, list, put } = opened();
    const trouble = () => store.get('deployments', deployment.uid)?.trouble;
    list({ deployments: [deployment] });
    expect(trouble()).toBeNull();
    const unready = { ...of, isReady: false };
    list({
      pods: [
        podRow({ name: 'a', ...unready, cause: 'exit 1', causeAt: 1 }),
        podRow({ name: 'b', ...unready, cause: 'OOMKilled 137', causeAt: 2 }),
        podRow({ name: 'c', ...of, cause: 'exit 9', causeAt: 3 }),
        podRow({ name: 'd', ...unready, cause: 'evicted', causeAt: 4, phase: 'Failed' }),
      ],
    });
    expect(trouble()).toBe('OOMKilled 137');
    put('pods', podRow({ name: 'b', ...of, cause: 'OOMKilled 137', causeAt: 2 }));
    expect(trouble()).toBe('exit 1');
    put('pods', podRow({ name: 'a', ...of }));
    expect(trouble()).toBe('');
  });

  it('knows the HPA that owns its replicas', () => {
    const { store, list, put } = opened();
    const hpa = () => store.get('deployments', deployment.uid)?.hpa;
    put('deployments', deployment);
    expect(hpa()).toBeNull();
    list({ hpas: [hpaRow({ name: 'h', targetKind: 'StatefulSet', targetName: 'api' })] });
    expect(hpa()).toBe('');
    put('hpas', hpaRow({ name: 'h2', targetName: 'api' }));
    expect(hpa()).toBe('h2');
    store.sink('hpas').remove([{ uid: 'uid-default-h2' }]);
    expect(hpa()).toBe('');
  });
});

describe('a service', () => {
  it('counts the endpoints of all its slices', () => {
    const { store, list, put } = opened();
    const service = () => store.named('services', 'default', 'api');
    put('services', serviceRow({ name: 'api' }));
    expect(service()).toMatchObject({ endpointsReady: null, endpointsNotReady: null });
    list({
      endpointslices: [
        endpointSliceRow({ name: 'x', service: 'api', ready: ['a', 'b'], notReady: ['c'] }),
        endpointSliceRow({ name: 'y', service: 'api', ready: ['d'] }),
        endpointSliceRow({ name: 'z', service: 'web', ready: ['e'] }),
      ],
    });
    expect(service()).toMatchObject({ endpointsReady: 3, endpointsNotReady: 1 });
    store.sink('endpointslices').remove([{ uid: 'uid-default-y' }]);
    expect(service()?.endpointsReady).toBe(2);
  });

  it('says which of its ports lead to none of them', () => {
    const { store, list, put } = opened();
    const port = { targetPort: 'http', nodePort: 0, protocol: 'TCP' };
    const ports = [
      { ...port, name: 'http', port: 80 },
      { ...port, name: 'admin', port: 81 },
    ];
    put('services', serviceRow({ name: 'api', ports }));
    put('services', serviceRow({ name: 'web', ports: [{ ...port, name: '', port: 80 }] }));
    put('services', serviceRow({ name: 'headless', clusterIP: 'None', ports }));
    const dead = (name: string) => store.named('services', 'default', name)?.deadPorts;
    expect(dead('api')).toBeNull();
    const ready = ['a'];
    list({
      endpointslices: [
        endpointSliceRow({ name: 'x', service: 'api', ready, portNames: ['http'] }),
        endpointSliceRow({ name: 'x0', service: 'api', ready: [], portNames: ['admin'] }),
        endpointSliceRow({ name: 'y', service: 'web', ready }),
        endpointSliceRow({ name: 'z', service: 'headless', ready }),
      ],
    });
    expect([dead('api'), dead('web'), dead('headless')]).toEqual([['admin'], ['80'], []]);
    put('endpointslices', endpointSliceRow({ name: 'y', service: 'web', ready, portNames: [''] }));
    expect(dead('web')).toEqual([]);
  });

  it('counts a target once, in however many slices it is', () => {
    const { store, list, put } = opened();
    put('services', serviceRow({ name: 'api' }));
    list({
      endpointslices: [
        endpointSliceRow({ name: 'v4', service: 'api', ready: ['a', 'b'], notReady: ['c', 'd'] }),
        endpointSliceRow({ name: 'v6', service: 'api', ready: ['a', 'c'], notReady: ['b', 'd'] }),
      ],
    });
    expect(store.named('services', 'default', 'api')).toMatchObject({
      endpointsReady: 3,
      endpointsNotReady: 1,
    });
  });
});

describe('a node group', () => {
  it('sums its nodes, and what their pods ask for', () => {
    const { list, group } = opened();
    list({ nodegroups: [nodeGroupRow('managed/web'), nodeGroupRow('managed/idle')] });
    expect(group('managed/web')).toMatchObject({ nodesTotal: null, cpuAllocatable: null });
    list({
      nodes: [
        nodeRow({ name: 'n1' }),
        nodeRow({ name: 'n2', zone: 'eu-central-1b', isReady: false }),
      ],
    });
    expect(group('managed/web')).toMatchObject({
      nodesReady: 1,
      nodesTotal: 2,
      cpuAllocatable: 4,
      cpuRequested: null,
      nodeZones: ['eu-central-1a', 'eu-central-1b'],
      nodeTypes: ['m7g.large'],
      nodeVersions: ['1.34'],
    });
    expect(group('managed/idle')).toMatchObject({
      nodesTotal: 0,
      cpuAllocatable: 0,
      nodeTypes: [],
    });
    list({ pods: [podRow({ name: 'a', node: 'n2', cpuRequest: 0.5, memoryRequest: 7 })] });
    expect(group('managed/web')).toMatchObject({ cpuRequested: 0.5, memoryRequested: 7 });
  });

  it('that AWS does not tell of is there while it has nodes', () => {
    const { store, put, group } = opened();
    const spot = { compute: 'karpenter', group: 'pool', capacity: 'spot', created: 5 } as const;
    put('nodes', nodeRow({ name: 'n1', ...spot }), nodeRow({ name: 'n2', ...spot, created: 4 }));
    expect(group('karpenter/pool')).toMatchObject({
      name: 'pool',
      kind: 'karpenter',
      origin: 'nodes',
      capacity: 'spot',
      created: 4,
    });
    put('nodes', nodeRow({ name: 'n2', ...spot, capacity: 'on-demand' }));
    expect(group('karpenter/pool')?.capacity).toBe('');
    put('nodes', nodeRow({ name: 'n1', ...spot, group: 'other' }));
    expect(group('karpenter/other')?.capacity).toBe('spot');
    store.sink('nodes').remove([{ uid: 'uid--n2' }]);
    expect(group('karpenter/pool')).toBeUndefined();
    expect(store.size('nodegroups')).toBe(1);
  });

  it('has the versions of its nodes, where AWS does not tell its own', () => {
    const { put, group } = opened();
    const pool = { compute: 'karpenter', group: 'pool' } as const;
    put('nodes', nodeRow({ name: 'n1', ...pool, version: 'v1.33.1-eks-1a2b3c4' }));
    expect(group('karpenter/pool')?.version).toBe('1.33');
    put('nodes', nodeRow({ name: 'n2', ...pool, version: 'v1.32.9-eks-1a2b3c4' }));
    expect(group('karpenter/pool')?.version).toBe('1.32 1.33');
  });

  it('is what AWS tells of it while AWS does, and outlives the lists of AWS', () => {
    const { store, put, list, group } = opened();
    put('nodes', nodeRow({ name: 'n1' }));
    expect(group('managed/web')?.origin).toBe('nodes');
    list({ nodegroups: [nodeGroupRow('managed/web', { min: 1 })] });
    expect(group('managed/web')).toMatchObject({ origin: 'aws', min: 1 });
    list({ nodegroups: [] });
    expect(group('managed/web')).toMatchObject({ origin: 'nodes', min: null, gone: 0 });
    const derived = group('managed/web');
    list({ nodegroups: [] });
    expect(group('managed/web')).toBe(derived);
    store.reset('nodegroups');
    expect(group('managed/web')?.origin).toBe('nodes');
    store.reset('nodes');
    expect(group('managed/web')).toBeUndefined();
  });

  it('takes the nodes whose instances its Auto Scaling group lists', () => {
    const { list, put, node, pod, group } = opened();
    const own = { compute: 'self-managed', group: '', capacity: '' } as const;
    list({
      nodes: [
        nodeRow({ name: 'n1', ...own, instanceId: 'i-1' }),
        nodeRow({ name: 'n2', ...own, instanceId: 'i-2' }),
        nodeRow({ name: 'n3', ...own, instanceId: 'i-3' }),
      ],
      pods: [podRow({ name: 'a', node: 'n1', cpuRequest: 1 })],
    });
    expect(group('self-managed/')).toMatchObject({ nodesTotal: 3, name: 'self-managed nodes' });
    // Until AWS tells, how it is paid is not known, and of its group only the kind.
    expect(pod('a')).toMatchObject({ group: 'self-managed nodes', capacity: null });
    put(
      'nodegroups',
      nodeGroupRow('self-managed/asg', { instances: ['i-1', 'i-2'], capacity: 'spot' }),
    );
    expect(group('self-managed/asg')).toMatchObject({ nodesTotal: 2, cpuRequested: 1 });
    expect(group('self-managed/')?.nodesTotal).toBe(1);
    expect(pod('a')).toMatchObject({ group: 'asg', capacity: 'spot' });
    expect(node('n3')?.groupCapacity).toBeNull();
    put('nodegroups', nodeGroupRow('self-managed/asg', { instances: ['i-2', 'i-3'] }));
    expect(node('n1')?.nodegroup).toBe('self-managed/');
    expect(group('self-managed/asg')).toMatchObject({ nodesTotal: 2, cpuRequested: 0 });
  });

  it('of Fargate takes the nodes of its pods', () => {
    const { list, store, group } = opened();
    const fargate = { compute: 'fargate', group: '', capacity: 'fargate' } as const;
    list({
      nodes: [nodeRow({ name: 'f1', ...fargate }), nodeRow({ name: 'f2', ...fargate })],
      pods: [podRow({ name: 'a', node: 'f1', fargateProfile: 'jobs' })],
      nodegroups: [nodeGroupRow('fargate/jobs', { kind: 'fargate' })],
    });
    expect(group('fargate/jobs')?.nodesTotal).toBe(1);
    expect(store.size('nodegroups')).toBe(1);
  });
});
