import { retire } from '../controllers/autoscaling-groups.ts';
import { earlier } from '../catalog/objects.ts';
import type { LiveCluster } from '../simulation.ts';
import type { Deployment } from '../world/workload-objects.ts';
import type { Scenario } from './scenario.ts';

/** An ordinary, lively day: a release now and then, a Spot instance that leaves. */
export const steady: Scenario = { name: 'steady', start: startDay };

const MINUTE = 60_000;

/** A release about every two minutes and a half, a Spot interruption about every seven. */
export function startDay(cluster: LiveCluster): void {
  const { clock, random } = cluster.world;
  const chance = random.fork('day');
  const soon = (fn: () => void, average: number, first: number): void => {
    const again = (): void => {
      fn();
      clock.after(chance.between(0.6, 1.4) * average, again);
    };
    clock.after(first, again);
  };
  soon(() => release(cluster), 2.5 * MINUTE, 25_000);
  soon(() => interruptSpot(cluster), 7 * MINUTE, 100_000);
}

/** Rolls one of the shop's deployments to its next release. */
function release({ world }: LiveCluster): void {
  const candidates = world.store.list('deployments').filter(isCalm);
  if (candidates.length === 0) return;
  const deployment = world.random.pick(candidates);
  const [main, ...others] = deployment.spec.template.spec.containers;
  if (!main) return;
  const { template } = deployment.spec;
  const image = earlier(main.image, -1);
  const version = image.slice(image.lastIndexOf(':') + 1);
  const labels = (before: Readonly<Record<string, string>> = {}): Record<string, string> => ({
    ...before,
    'app.kubernetes.io/version': version,
  });
  world.store.update('deployments', {
    ...deployment,
    metadata: { ...deployment.metadata, labels: labels(deployment.metadata.labels) },
    spec: {
      ...deployment.spec,
      template: {
        ...template,
        metadata: { ...template.metadata, labels: labels(template.metadata?.labels) },
        spec: { ...template.spec, containers: [{ ...main, image }, ...others] },
      },
    },
  });
}

/** Only what is healthy and complete is released: the broken stay as they are for all to see. */
function isCalm({ metadata, spec, status }: Deployment): boolean {
  return (
    !['kube-system', 'ingress', 'observability'].includes(metadata.namespace ?? '') &&
    spec.template.spec.containers[0]?.image.includes('/shop/') === true &&
    spec.replicas > 2 &&
    status.readyReplicas === spec.replicas &&
    status.updatedReplicas === spec.replicas &&
    status.replicas === spec.replicas
  );
}

/** EC2 takes a Spot instance back: two minutes' warning, then it is drained and replaced. */
export function interruptSpot({ world, fleet }: LiveCluster): void {
  const spot = [...world.cluster.instances.values()].filter(
    ({ lifecycle, state }) => lifecycle === 'spot' && state === 'running',
  );
  if (spot.length === 0) return;
  const instance = world.random.pick(spot);
  const node = world.store.get('nodes', '', instance.privateDnsName);
  if (!node || node.spec.unschedulable) return;
  world.recorder.record('nodes', node, {
    type: 'Warning',
    reason: 'SpotInterruption',
    message: `Spot interruption notice received for ${instance.id}: the instance will be terminated in two minutes`,
    component: 'aws-node-termination-handler',
  });
  // Its handler marks what it is going to drain.
  world.store.update('nodes', {
    ...node,
    metadata: {
      ...node.metadata,
      labels: {
        ...node.metadata.labels,
        'aws-node-termination-handler/action': 'cordon-and-drain',
        'aws-node-termination-handler/event-id': `spot-itn-${instance.id.slice(-8)}`,
      },
    },
  });
  retire(fleet, instance, 15_000);
}
