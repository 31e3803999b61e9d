import { describe, expect, it } from 'vitest';
import { conditionOf, isReady } from '../../../src/simulator/world/objects.ts';
import type { Deployment } from '../../../src/simulator/world/workload-objects.ts';
import { behave, smallWorld, workload } from './small-world.ts';
import type { SmallWorld } from './small-world.ts';

function deployment({ world }: SmallWorld, name = 'web'): Deployment {
  const found = world.store.get('deployments', 'shop', name);
  if (!found) throw new Error(`no deployment ${name}`);
  return found;
}

function release(small: SmallWorld, image: string): void {
  const found = deployment(small);
  const { template } = found.spec;
  const containers = template.spec.containers.map((each) => ({ ...each, image }));
  small.world.store.update('deployments', {
    ...found,
    spec: { ...found.spec, template: { ...template, spec: { ...template.spec, containers } } },
  });
}

function scale(small: SmallWorld, replicas: number): void {
  const found = deployment(small);
  small.world.store.update('deployments', { ...found, spec: { ...found.spec, replicas } });
}

describe('the far past', () => {
  const INIT = { initContainers: [{ name: 'migrate', image: 'shop/web:1.0.0' }] };
  const DAYS = 10 * 86_400_000;

  /** Pods of a deployment half a minute after it was made, and how many writes each took. */
  function live(ago: number, behaviour?: Parameters<typeof behave>[2]) {
    const small = smallWorld({ ago });
    if (behaviour) behave(small, 'web', behaviour);
    let writes = 0;
    small.world.store.subscribe('pods', () => {
      writes++;
    });
    small.add('deployments', 'web', workload('web', 4, INIT));
    small.run(60);
    return { pods: small.pods(), writes: writes / 4 };
  }

  /** A status without the times, ids and addresses, which are each pod's own. */
  const shape = ({ status }: { readonly status: object }): unknown =>
    JSON.parse(
      JSON.stringify(status).replaceAll(/"(?:[\d.]+|containerd:[^"]*|\d{4}-[^"]*Z)"/g, '"…"'),
    );

  it('leaves pods as they are that lived through each step, in far fewer writes', () => {
    const [past, present] = [live(DAYS), live(0)];
    expect(past.pods).toHaveLength(4);
    expect(past.pods.every(isReady)).toBe(true);
    expect(past.pods.map(shape)).toEqual(present.pods.map(shape));
    expect(past.writes).toBe(3);
    expect(present.writes).toBeGreaterThan(past.writes);
  });

  it('lets pods crash that crash', () => {
    const crash = { after: [1, 2], exitCode: 1, reason: 'Error' } as const;
    const { pods } = live(DAYS, { crash });
    expect(pods.every((pod) => (pod.status.containerStatuses?.[0]?.restartCount ?? 0) > 0)).toBe(
      true,
    );
  });
});

