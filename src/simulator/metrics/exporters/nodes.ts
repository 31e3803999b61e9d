/** What node exporters tell of machines, and kubelets of how many pods they run. */
import type { PromSource } from '../../prometheus.ts';
import { hash, noise } from '../../random.ts';
import { nodeUsage, simulatedTime, type Usage } from '../../world/load.ts';
import type { KubeNode } from '../../world/objects.ts';
import { parseQuantity } from '../../world/quantity.ts';
import type { World } from '../../world/world.ts';
import type { Gauges } from '../gauges.ts';
import { busyness } from '../wave.ts';
import { addressOf, isMachine, madeAt, type SeriesMakers } from './series.ts';

const GIB = 2 ** 30;
/** The disk that a node is started with. */
const DISK = 80 * GIB;

const MINUTE = 60_000;
/** Minutes of a node that are remembered. */
const MOST_MINUTES = 2000;

/** The series of machines. */
export function nodeSeries(world: World, gauges: Gauges): SeriesMakers {
  const nodes = (): readonly KubeNode[] => world.store.list('nodes').filter(isMachine);
  const capacity = ({ status }: KubeNode, resource: string): number =>
    parseQuantity(status.capacity[resource]);
  /** Of a node several series tell, over the same minutes: what it used in one is reckoned once. */
  const minutes = new WeakMap<KubeNode, Map<number, Usage>>();
  const usage = (node: KubeNode, at: number): Usage => {
    const minute = Math.floor(at / MINUTE) * MINUTE;
    const known = minutes.get(node) ?? new Map<number, Usage>();
    if (known.size >= MOST_MINUTES) known.clear();
    minutes.set(node, known);
    const found = known.get(minute) ?? nodeUsage(world, node, simulatedTime(world, minute));
    known.set(minute, found);
    return found;
  };
  const each =
    (
      kind: PromSource['kind'],
      of: (node: KubeNode) => PromSource['read'],
      labels: Readonly<Record<string, string>> = {},
    ): (() => readonly PromSource[]) =>
    () =>
      nodes().map((node) => ({
        labels: { job: 'node-exporter', instance: `${addressOf(node)}:9100`, ...labels },
        ...{ since: madeAt(node), kind, read: of(node) },
      }));
  const busy = (node: KubeNode, at: number): number =>
    Math.min(1, usage(node, at).cpu / capacity(node, 'cpu'));
  const load = (node: KubeNode) => (at: number) =>
    usage(node, at).cpu * (0.9 + 0.2 * busyness(`${node.metadata.name}/load`, at));
  const disk = { device: '/dev/nvme0n1p1', fstype: 'xfs', mountpoint: '/' };
  return {
    up: () =>
      nodes().flatMap((node) =>
        ['kubelet', 'node-exporter'].map((job): PromSource => ({
          labels: { job, instance: `${addressOf(node)}:${job === 'kubelet' ? 10250 : 9100}` },
          ...{ since: madeAt(node), kind: 'gauge', read: () => 1 },
        })),
      ),
    kubelet_running_pods: () =>
      nodes().map((node) => {
        const own = world.store.podsOn(node.metadata.name).length;
        const now = gauges.at('pods', world.clock.date()) ?? 0;
        return {
          labels: { job: 'kubelet', instance: node.metadata.name, node: node.metadata.name },
          ...{ since: madeAt(node), kind: 'gauge' },
          // As many more or less as there were in the whole cluster.
          read: (at) => (now === 0 ? own : own * ((gauges.at('pods', at) ?? now) / now)),
        };
      }),
    node_cpu_seconds_total: () =>
      nodes().flatMap((node) => {
        const cores = Math.max(1, Math.round(capacity(node, 'cpu')));
        const ofCore = (cpu: number, mode: 'idle' | 'user'): PromSource => ({
          labels: {
            ...{ job: 'node-exporter', instance: `${addressOf(node)}:9100` },
            ...{ cpu: String(cpu), mode },
          },
          ...{ since: madeAt(node), kind: 'flow' },
          read: (at) => (mode === 'idle' ? 1 - busy(node, at) : busy(node, at)),
        });
        return Array.from({ length: cores }, (_, cpu) => [
          ofCore(cpu, 'idle'),
          ofCore(cpu, 'user'),
        ]).flat();
      }),
    node_memory_MemTotal_bytes: each('gauge', (node) => () => capacity(node, 'memory')),
    node_memory_MemAvailable_bytes: each(
      'gauge',
      (node) => (at) => Math.max(0, capacity(node, 'memory') - usage(node, at).memory),
    ),
    node_filesystem_size_bytes: each('gauge', () => () => DISK, disk),
    node_filesystem_avail_bytes: each(
      'gauge',
      ({ metadata: { name } }) =>
        (at) =>
          DISK * (0.76 - 0.3 * noise(hash(name), 3) - 0.02 * busyness(`${name}/disk`, at)),
      disk,
    ),
    node_load1: each('gauge', load),
    node_load15: each('gauge', (node) => {
      const now = load(node);
      return (at) => (now(at) + now(at - 300_000) + now(at - 600_000)) / 3;
    }),
  };
}
