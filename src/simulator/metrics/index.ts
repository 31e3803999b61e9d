/** What CloudWatch has of a cluster: its control plane, instances, balancers, volumes, containers. */
import type { EksCluster } from '../region.ts';
import { conditionOf } from '../world/objects.ts';
import { roundsApart } from '../world/past.ts';
import type { World } from '../world/world.ts';
import { balancerMetrics, targetCounts } from './balancers.ts';
import { controlPlaneMetrics } from './control-plane.ts';
import { exporterSeries } from './exporters/index.ts';
import { Gauges } from './gauges.ts';
import { insightsMetrics } from './insights.ts';
import { instanceMetrics } from './instances.ts';
import { volumeMetrics } from './volumes.ts';

/** How often what there is is counted (simulated ms). */
const EVERY = 60_000;

/**
 * Counts from a moment on what there is in a world, and tells the metrics that follow from it and from
 * what the world is when it is asked.
 *
 * @param since simulated ms
 * @param containerInsights an agent sends what nodes and containers use
 */
export function startMetrics(
  world: World,
  since: number,
  containerInsights: boolean,
): Pick<EksCluster, 'metrics' | 'series'> {
  const gauges = new Gauges();
  const { clock } = world;
  let round = 0;
  clock.every(
    EVERY,
    () => {
      if (round++ % roundsApart(world) === 0) count(world, gauges);
    },
    Math.max(EVERY, since - clock.now()),
  );
  return {
    metrics: () => [
      ...controlPlaneMetrics(world, gauges),
      ...instanceMetrics(world, gauges),
      ...balancerMetrics(world, gauges),
      ...volumeMetrics(world),
      ...(containerInsights ? insightsMetrics(world, gauges) : []),
    ],
    series: exporterSeries(world, gauges),
  };
}

function count(world: World, gauges: Gauges): void {
  const { store, cluster, clock } = world;
  const at = clock.date();
  const nodes = store.list('nodes');
  const ready = nodes.filter(
    ({ status }) => conditionOf(status.conditions, 'Ready')?.status === 'True',
  ).length;
  let [running, unscheduled] = [0, 0];
  for (const { spec, status } of store.values('pods')) {
    if (status.phase === 'Running') running++;
    if (status.phase === 'Pending' && (spec.nodeName ?? '') === '') unscheduled++;
  }
  gauges.record('nodes', at, nodes.length);
  gauges.record('failed', at, nodes.length - ready);
  gauges.record('pods', at, running);
  gauges.record('unscheduled', at, unscheduled);
  for (const { name, desired, instanceIds } of cluster.autoScalingGroups) {
    const pending = [...instanceIds].filter(
      (id) => cluster.instances.get(id)?.state === 'pending',
    ).length;
    gauges.record(`desired/${name}`, at, desired);
    gauges.record(`running/${name}`, at, instanceIds.size - pending);
    gauges.record(`pending/${name}`, at, pending);
  }
  for (const [name, targets] of targetCounts(world)) gauges.record(name, at, targets);
}