describe('deployments', () => {
  it('reach the number of pods that is asked for, up and down', () => {
    const small = smallWorld();
    small.add('deployments', 'web', workload('web', 4));
    small.run(30);
    expect(small.pods().filter(isReady)).toHaveLength(4);
    scale(small, 9);
    small.run(30);
    expect(small.pods().filter(isReady)).toHaveLength(9);
    scale(small, 2);
    small.run(30);
    expect(small.pods()).toHaveLength(2);
    expect(deployment(small).status).toMatchObject({
      replicas: 2,
      updatedReplicas: 2,
      availableReplicas: 2,
      observedGeneration: 3,
    });
    expect(small.told('ScalingReplicaSet').at(-1)).toMatch(
      /^Scaled down replica set web-\w{10} from 9 to 2$/,
    );
  });

  it('roll without ever leaving the bounds of surge and availability', () => {
    const small = smallWorld();
    small.add('deployments', 'web', {
      ...workload('web', 8),
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 2, maxUnavailable: 1 } },
    });
    small.run(40);
    let fewest = Infinity;
    let most = 0;
    small.world.store.subscribe('pods', () => {
      fewest = Math.min(fewest, small.pods().filter(isReady).length);
      const living = small.pods().filter((pod) => !pod.metadata.deletionTimestamp);
      most = Math.max(most, living.length);
    });
    release(small, 'shop/web:2');
    small.run(120);
    expect(fewest).toBeGreaterThanOrEqual(7);
    expect(most).toBeLessThanOrEqual(10);
    expect(small.pods().map((pod) => pod.spec.containers[0]?.image)).toEqual(
      Array(8).fill('shop/web:2'),
    );
    const { metadata, status } = deployment(small);
    expect(metadata.annotations?.['deployment.kubernetes.io/revision']).toBe('2');
    expect(conditionOf(status.conditions, 'Progressing')).toMatchObject({
      status: 'True',
      reason: 'NewReplicaSetAvailable',
    });
  });

  it('a template that comes back becomes the newest revision, without a new replica set', () => {
    const small = smallWorld();
    small.add('deployments', 'web', workload('web', 2));
    small.run(30);
    release(small, 'shop/web:2');
    small.run(40);
    release(small, 'shop/web:1');
    small.run(40);
    const revisions = small.world.store
      .list('replicasets', 'shop')
      .map((set) => [
        set.metadata.annotations?.['deployment.kubernetes.io/revision'],
        set.spec.replicas,
      ]);
    expect(revisions.sort()).toEqual([
      ['2', 0],
      ['3', 2],
    ]);
  });

  it('a release that cannot be pulled stalls, keeps the old pods, and misses its deadline', () => {
    const small = smallWorld();
    behave(small, 'web', { unpullable: { image: 'shop/web:2', message: 'not found' } });
    small.add('deployments', 'web', workload('web', 4));
    small.run(30);
    release(small, 'shop/web:2');
    small.run(120);
    const reasons = small
      .pods()
      .map((pod) => pod.status.containerStatuses?.[0]?.state.waiting?.reason);
    expect(reasons).toContain('ImagePullBackOff');
    expect(small.pods().filter(isReady).length).toBeGreaterThanOrEqual(3);
    small.run(700);
    expect(conditionOf(deployment(small).status.conditions, 'Progressing')).toMatchObject({
      status: 'False',
      reason: 'ProgressDeadlineExceeded',
    });
  });

  it('take their replica sets and pods along when they are deleted', () => {
    const small = smallWorld();
    small.add('deployments', 'web', workload('web', 3));
    small.run(30);
    small.world.store.remove('deployments', 'shop', 'web');
    small.run(20);
    expect(small.pods()).toEqual([]);
    expect(small.world.store.count('replicasets')).toBe(0);
  });
});

describe('stateful sets', () => {
  it('start one after another and go from the last', () => {
    const small = smallWorld();
    const order: string[] = [];
    small.world.store.subscribe('pods', ({ type, object }) => {
      if (type !== 'MODIFIED') order.push(`${type} ${object.metadata.name}`);
    });
    small.add('statefulsets', 'db', { ...workload('db', 3), serviceName: 'db' });
    small.run(5);
    expect(small.pods().length).toBeLessThan(3);
    small.run(60);
    expect(small.pods().filter(isReady)).toHaveLength(3);
    const set = small.world.store.get('statefulsets', 'shop', 'db');
    if (set)
      small.world.store.update('statefulsets', { ...set, spec: { ...set.spec, replicas: 1 } });
    small.run(30);
    expect(order).toEqual([
      'ADDED db-0',
      'ADDED db-1',
      'ADDED db-2',
      'DELETED db-2',
      'DELETED db-1',
    ]);
    expect(small.world.store.get('statefulsets', 'shop', 'db')?.status).toMatchObject({
      replicas: 1,
      readyReplicas: 1,
      availableReplicas: 1,
    });
  });
});

