import { beforeAll, describe, expect, it } from 'vitest';
import { readOptions } from '../../../src/simulator/options.ts';
import { SCENARIOS } from '../../../src/simulator/scenarios/index.ts';
import { createSimulation } from '../../../src/simulator/simulation.ts';
import type { Simulation } from '../../../src/simulator/simulation.ts';
import { conditionOf, isFinished, isReady } from '../../../src/simulator/world/objects.ts';
import type { Pod } from '../../../src/simulator/world/objects.ts';
import type { World } from '../../../src/simulator/world/world.ts';
import { NOW } from './small-world.ts';

const OPTIONS = { seed: 3, now: NOW, speed: 1, nodes: 24, pods: 360, caData: '' };

function build(): Simulation {
  return createSimulation(OPTIONS);
}

function worldOf({ clusters }: Simulation, name: string): World {
  const found = clusters.find(({ world }) => world.cluster.name === name);
  if (!found) throw new Error(`no cluster ${name}`);
  return found.world;
}

const isServing = (pod: Pod): boolean =>
  conditionOf(pod.status.conditions, 'Ready')?.status === 'True';

describe('the region', () => {
  let simulation: Simulation;
  let prod: World;
  beforeAll(() => {
    simulation = build();
    prod = worldOf(simulation, 'shop-prod');
  });

  it('has about as many nodes and pods as asked for, of every kind of compute, in three zones', () => {
    const nodes = prod.store.list('nodes');
    expect(nodes.length).toBeGreaterThanOrEqual(22);
    expect(nodes.length).toBeLessThanOrEqual(28);
    expect(Math.abs(prod.store.count('pods') - 360)).toBeLessThan(60);
    const label = (key: string) => new Set(nodes.map((node) => node.metadata.labels?.[key]));
    expect(label('topology.kubernetes.io/zone').size).toBe(3);
    expect(label('eks.amazonaws.com/capacityType')).toEqual(
      new Set(['ON_DEMAND', 'SPOT', undefined]),
    );
    expect(label('eks.amazonaws.com/compute-type')).toEqual(new Set(['fargate', undefined]));
    const staging = worldOf(simulation, 'shop-staging');
    // Eight of its groups, three of Auto Mode.
    expect(staging.store.count('nodes')).toBe(11);
  });

  it('is the same again for the same seed', () => {
    const again = worldOf(build(), 'shop-prod');
    const names = (world: World) =>
      world.store
        .list('pods')
        .map((pod) => [pod.metadata.name, pod.status.podIP, pod.spec.nodeName]);
    expect(names(again)).toEqual(names(prod));
  });

  it('lets nothing be younger than the present or older than what it stands on', () => {
    for (const pod of prod.store.values('pods')) {
      expect(Date.parse(pod.metadata.creationTimestamp)).toBeLessThanOrEqual(NOW);
      const node = prod.store.get('nodes', '', pod.spec.nodeName ?? '');
      if (!node || pod.spec.schedulerName === 'fargate-scheduler') continue;
      const started = Date.parse(pod.status.startTime ?? '');
      expect(started).toBeGreaterThanOrEqual(Date.parse(node.metadata.creationTimestamp));
    }
  });

  it('gives every pod an address of its own, on an interface of its node', () => {
    const seen = new Set<string>();
    const owned = new Set(
      [...prod.cluster.instances.values()]
        .flatMap((instance) => instance.interfaces.flatMap((each) => each.privateIps))
        .concat([...prod.cluster.fargateInterfaces.values()].flatMap((each) => each.privateIps)),
    );
    for (const pod of prod.store.values('pods')) {
      const { podIP } = pod.status;
      if (!podIP || pod.spec.hostNetwork || isFinished(pod)) continue;
      expect(seen).not.toContain(podIP);
      expect(owned).toContain(podIP);
      seen.add(podIP);
    }
    expect(seen.size).toBeGreaterThan(150);
  });

  it('gives no public address twice, not to gateways of two VPCs either', () => {
    const all = ['shop-prod', 'shop-staging'].flatMap((name) =>
      [...worldOf(simulation, name).cluster.serviceInterfaces.values()].flatMap(
        ({ service }) => service?.publicIp ?? [],
      ),
    );
    expect(all).toHaveLength(6);
    expect(new Set(all).size).toBe(6);
  });

  it('has for every service the addresses of the pods that it selects, with what they are', () => {
    const answering: number[] = [];
    for (const { metadata, spec } of prod.store.values('services')) {
      const { selector } = spec;
      if (!selector) continue;
      const [slice] = prod.store.ownedBy('endpointslices', metadata.uid);
      const told = slice?.endpoints.map(({ addresses, conditions }) => [
        addresses[0],
        conditions.serving,
      ]);
      const pods = prod.store
        .inNamespace('pods', metadata.namespace ?? '')
        .filter(({ metadata: { labels } }) =>
          Object.entries(selector).every(([key, value]) => labels?.[key] === value),
        )
        .filter((pod) => pod.status.podIP && !isFinished(pod));
      const are = pods.map((pod) => [pod.status.podIP, isServing(pod)]);
      expect([metadata.name, told?.sort()]).toEqual([metadata.name, are.sort()]);
      answering.push(pods.filter(isServing).length);
    }
    expect(answering.filter((count) => count > 0).length).toBeGreaterThan(25);
  });

  it('shows what goes wrong in a real cluster', () => {
    const waiting = new Set(
      prod.store
        .list('pods')
        .map((pod) => pod.status.containerStatuses?.[0]?.state.waiting?.reason),
    );
    expect(waiting).toContain('ImagePullBackOff');
    const pods = prod.store.list('pods');
    expect(
      pods.some(
        (pod) => conditionOf(pod.status.conditions, 'PodScheduled')?.reason === 'Unschedulable',
      ),
    ).toBe(true);
    const last = pods.flatMap(
      (pod) => pod.status.containerStatuses?.map((each) => each.lastState.terminated?.reason) ?? [],
    );
    expect(last).toContain('Error');
    expect(pods.filter(isReady).length / pods.length).toBeGreaterThan(0.85);
    const reasons = prod.store
      .list('horizontalpodautoscalers')
      .map((hpa) => conditionOf(hpa.status.conditions, 'ScalingActive')?.reason);
    expect(new Set(reasons)).toEqual(new Set(['ValidMetricFound', 'FailedGetExternalMetric']));
    const limited = prod.store.get('horizontalpodautoscalers', 'cart', 'cart');
    expect(conditionOf(limited?.status.conditions, 'ScalingLimited')?.reason).toBe(
      'TooManyReplicas',
    );
  });

  it('knows what an autoscaler scaled by who owns the number: a controller, by way of the scale', () => {
    const { managedFields = [] } =
      prod.store.get('deployments', 'checkout', 'checkout')?.metadata ?? {};
    const scale = managedFields.find(({ subresource }) => subresource === 'scale');
    expect(scale).toMatchObject({ manager: 'kube-controller-manager', operation: 'Update' });
    expect(scale?.fieldsV1).toEqual({ 'f:spec': { 'f:replicas': {} } });
    expect(scale).not.toHaveProperty('time');
  });

  it('keeps no event older than an hour, and groups as large as they are wanted', () => {
    for (const event of prod.store.values('events')) {
      const last = event.lastTimestamp ?? event.eventTime ?? '';
      expect(NOW - Date.parse(last)).toBeLessThan(61 * 60_000);
    }
    for (const group of prod.cluster.autoScalingGroups) {
      expect([group.name, group.instanceIds.size]).toEqual([group.name, group.desired]);
    }
  });
});

