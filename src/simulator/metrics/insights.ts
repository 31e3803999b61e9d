/** What the agent of Container Insights tells CloudWatch of a cluster, with enhanced observability. */
import { meanOf, type Figure, type MetricSubject } from '../metric.ts';
import { noise, hash } from '../random.ts';
import { nodeUsage, podUsage, simulatedTime, type Usage } from '../world/load.ts';
import { controllerOf, isReady, type KubeNode, type Pod } from '../world/objects.ts';
import { parseQuantity } from '../world/quantity.ts';
import type { World } from '../world/world.ts';
import type { Gauges } from './gauges.ts';
import { busyness } from './wave.ts';

/** The agent on each node. */
const AGENT = 'fluent-bit';
/** So many of a kind tell of all of them. */
const SAMPLED = 8;

type Figures = Readonly<Record<string, Figure>>;

/** The metrics of a cluster, its nodes, namespaces, services, workloads and pods, since the agent was put there. */
export function insightsMetrics(world: World, gauges: Gauges): readonly MetricSubject[] {
  const { store, cluster } = world;
  const agent = store
    .list('daemonsets')
    .find(({ metadata }) => metadata.labels?.['app.kubernetes.io/name'] === AGENT);
  const since = Date.parse(agent?.metadata.creationTimestamp ?? '') || cluster.createdAt;
  const ClusterName = cluster.name;
  const subject = (
    dimensions: MetricSubject['dimensions'],
    figuresOf: () => Figures,
    from = since,
  ): MetricSubject => ({
    namespace: 'ContainerInsights',
    dimensions: { ...dimensions, ClusterName },
    resolution: 60,
    since: Math.max(since, from),
    until: null,
    // Of many pods, few are asked about.
    get figures() {
      return figuresOf();
    },
  });
  // Where no agent can be, as on Fargate, nothing is measured.
  const nodes = store.list('nodes').filter((node) => instanceIn(node) !== '');
  const names = new Set(nodes.map(({ metadata }) => metadata.name));
  const pods = store.list('pods').filter(({ spec }) => names.has(spec.nodeName ?? ''));
  const byWorkload = Map.groupBy(pods, (pod) => `${pod.metadata.namespace}/${workloadOf(pod)}`);
  const byNamespace = Map.groupBy(pods, ({ metadata }) => metadata.namespace ?? '');
  const running = (own: readonly Pod[]): number =>
    own.filter(({ status }) => status.phase === 'Running').length;
  return [
    subject({}, () => ({
      cluster_node_count: (at) => gauges.at('nodes', at),
      cluster_failed_node_count: (at) => gauges.at('failed', at),
      cluster_number_of_running_pods: (at) => gauges.at('pods', at),
      ...together(nodes, (node) => nodeFigures(world, node)),
    })),
    ...nodes.map((node) =>
      subject(
        { NodeName: node.metadata.name, InstanceId: instanceIn(node) },
        () => nodeFigures(world, node),
        Date.parse(node.metadata.creationTimestamp),
      ),
    ),
    ...[...byNamespace].map(([Namespace, own]) =>
      subject({ Namespace }, () => ({
        ...together(own, (pod) => podUse(world, pod)),
        namespace_number_of_running_pods: () => running(own),
      })),
    ),
    ...store.list('services').flatMap(({ metadata: { name, namespace = '' }, spec }) => {
      const labels = Object.entries(spec.selector ?? {});
      const own = (byNamespace.get(namespace) ?? []).filter(({ metadata }) =>
        labels.every(([key, value]) => metadata.labels?.[key] === value),
      );
      // What sends to no pod is not told of.
      if (labels.length === 0 || own.length === 0) return [];
      return [
        subject({ Service: name, Namespace: namespace }, () => ({
          ...together(own, (pod) => podFigures(world, pod)),
          service_number_of_running_pods: () => running(own),
        })),
      ];
    }),
    ...[...byWorkload.values()].flatMap((own) => {
      const [first] = own;
      if (first === undefined) return [];
      const { namespace: Namespace = '' } = first.metadata;
      const PodName = workloadOf(first);
      return [
        subject({ PodName, Namespace }, () => ({
          ...together(own, (pod) => podFigures(world, pod)),
          replicas_ready: () => own.filter(isReady).length,
        })),
        ...own.map((pod) =>
          subject(
            { FullPodName: pod.metadata.name, PodName, Namespace },
            () => podFigures(world, pod),
            Date.parse(pod.metadata.creationTimestamp),
          ),
        ),
      ];
    }),
  ];
}