describe('daemon sets', () => {
  it('have one pod on every node, also on one that comes later', () => {
    const small = smallWorld({ nodes: 2 });
    small.add(
      'daemonsets',
      'agent',
      workload('agent', 0, { tolerations: [{ operator: 'Exists' }] }),
    );
    small.run(20);
    expect(small.pods()).toHaveLength(2);
    small.group.desired = 3;
    small.run(90);
    expect(new Set(small.pods().map((pod) => pod.spec.nodeName)).size).toBe(3);
    expect(small.world.store.get('daemonsets', 'shop', 'agent')?.status).toMatchObject({
      desiredNumberScheduled: 3,
      numberReady: 3,
    });
  });

  it('let a pod wait that its node has no room for, and create no other', () => {
    const small = smallWorld({ nodes: 1 });
    small.add('deployments', 'web', workload('web', 1, { cpu: '2' }));
    small.run(20);
    small.add('daemonsets', 'agent', workload('agent', 0, { cpu: '3' }));
    small.run(60);
    const agents = small.pods().filter(({ metadata }) => metadata.name.startsWith('agent-'));
    expect(agents.map(({ status }) => status.phase)).toEqual(['Pending']);
    expect(small.told('SuccessfulCreate').filter((text) => text.includes(' agent-'))).toHaveLength(
      1,
    );
  });
});

describe('the scheduler', () => {
  it('lets nobody wait for a pod that fits nowhere', () => {
    const small = smallWorld({ nodes: 1 });
    small.add('deployments', 'web', workload('web', 2));
    small.add('deployments', 'huge', workload('huge', 1, { cpu: '64' }));
    small.run(60);
    scale(small, 1);
    // Its room comes free: the huge one is to be tried again.
    const left = small.world.store.list('pods', 'shop').length;
    while (small.world.store.list('pods', 'shop').length === left) small.run(0.1);
    small.add('deployments', 'late', workload('late', 1));
    small.run(1);
    expect(small.told('Scheduled')).toContainEqual(expect.stringContaining(' shop/late-'));
  });
});

describe('jobs', () => {
  it('complete, and a cron job keeps the last three', () => {
    const small = smallWorld();
    behave(small, 'report', { runs: [5, 10] });
    const { template } = workload('report', 1) as { template: { spec: object } };
    small.add('cronjobs', 'report', {
      schedule: '*/1 * * * *',
      jobTemplate: {
        spec: { template: { ...template, spec: { ...template.spec, restartPolicy: 'Never' } } },
      },
    });
    small.run(6 * 60);
    const jobs = small.world.store.list('jobs', 'shop');
    const complete = jobs.filter((job) =>
      job.status.conditions?.some(({ type }) => type === 'Complete'),
    );
    expect(complete).toHaveLength(3);
    for (const { metadata, spec } of jobs)
      expect(spec.selector.matchLabels).toEqual({
        'batch.kubernetes.io/controller-uid': metadata.uid,
      });
    expect(small.pods().filter((pod) => pod.status.phase === 'Succeeded')).toHaveLength(3);
    expect(small.told('SawCompletedJob').length).toBeGreaterThan(0);
  });

  it('give up after the back-off limit', () => {
    const small = smallWorld();
    behave(small, 'bad', { runs: [1, 2], failure: 1 });
    const { template } = workload('bad', 1) as { template: { spec: object } };
    small.add('jobs', 'bad', {
      backoffLimit: 1,
      template: { ...template, spec: { ...template.spec, restartPolicy: 'Never' } },
    });
    small.run(60);
    expect(small.world.store.get('jobs', 'shop', 'bad')?.status).toMatchObject({ failed: 2 });
    expect(small.told('BackoffLimitExceeded')).toHaveLength(1);
  });
});

it('an autoscaler without a metric goes by the use of CPU', () => {
  const small = smallWorld();
  small.add('deployments', 'web', workload('web', 1));
  small.add('horizontalpodautoscalers', 'web', {
    scaleTargetRef: { kind: 'Deployment', name: 'web', apiVersion: 'apps/v1' },
    maxReplicas: 3,
  });
  small.run(60);
  expect(small.world.store.get('horizontalpodautoscalers', 'shop', 'web')?.spec).toMatchObject({
    minReplicas: 1,
    metrics: [{ resource: { name: 'cpu', target: { averageUtilization: 80 } } }],
  });
});
