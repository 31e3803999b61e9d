import { describe, expect, it } from 'vitest';
import { cordon } from '../../../src/simulator/controllers/drain.ts';
import { evict } from '../../../src/simulator/controllers/disruption.ts';
import { conditionOf, isReady } from '../../../src/simulator/world/objects.ts';
import { behave, smallWorld, workload } from './small-world.ts';

describe('the scheduler', () => {
  it('says why a pod fits nowhere, and places it when a node comes', () => {
    const small = smallWorld({ nodes: 2 });
    small.add('deployments', 'big', workload('big', 3, { cpu: '3' }));
    small.run(20);
    const pending = small.pods().find((pod) => !pod.spec.nodeName);
    expect(conditionOf(pending?.status.conditions, 'PodScheduled')).toMatchObject({
      status: 'False',
      reason: 'Unschedulable',
      message:
        '0/2 nodes are available: 2 Insufficient cpu. preemption: 0/2 nodes are available: 2 No preemption victims found for incoming pod.',
    });
    small.group.desired = 3;
    small.run(120);
    expect(small.pods().filter(isReady)).toHaveLength(3);
  });

  it('spreads siblings over zones and respects taints and selectors', () => {
    const small = smallWorld({ nodes: 3 });
    small.add('deployments', 'web', workload('web', 6));
    small.add('deployments', 'gpu', workload('gpu', 1, { nodeSelector: { gpu: 'true' } }));
    small.run(30);
    const perNode = new Map<string, number>();
    for (const { spec } of small.pods()) {
      if (spec.nodeName) perNode.set(spec.nodeName, (perNode.get(spec.nodeName) ?? 0) + 1);
    }
    expect([...perNode.values()]).toEqual([2, 2, 2]);
    expect(small.told('FailedScheduling')[0]).toContain(
      "3 node(s) didn't match Pod's node affinity/selector",
    );
  });

  it('leaves a cordoned node alone', () => {
    const small = smallWorld({ nodes: 2 });
    const [first] = small.world.store.list('nodes');
    if (!first) throw new Error('no node');
    cordon(small.world, first.metadata.name);
    small.run(1);
    small.add('deployments', 'web', workload('web', 4));
    small.run(30);
    expect(small.pods().some((pod) => pod.spec.nodeName === first.metadata.name)).toBe(false);
    expect(small.world.store.get('nodes', '', first.metadata.name)?.spec.taints).toMatchObject([
      { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' },
    ]);
    expect(small.told('NodeNotSchedulable')).toHaveLength(1);
  });
});

describe('the kubelet', () => {
  it('restarts what crashes, with ever longer pauses', () => {
    const small = smallWorld();
    behave(small, 'web', { crash: { after: [2, 3], exitCode: 137, reason: 'OOMKilled' } });
    small.add('deployments', 'web', workload('web', 1));
    small.run(90);
    const status = () => small.pods()[0]?.status.containerStatuses?.[0];
    expect(status()?.restartCount).toBeGreaterThanOrEqual(2);
    const early = status()?.restartCount ?? 0;
    small.run(1800);
    const late = status()?.restartCount ?? 0;
    // Five minutes apart at most, and no closer than that in the end.
    expect(late - early).toBeGreaterThan(5);
    expect(late - early).toBeLessThan(14);
    expect(status()?.lastState.terminated).toMatchObject({ exitCode: 137, reason: 'OOMKilled' });
    expect(small.told('BackOff')[0]).toMatch(
      /^Back-off restarting failed container web in pod web-/,
    );
  });

  it('gives pods addresses of their node’s subnet, none twice, and takes them back', () => {
    const small = smallWorld();
    small.add('deployments', 'web', workload('web', 40));
    small.run(60);
    const addresses = small.pods().map((pod) => pod.status.podIP ?? '');
    expect(new Set(addresses).size).toBe(40);
    for (const pod of small.pods()) {
      const instance = [...small.world.cluster.instances.values()].find(
        (each) => each.privateDnsName === pod.spec.nodeName,
      );
      const own = instance?.interfaces.flatMap((each) => each.privateIps.slice(1)) ?? [];
      expect(own).toContain(pod.status.podIP);
    }
    const free = () =>
      small.world.cluster.subnets.reduce((sum, subnet) => sum + subnet.availableIps, 0);
    const before = free();
    small.group.desired = 0;
    small.run(300);
    expect(small.world.cluster.instances.size).toBe(3);
    expect(free()).toBeGreaterThan(before);
  });

  it('a deleted pod terminates first, and its service forgets it at once', () => {
    const small = smallWorld();
    small.add('services', 'web', {
      selector: { 'app.kubernetes.io/name': 'web' },
      ports: [{ name: 'http', port: 80, targetPort: 'http', protocol: 'TCP' }],
    });
    small.add('deployments', 'web', workload('web', 2));
    small.run(30);
    const slice = () => small.world.store.list('endpointslices', 'shop')[0];
    expect(slice()?.endpoints.filter((each) => each.conditions.ready)).toHaveLength(2);
    expect(slice()?.ports).toMatchObject([{ name: 'http', port: 8080 }]);
    const legacy = () => small.world.store.get('endpoints', 'shop', 'web');
    const ips = () => legacy()?.subsets[0]?.addresses?.map(({ ip }) => ip);
    expect(ips()?.sort()).toEqual(
      small
        .pods()
        .map((pod) => pod.status.podIP)
        .sort(),
    );
    expect(legacy()?.subsets[0]?.ports).toEqual([{ name: 'http', protocol: 'TCP', port: 8080 }]);
    const victim = small.pods()[0];
    if (!victim) throw new Error('no pod');
    evict(small.world, victim);
    small.run(0.5);
    const leaving = slice()?.endpoints.find((each) => each.addresses[0] === victim.status.podIP);
    expect(leaving?.conditions).toEqual({ ready: false, serving: true, terminating: true });
    expect(ips()).not.toContain(victim.status.podIP);
    small.run(30);
    expect(small.pods().map((pod) => pod.metadata.uid)).not.toContain(victim.metadata.uid);
    expect(slice()?.endpoints.filter((each) => each.conditions.ready)).toHaveLength(2);
    small.world.store.remove('services', 'shop', 'web');
    small.run(30);
    expect(legacy()).toBeUndefined();
  });
});

describe('disruption budgets', () => {
  it('refuse evictions that would cost too many', () => {
    const small = smallWorld();
    small.add('deployments', 'web', workload('web', 3));
    small.add('poddisruptionbudgets', 'web', {
      minAvailable: 2,
      selector: { matchLabels: { 'app.kubernetes.io/name': 'web' } },
    });
    small.run(30);
    const [first, second] = small.pods();
    if (!first || !second) throw new Error('no pods');
    expect(small.world.store.get('poddisruptionbudgets', 'shop', 'web')?.status).toMatchObject({
      disruptionsAllowed: 1,
      currentHealthy: 3,
      desiredHealthy: 2,
    });
    expect(evict(small.world, first)).toBe(true);
    expect(evict(small.world, second)).toBe(false);
    small.run(30);
    expect(evict(small.world, second)).toBe(true);
  });
});

describe('groups', () => {
  it('replace a terminated instance in the zone that misses it', () => {
    const small = smallWorld();
    const zones = () =>
      small.world.store
        .list('nodes')
        .map((node) => node.metadata.labels?.['topology.kubernetes.io/zone'])
        .sort();
    const before = zones();
    const [instance] = small.world.cluster.instances.values();
    if (!instance) throw new Error('no instance');
    small.fleet.terminate(instance);
    small.run(1);
    expect(zones()).toHaveLength(2);
    small.run(90);
    expect(zones()).toEqual(before);
  });
});

describe('autoscalers', () => {
  it('follow the load between their bounds and say when they are at the maximum', () => {
    const small = smallWorld();
    small.world.profiles.set('shop/web', {
      behaviour: { startup: [1, 2] },
      load: { cpu: 1.2, memory: 0.5, swing: 0, period: 300, replicas: 4 },
      logs: { style: 'quiet', rate: 0.1 },
    });
    small.add('deployments', 'web', workload('web', 2));
    small.add('horizontalpodautoscalers', 'web', {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      minReplicas: 2,
      maxReplicas: 6,
      metrics: [
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } },
        },
      ],
    });
    small.run(120);
    expect(small.pods().filter(isReady)).toHaveLength(6);
    const hpa = small.world.store.get('horizontalpodautoscalers', 'shop', 'web');
    expect(conditionOf(hpa?.status.conditions, 'ScalingLimited')).toMatchObject({
      status: 'True',
      reason: 'TooManyReplicas',
    });
    expect(small.told('SuccessfulRescale')[0]).toContain(
      'cpu resource utilization (percentage of request) above target',
    );
  });
});

describe('an update of a node group', () => {
  it('is over when its Auto Scaling group knows, and its nodes come in their time', () => {
    const small = smallWorld({ nodes: 2 });
    const [group] = small.world.cluster.nodegroups;
    if (!group) throw new Error('no group');
    group.status = 'UPDATING';
    small.group.desired = 4;
    group.updates.push({
      id: '1',
      type: 'ConfigUpdate',
      status: 'InProgress',
      params: { DesiredSize: '4' },
      createdAt: small.clock.date(),
    });
    small.run(10);
    expect([group.status, group.updates[0]?.status]).toEqual(['UPDATING', 'InProgress']);
    small.run(20);
    expect([group.status, group.updates[0]?.status]).toEqual(['ACTIVE', 'Successful']);
    small.run(120);
    expect(small.world.store.list('nodes')).toHaveLength(4);
  });
});
