import { describe, expect, it } from 'vitest';
import * as health from '../../../src/domain/health.ts';
import { clusterHealth, nodeGroupHealth } from '../../../src/domain/eks-health.ts';
import type { ClusterRow, NodeGroupRow, NodeRow, ServiceRow } from '../../../src/domain/rows.ts';
import { decoderOf } from '../../../src/domain/tables/index.ts';
import { container, podOf, type PodCase } from './pods.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const CREATED = Date.parse('2026-01-01T00:00:00Z');
const FRESH = CREATED + MINUTE;
const LATER = CREATED + 60 * MINUTE;
const iso = (at: number): string => new Date(at).toISOString();

const ready = {
  conditions: [{ type: 'Ready', status: 'True' }],
  main: [container({ ready: true })],
};
const waiting = (reason: string) => [container({ state: { waiting: { reason } } })];
const unschedulable = {
  phase: 'Pending',
  node: '',
  main: [null],
  conditions: [
    { type: 'PodScheduled', status: 'False', message: 'no cpu', lastTransitionTime: iso(CREATED) },
  ],
};
const resizing = (reason: string, at: number) => ({
  ...ready,
  conditions: [
    ...ready.conditions,
    { type: 'PodResizePending', status: 'True', reason, lastTransitionTime: iso(at) },
  ],
});
const killed = (at: number) => ({
  ...ready,
  main: [
    container({
      ready: true,
      restarts: 1,
      last: { exitCode: 137, reason: 'OOMKilled', finishedAt: iso(at) },
    }),
  ],
});

describe('the health of a pod', () => {
  it.each<[string, PodCase, number, string, string]>([
    ['ready', ready, LATER, 'ok', ''],
    ['over', { phase: 'Succeeded', main: [null] }, LATER, 'ok', ''],
    ['failed', { phase: 'Failed', main: [null] }, LATER, 'bad', ''],
    [
      'evicted',
      { phase: 'Failed', reason: 'Evicted', message: 'disk', main: [null] },
      LATER,
      'bad',
      'disk',
    ],
    ['crashing', { main: waiting('CrashLoopBackOff') }, LATER, 'bad', ''],
    [
      'not pulled',
      { phase: 'Pending', main: waiting('ErrImagePull') },
      FRESH,
      'bad',
      'pull failed, backing off: shop/api:1',
    ],
    [
      'init failing',
      { phase: 'Pending', init: waiting('CrashLoopBackOff'), main: [null] },
      FRESH,
      'bad',
      '',
    ],
    ['not yet scheduled', { phase: 'Pending', node: '', main: [null] }, LATER, 'busy', ''],
    ['unschedulable', unschedulable, FRESH, 'warn', 'no cpu'],
    ['unschedulable for long', unschedulable, LATER, 'bad', 'no cpu'],
    ['creating', { phase: 'Pending', main: waiting('ContainerCreating') }, FRESH, 'busy', ''],
    [
      'creating for long',
      { phase: 'Pending', main: waiting('ContainerCreating') },
      LATER,
      'warn',
      '',
    ],
    ['starting', { main: [container()] }, FRESH, 'busy', ''],
    ['not ready', { main: [container()] }, LATER, 'warn', ''],
    ['killed a while ago', killed(LATER - 30 * MINUTE), LATER, 'ok', ''],
    ['killed just now', killed(LATER - MINUTE), LATER, 'warn', 'OOMKilled 137'],
    [
      'a resize that cannot be',
      resizing('Infeasible', LATER),
      LATER,
      'warn',
      'resize is not possible',
    ],
    ['a resize that waits', resizing('Deferred', LATER), LATER, 'busy', 'resize waits for room'],
    [
      'a resize that waits for long',
      resizing('Deferred', LATER - 6 * MINUTE),
      LATER,
      'warn',
      'resize waits for room',
    ],
    ['terminating', { ...ready, deletionTimestamp: iso(LATER) }, LATER, 'busy', ''],
    [
      'terminating because it was evicted',
      {
        ...ready,
        deletionTimestamp: iso(LATER),
        conditions: [
          ...ready.conditions,
          {
            type: 'DisruptionTarget',
            status: 'True',
            reason: 'EvictionByEvictionAPI',
            message: 'Eviction API: evicting',
            lastTransitionTime: iso(LATER - MINUTE),
          },
        ],
      },
      LATER,
      'busy',
      'EvictionByEvictionAPI: Eviction API: evicting',
    ],
    [
      'terminating for long',
      { ...ready, deletionTimestamp: iso(LATER - 12 * MINUTE) },
      LATER,
      'warn',
      'should be gone since 12m',
    ],
  ])('%s', (_, spec, now, level, cause) => {
    expect(health.podHealth(podOf(spec), now)).toEqual({ level, cause });
  });

  it('keeps the last cause of a pod that is gone', () => {
    const row = { ...podOf(killed(LATER)), gone: LATER };
    expect(health.podHealth(row, LATER)).toEqual({ level: 'gone', cause: 'OOMKilled 137' });
  });
});