const instanceIn = ({ spec }: KubeNode): string =>
  /\/(i-[\da-f]+)$/.exec(spec.providerID)?.[1] ?? '';

/** The name that the agent gives the pods of a workload: a deployment's or a cron job's, not that of what it made. */
function workloadOf(pod: Pod): string {
  const owner = controllerOf(pod);
  if (owner === undefined) return pod.metadata.name;
  if (owner.kind === 'ReplicaSet') return owner.name.replace(/-[^-]+$/, '');
  return owner.kind === 'Job' ? owner.name.replace(/-\d+$/, '') : owner.name;
}

/** What several tell together, of a few of them. */
function together<Each>(all: readonly Each[], figuresOf: (each: Each) => Figures): Figures {
  const some = all.slice(0, SAMPLED).map(figuresOf);
  const [first = {}] = some;
  return Object.fromEntries(
    Object.keys(first).map((name): [string, Figure] => [
      name,
      (at) => {
        const points = some.map((each) => each[name]?.(at) ?? null).filter((each) => each !== null);
        if (points.length === 0) return null;
        const values = points.map(meanOf);
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        return { low: Math.min(...values), mean, high: Math.max(...values) };
      },
    ]),
  );
}

function nodeFigures(world: World, node: KubeNode): Figures {
  const { name } = node.metadata;
  const capacity = capacityOf(node);
  const usage = (at: number): Usage => nodeUsage(world, node, simulatedTime(world, at));
  const pods = world.store.podsOn(name).length;
  return {
    node_cpu_utilization: (at) => percent(usage(at).cpu, capacity.cpu),
    node_memory_utilization: (at) => percent(usage(at).memory, capacity.memory),
    node_filesystem_utilization: (at) =>
      24 + 30 * noise(hash(name), 3) + 2 * busyness(`${name}/disk`, at),
    node_network_total_bytes: (at) => 900_000 * capacity.cpu * busyness(`${name}/net`, at),
    node_number_of_running_pods: () => pods,
  };
}

function podFigures(world: World, pod: Pod): Figures {
  const restarts = pod.status.containerStatuses?.reduce((sum, each) => sum + each.restartCount, 0);
  return { ...podUse(world, pod), pod_number_of_container_restarts: () => restarts ?? 0 };
}

/** What is told of the pods of a namespace as well. */
function podUse(world: World, pod: Pod): Figures {
  const { name } = pod.metadata;
  const node = world.store.get('nodes', '', pod.spec.nodeName ?? '');
  if (node === undefined) return {};
  const capacity = capacityOf(node);
  const limit = (resource: 'cpu' | 'memory'): number =>
    pod.spec.containers.reduce(
      (sum, { resources }) => sum + parseQuantity(resources?.limits?.[resource]),
      0,
    );
  const [cpuLimit, memoryLimit] = [limit('cpu'), limit('memory')];
  const usage = (at: number): Usage => podUsage(world, pod, simulatedTime(world, at));
  return {
    pod_cpu_utilization: (at) => percent(usage(at).cpu, capacity.cpu),
    pod_memory_utilization: (at) => percent(usage(at).memory, capacity.memory),
    pod_cpu_utilization_over_pod_limit: (at) => percent(usage(at).cpu, cpuLimit),
    pod_memory_utilization_over_pod_limit: (at) => percent(usage(at).memory, memoryLimit),
    pod_network_rx_bytes: (at) => 22_000 * busyness(`${name}/rx`, at),
    pod_network_tx_bytes: (at) => 31_000 * busyness(`${name}/tx`, at),
  };
}

const capacityOf = ({ status }: KubeNode): Usage => ({
  cpu: parseQuantity(status.capacity['cpu']),
  memory: parseQuantity(status.capacity['memory']),
});

/** Of what has no limit there is no share. */
const percent = (used: number, of: number): number | null => (of > 0 ? (100 * used) / of : null);