describe('an ordinary day', () => {
  it('has releases and Spot interruptions, and comes through both', () => {
    const simulation = build();
    const [steady] = SCENARIOS;
    for (const cluster of simulation.clusters) steady?.start?.(cluster);
    const prod = worldOf(simulation, 'shop-prod');
    const nodes = prod.store.count('nodes');
    let releases = 0;
    prod.store.subscribe('replicasets', ({ type }) => (releases += type === 'ADDED' ? 1 : 0));
    let left = 0;
    prod.store.subscribe('nodes', ({ type }) => (left += type === 'DELETED' ? 1 : 0));
    simulation.clock.advance(30 * 60_000);
    expect(releases).toBeGreaterThan(6);
    expect(left).toBeGreaterThanOrEqual(2);
    expect(Math.abs(prod.store.count('nodes') - nodes)).toBeLessThanOrEqual(2);
    const ready = prod.store.list('pods').filter(isReady).length;
    expect(ready / prod.store.count('pods')).toBeGreaterThan(0.85);
  });
});

describe('options', () => {
  it('are read with their defaults, and refused in words', () => {
    expect(readOptions([])).toMatchObject({
      seed: 1,
      pods: 1000,
      nodes: 60,
      speed: 1,
      latency: 0,
      dir: null,
    });
    expect(readOptions(['--pods', '5000', '--scenario', 'crashloop'])).toMatchObject({
      nodes: 300,
      scenario: { name: 'crashloop' },
    });
    expect(() => readOptions(['--scenario', 'calm'])).toThrow(
      'unknown scenario "calm": one of steady, still, crashloop, spot, rbac-denied, auth-expired',
    );
    expect(() => readOptions(['--pods', 'many'])).toThrow('--pods must be between');
  });
});