describe('the health of a node', () => {
  const node = (status: string, spec: object = {}, patch: Partial<NodeRow> = {}): NodeRow => ({
    ...decoderOf('nodes').json({
      metadata: { name: 'n', creationTimestamp: iso(CREATED) },
      spec,
      status: {
        allocatable: { pods: '2' },
        conditions: [{ type: 'Ready', status, reason: 'R', message: 'kubelet stopped.' }],
      },
    }),
    ...patch,
  });
  const taint = (key: string) => ({ taints: [{ key, effect: 'NoSchedule' }] });

  it.each([
    ['ready', node('True'), LATER, 'ok', ''],
    ['joining', node('False'), FRESH, 'busy', 'joining'],
    [
      'lost soon after it had joined',
      node('Unknown', {}, { readySince: CREATED + 20_000 }),
      FRESH,
      'bad',
      'kubelet stopped',
    ],
    ['lost', node('Unknown'), LATER, 'bad', 'kubelet stopped'],
    [
      'under pressure',
      node('True', {}, { problems: ['DiskPressure'] }),
      LATER,
      'warn',
      'DiskPressure',
    ],
    ['cordoned', node('True', { unschedulable: true }), LATER, 'warn', ''],
    [
      'interrupted',
      node('True', taint('aws-node-termination-handler/spot-itn')),
      LATER,
      'warn',
      'Spot interruption',
    ],
    [
      'disrupted',
      node('True', taint('karpenter.sh/disrupted')),
      LATER,
      'warn',
      'being replaced by Karpenter',
    ],
    ['full', node('True', {}, { pods: 2 }), LATER, 'warn', 'full: 2 pods'],
    ['pods unknown', node('True', {}, { pods: null }), LATER, 'ok', ''],
    ['gone', node('True', {}, { gone: 1 }), LATER, 'gone', ''],
  ])('%s', (_, row, now, level, cause) => {
    expect(health.nodeHealth(row, now)).toEqual({ level, cause });
  });
});

describe('the health of a service', () => {
  const service = (spec: object, endpoints: [number, number] | null): ServiceRow => ({
    ...decoderOf('services').json({
      metadata: { name: 's', creationTimestamp: iso(CREATED) },
      spec,
    }),
    endpointsReady: endpoints?.[0] ?? null,
    endpointsNotReady: endpoints?.[1] ?? null,
  });
  const web = { type: 'ClusterIP', selector: { app: 'web' } };
  const port = (number: number) => ({
    ...{ name: '', port: number, targetPort: 'http', nodePort: 0, protocol: 'TCP' },
  });

  it.each([
    ['served', service(web, [2, 1]), LATER, 'ok', ''],
    ['not known', service(web, null), LATER, 'ok', ''],
    [
      'without a port that leads there',
      { ...service({ ...web, ports: [port(80)] }, [2, 0]), deadPorts: ['80'] },
      LATER,
      'bad',
      'leads nowhere: port 80',
    ],
    [
      'with a port that leads nowhere',
      { ...service({ ...web, ports: [port(80), port(81)] }, [2, 0]), deadPorts: ['81'] },
      LATER,
      'warn',
      'leads nowhere: port 81',
    ],
    ['none ready', service(web, [0, 2]), LATER, 'bad', 'no endpoint is ready'],
    ['none', service(web, [0, 0]), LATER, 'warn', 'no endpoints'],
    ['without selector', service({ type: 'ExternalName' }, [0, 0]), LATER, 'ok', ''],
    [
      'balancer being made',
      service({ ...web, type: 'LoadBalancer' }, [2, 0]),
      FRESH,
      'busy',
      'load balancer pending',
    ],
    [
      'balancer missing',
      service({ ...web, type: 'LoadBalancer' }, [2, 0]),
      LATER,
      'warn',
      'load balancer pending',
    ],
  ])('%s', (_, row, now, level, cause) => {
    expect(health.serviceHealth(row, now)).toEqual({ level, cause });
  });
});

