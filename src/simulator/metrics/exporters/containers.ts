/** What kubelets tell of containers (cAdvisor): what metrics.k8s.io tells, over time. */
import type { PromSource } from '../../prometheus.ts';
import { containerUsage, simulatedTime } from '../../world/load.ts';
import type { Container, Pod } from '../../world/objects.ts';
import { parseQuantity } from '../../world/quantity.ts';
import type { World } from '../../world/world.ts';
import { busyness } from '../wave.ts';
import { isMachine, madeAt, type SeriesMakers } from './series.ts';

/** Periods in which the kernel shares out CPU, in a second. */
const PERIODS = 10;
/** Above this part of its limit a container is held back in some periods: work comes in bursts. */
const BURSTS = 0.6;

/** The series of containers and of the networks of their pods. */
export function containerSeries(world: World): SeriesMakers {
  const { store } = world;
  const pods = (): readonly Pod[] => {
    const machines = new Set(
      store
        .list('nodes')
        .filter(isMachine)
        .map(({ metadata }) => metadata.name),
    );
    return store.list('pods').filter(({ spec }) => machines.has(spec.nodeName ?? ''));
  };
  const labelsOf = ({ metadata, spec }: Pod): Record<string, string> => ({
    job: 'kubelet',
    metrics_path: '/metrics/cadvisor',
    node: spec.nodeName ?? '',
    instance: spec.nodeName ?? '',
    namespace: metadata.namespace ?? '',
    pod: metadata.name,
  });
  const each =
    (
      kind: PromSource['kind'],
      of: (pod: Pod, container: Container) => PromSource['read'] | null,
    ): (() => readonly PromSource[]) =>
    () =>
      pods().flatMap((pod) =>
        pod.spec.containers.flatMap((container): PromSource[] => {
          const read = of(pod, container);
          const labels = { ...labelsOf(pod), container: container.name, image: container.image };
          return read === null ? [] : [{ labels, since: madeAt(pod), kind, read }];
        }),
      );
  const usage = (pod: Pod, container: Container) => (at: number) =>
    containerUsage(world, pod, container, simulatedTime(world, at));
  const network =
    (way: string, bytes: number): (() => readonly PromSource[]) =>
    () =>
      pods().map((pod) => ({
        labels: { ...labelsOf(pod), interface: 'eth0' },
        ...{ since: madeAt(pod), kind: 'flow' },
        read: (at) => bytes * busyness(`${pod.metadata.name}/${way}`, at),
      }));
  /** Only what has a limit is counted in periods. */
  const share = (pod: Pod, container: Container): ((at: number) => number) | null => {
    const limit = parseQuantity(container.resources?.limits?.['cpu']);
    const used = usage(pod, container);
    return limit > 0 ? (at) => used(at).cpu / limit : null;
  };
  return {
    container_cpu_usage_seconds_total: each('flow', (pod, container) => {
      const used = usage(pod, container);
      return (at) => used(at).cpu;
    }),
    container_memory_working_set_bytes: each('gauge', (pod, container) => {
      const used = usage(pod, container);
      return (at) => used(at).memory;
    }),
    container_cpu_cfs_periods_total: each('flow', (pod, container) =>
      share(pod, container) === null ? null : () => PERIODS,
    ),
    container_cpu_cfs_throttled_periods_total: each('flow', (pod, container) => {
      const used = share(pod, container);
      return (
        used && ((at) => (PERIODS * Math.max(0, Math.min(1, used(at)) - BURSTS)) / (1 - BURSTS))
      );
    }),
    container_network_receive_bytes_total: network('rx', 22_000),
    container_network_transmit_bytes_total: network('tx', 31_000),
  };
}
