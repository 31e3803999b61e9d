/** What a Prometheus scrapes of a cluster: the kubelets, kube-state-metrics and the node exporters. */
import type { PromSources } from '../../prometheus.ts';
import type { World } from '../../world/world.ts';
import type { Gauges } from '../gauges.ts';
import { containerSeries } from './containers.ts';
import { nodeSeries } from './nodes.ts';
import { stateSeries } from './state.ts';

/** The series of a world, by the name of their metric. */
export function exporterSeries(world: World, gauges: Gauges): PromSources {
  const makers = {
    ...containerSeries(world),
    ...stateSeries(world),
    ...nodeSeries(world, gauges),
  };
  return (name) => (Object.hasOwn(makers, name) ? (makers[name]?.() ?? []) : []);
}