describe('the health of events and namespaces', () => {
  it('marks warnings', () => {
    const event = (type: string) => decoderOf('events').json({ type });
    expect(health.eventHealth(event('Normal'), LATER).level).toBe('ok');
    expect(health.isProblem(health.eventHealth(event('Warning'), LATER))).toBe(true);
  });

  it('tells a namespace that does not go', () => {
    const namespace = (deletionTimestamp?: string) =>
      decoderOf('namespaces').json({
        metadata: { deletionTimestamp },
        status: { phase: 'Active' },
      });
    expect(health.namespaceHealth(namespace(), LATER).level).toBe('ok');
    expect(health.namespaceHealth(namespace(iso(LATER)), LATER).level).toBe('busy');
    expect(health.namespaceHealth(namespace(iso(CREATED)), LATER).level).toBe('warn');
  });
});

describe('the health of a cluster', () => {
  const cluster = (patch: Partial<ClusterRow>) =>
    ({
      gone: 0,
      error: '',
      health: [],
      status: 'ACTIVE',
      standardSupportEnd: null,
      extendedSupportEnd: null,
      ...patch,
    }) as unknown as ClusterRow;
  const support = (standard: number, extended: number) =>
    cluster({
      standardSupportEnd: LATER + standard * DAY,
      extendedSupportEnd: LATER + extended * DAY,
    });

  it.each([
    ['active', cluster({}), 'ok', ''],
    ['a context', cluster({ status: '' }), 'ok', ''],
    [
      'denied',
      cluster({ error: 'needs eks:DescribeCluster' }),
      'warn',
      'needs eks:DescribeCluster',
    ],
    ['changing', cluster({ status: 'UPDATING' }), 'busy', ''],
    ['failed', cluster({ status: 'FAILED' }), 'bad', ''],
    [
      'with an issue',
      cluster({ health: [{ code: 'Ec2SubnetNotFound', message: 'gone', resources: [] }] }),
      'bad',
      'Ec2SubnetNotFound: gone',
    ],
    ['supported for long', support(200, 500), 'ok', ''],
    ['supported for a while', support(30, 400), 'warn', 'standard support ends in 30d'],
    [
      'in extended support',
      support(-1, 300),
      'warn',
      'version is in extended support, at extra cost',
    ],
    ['out of support', support(-400, -1), 'bad', 'version is out of support'],
  ])('%s', (_, row, level, cause) => {
    expect(clusterHealth(row, LATER)).toEqual({ level, cause });
  });
});

describe('the health of a node group', () => {
  const group = (patch: Partial<NodeGroupRow>) =>
    ({
      gone: 0,
      health: [],
      status: 'ACTIVE',
      update: '',
      shortfall: '',
      nodesReady: 3,
      nodesTotal: 3,
      desired: 3,
      ...patch,
    }) as unknown as NodeGroupRow;

  it.each([
    ['active', group({}), 'ok', ''],
    ['nodes unknown', group({ nodesReady: null, nodesTotal: null }), 'ok', ''],
    ['degraded', group({ status: 'DEGRADED' }), 'bad', ''],
    [
      'with an issue',
      group({ health: [{ code: 'AsgInstanceLaunchFailures', message: '', resources: [] }] }),
      'bad',
      'AsgInstanceLaunchFailures',
    ],
    [
      'updating',
      group({ status: 'UPDATING', update: 'VersionUpdate InProgress' }),
      'busy',
      'VersionUpdate InProgress',
    ],
    ['being made', group({ status: 'CREATING' }), 'busy', ''],
    ['a node lost', group({ nodesReady: 2 }), 'warn', '2 of 3 nodes ready'],
    ['all nodes lost', group({ nodesReady: 0 }), 'bad', '0 of 3 nodes ready'],
    ['growing', group({ desired: 5 }), 'busy', '3 of 5 nodes joined'],
    ['kept from growing', group({ desired: 5, shortfall: 'no capacity' }), 'warn', 'no capacity'],
    [
      'kept from growing with all nodes lost',
      group({ nodesReady: 0, desired: 5, shortfall: 'no capacity' }),
      'bad',
      '0 of 3 nodes ready',
    ],
    ['empty by intent', group({ nodesReady: 0, nodesTotal: 0, desired: 0 }), 'ok', ''],
  ])('%s', (_, row, level, cause) => {
    expect(nodeGroupHealth(row, LATER)).toEqual({ level, cause });
  });
});
