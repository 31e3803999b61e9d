import { describe, expect, it } from 'vitest';
import { plain } from '../../src/core/styled.ts';
import { IDLE } from '../../src/domain/status.ts';
import { decoderOf, type TableId, type Tables } from '../../src/domain/tables/index.ts';
import { policiesOfPod, policyText } from '../../src/resources/describe/network-policies.ts';
import { networkpolicies as pane } from '../../src/resources/networkpolicies.ts';
import { Store } from '../../src/store/index.ts';
import { podRow, rowOf } from '../support/rows.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { objectsOf, tableOf } from './fixtures.ts';

const recorded = objectsOf('networkpolicies').map((one) => decoderOf('networkpolicies').json(one));

it('are printed as a real API server does', () => {
  expect(tableOf('networkpolicies')).toMatchObject(
    recorded.map((row) => ({ Name: row.name, 'Pod-Selector': row.selector || '<none>' })),
  );
});

it('say in words what they let through', () => {
  expect(Object.fromEntries(recorded.map((row) => [row.name, policyText(row)]))).toEqual({
    api:
      'in pods app=web, pods app=probe of namespaces team=ops, any namespace ' +
      'on 8080/TCP, metrics/TCP; 10.0.0.0/8 but not 10.1.0.0/16 · out anything',
    'default-deny': 'denies all',
    web: 'in anything',
  });
  const [api] = recorded;
  expect(api?.egress?.[0]).toEqual({ peers: [], ports: ['53/UDP', '32000-32768/TCP'] });
  expect(policyText({ ingress: [], egress: null })).toBe('denies all in');
  expect(policyText({ ingress: null, egress: [] })).toBe('denies all out');
  expect(policyText({ ingress: [], egress: [{ peers: [], ports: ['53/UDP'] }] })).toBe(
    'in nothing · out anything on 53/UDP',
  );
});

type Rows = { readonly [T in TableId]?: readonly Tables[T][] };

function storeOf(rows: Rows): Store {
  const store = new Store({ clock: new VirtualClock() });
  for (const table of Object.keys(rows) as TableId[]) {
    const sink = store.sink(table);
    sink.relist();
    sink.put(rows[table] ?? []);
    sink.synced();
    sink.status({ ...IDLE, state: 'live', synced: true });
  }
  return store;
}

const policy = rowOf('networkpolicies', {
  ...{ name: 'api', selector: 'app=api', ingress: [{ peers: ['pods app=web'], ports: [] }] },
});
const pods = [
  podRow({ name: 'api-1', labels: { app: 'api' } }),
  podRow({ name: 'api-2', labels: { app: 'api' }, fargateProfile: 'jobs' }),
  podRow({ name: 'api-3', labels: { app: 'api' }, phase: 'Succeeded' }),
  podRow({ name: 'web-1', labels: { app: 'web' } }),
  podRow({ name: 'api-1', namespace: 'other', labels: { app: 'api' } }),
];

/** A daemon set as an API server has it, which runs on so many nodes. */
function daemonSet(name: string, nodes: number, ...containers: readonly object[]) {
  return decoderOf('daemonsets').json({
    metadata: { name, namespace: 'kube-system', uid: name },
    spec: { template: { spec: { containers } } },
    status: { desiredNumberScheduled: nodes },
  });
}
const agent = (...args: string[]) => ({ name: 'aws-eks-nodeagent', args });
const vpcCni = (...args: string[]) =>
  daemonSet('aws-node', 3, { name: 'aws-node' }, agent(...args));
const calico = (nodes: number) => daemonSet('calico-node', nodes, { name: 'calico-node' });

const ctx = { now: 0, time: 'age' } as const;

function told(rows: Rows) {
  const [row] = [...storeOf({ networkpolicies: [policy], ...rows }).rows('networkpolicies')];
  return { ...row, ...(row && pane.health(row, ctx)) };
}

describe('a network policy', () => {
  it('selects pods of its namespace that have not ended', () => {
    expect(told({})).toMatchObject({ selected: null, onFargate: null });
    expect(told({ pods })).toMatchObject({ selected: 2, onFargate: 1 });
    expect(told({ pods: [] })).toMatchObject({ selected: 0, onFargate: 0 });
  });

  it.each([
    ['nobody has told of daemon sets', undefined, null],
    [
      'no daemon set is known to enforce',
      [daemonSet('kube-proxy', 3, { name: 'kube-proxy' })],
      null,
    ],
    ['the agent of the VPC CNI is off', [vpcCni('--enable-network-policy=false')], ''],
    ['the VPC CNI has no agent', [daemonSet('aws-node', 3, { name: 'aws-node' })], ''],
    ['the VPC CNI runs on no node', [daemonSet('aws-node', 0, { name: 'aws-node' })], null],
    ['the agent is on', [vpcCni('--enable-ipv6=false', '--enable-network-policy=true')], 'VPC CNI'],
    ['Calico is beside it', [vpcCni('--enable-network-policy=false'), calico(3)], 'Calico'],
    ['Calico is on no node', [vpcCni('--enable-network-policy=false'), calico(0)], ''],
  ])('knows who enforces it where %s', (_, daemonsets, enforcer) => {
    expect(told({ ...(daemonsets && { daemonsets }) })).toMatchObject({ enforcer });
  });

  it('is a problem where nothing enforces it for pods that it selects', () => {
    const off = [vpcCni('--enable-network-policy=false')];
    const on = [vpcCni('--enable-network-policy=true')];
    expect(told({ pods, daemonsets: off })).toMatchObject({
      level: 'warn',
      cause: 'agent off in aws-node',
    });
    expect(told({ pods, daemonsets: on }).cause).toBe('not for 1 on Fargate');
    expect(told({ pods: pods.slice(0, 1), daemonsets: on }).level).toBe('ok');
    expect(told({ pods: [], daemonsets: off }).level).toBe('ok');
    expect(told({ pods: pods.slice(0, 1) }).level).toBe('ok');
  });
});

describe('the policies of a pod', () => {
  const deny = rowOf('networkpolicies', { name: 'deny', ingress: [], egress: [] });
  const lines = (pod: (typeof pods)[number], rows: Rows) =>
    policiesOfPod(pod, storeOf(rows)).lines.map((line) =>
      typeof line === 'string' || line.length !== 2
        ? line
        : `${String(line[0])}: ${plain(line[1] as string)}`,
    );
  const [onNode = podRow({ name: '' }), onFargate = podRow({ name: '' })] = pods;
  const daemonsets = [vpcCni('--enable-network-policy=true')];

  it('add up', () => {
    const networkpolicies = [policy, deny];
    expect(lines(onNode, { networkpolicies, daemonsets })).toEqual([
      'api: in pods app=web',
      'deny: denies all',
      'Lets in: pods app=web',
      'Lets out: nothing',
      'Enforced by: VPC CNI',
    ]);
    expect(lines(onFargate, { networkpolicies: [policy], daemonsets })).toEqual([
      'api: in pods app=web',
      'Lets in: pods app=web',
      'Lets out: anything',
      'Enforced: no: nothing enforces them on Fargate',
    ]);
  });

  it('are not known before they are listed, and may be none', () => {
    expect(policiesOfPod(onNode, storeOf({})).lines).toEqual([[['?', 'muted']]]);
    expect(policiesOfPod(onNode, storeOf({ networkpolicies: [] })).lines).toEqual([
      [['-', 'muted']],
    ]);
  });
});
