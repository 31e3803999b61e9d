/**
 * What is asked of a Prometheus: the metrics that the kubelet (cAdvisor), kube-state-metrics and the
 * node exporter have by their own names, which every scrape configuration for EKS keeps.
 */
import type { PromChart, PromLine } from '../../domain/charts/chart.ts';
import {
  literally,
  ranged,
  selector,
  type LabelTest,
  type PromQuery,
  type PromScope,
} from '../../domain/charts/promql.ts';
import { MINUTE } from './common.ts';

/** Which series are meant: labels and what they are compared with. */
export type Labels = Readonly<Record<string, LabelTest>>;

/** Lines by their labels. */
export const promLines = (queries: Readonly<Record<string, PromQuery>>): readonly PromLine[] =>
  Object.entries(queries).map(([label, query]) => ({ label, query }));

/** What every chart of Prometheus has. */
export const prom = (quiet: string): Pick<PromChart, 'agent' | 'finest' | 'quiet'> => ({
  ...{ agent: 'prometheus', finest: MINUTE },
  quiet,
});

/** Containers themselves: neither the sum of their pod nor what holds its network. */
const CONTAINERS: Labels = { container: { unlike: '|POD' } };

/** Selects series; of several, a question makes one. */
type SeriesOf = (scope: PromScope) => string;

const rateOf =
  (name: string, labels: Labels): SeriesOf =>
  (scope) =>
    `rate(${ranged(name, labels, scope)})`;

const gauge =
  (name: string, labels: Labels): SeriesOf =>
  (scope) =>
    selector(name, labels, scope);

const cpuOf = (of: Labels): SeriesOf =>
  rateOf('container_cpu_usage_seconds_total', { ...of, ...CONTAINERS });
const memoryOf = (of: Labels): SeriesOf =>
  gauge('container_memory_working_set_bytes', { ...of, ...CONTAINERS });
const asked = (of: Labels, what: 'requests' | 'limits', resource: string): SeriesOf =>
  gauge(`kube_pod_container_resource_${what}`, { ...of, resource });

const sum =
  (of: SeriesOf): PromQuery =>
  (scope) =>
    `sum(${of(scope)})`;

/** What is made of the sums of each pod. */
const overPods =
  (made: 'avg' | 'max', of: SeriesOf): PromQuery =>
  (scope) =>
    `${made}(sum by (namespace, pod) (${of(scope)}))`;

const throttled = (of: Labels): PromQuery => {
  const periods = (name: string): PromQuery =>
    sum(rateOf(`container_cpu_cfs_${name}periods_total`, { ...of, ...CONTAINERS }));
  return (scope) => `100 * ${periods('throttled_')(scope)} / ${periods('')(scope)}`;
};

const UNLIMITED =
  'nothing was scraped of it in this time: only containers that have a limit are held back';

/** Charts that pods have alone as together. */
function common(of: Labels, quiet: string): readonly PromChart[] {
  return [
    {
      ...prom(UNLIMITED),
      ...{ title: 'CPU held back by its limit', unit: 'percent' },
      lines: promLines({ 'of all periods': throttled(of) }),
    },
    {
      ...prom(quiet),
      ...{ title: 'Network', unit: 'bytes', perSecond: true },
      lines: promLines({
        in: sum(rateOf('container_network_receive_bytes_total', of)),
        out: sum(rateOf('container_network_transmit_bytes_total', of)),
      }),
    },
    {
      ...prom('kube-state-metrics has told nothing of it in this time'),
      ...{ title: 'Restarts of containers', unit: 'count' },
      lines: promLines({ restarts: sum(gauge('kube_pod_container_status_restarts_total', of)) }),
    },
  ];
}

/** The charts of one pod. */
export function podQueries(namespace: string, pod: string): readonly PromChart[] {
  const of: Labels = { namespace, pod };
  const quiet = 'nothing was scraped of this pod in this time';
  return [
    {
      ...prom(quiet),
      ...{ title: 'CPU, in cores', unit: 'count' },
      lines: promLines({
        used: sum(cpuOf(of)),
        requested: sum(asked(of, 'requests', 'cpu')),
        limit: sum(asked(of, 'limits', 'cpu')),
      }),
    },
    {
      ...prom(quiet),
      ...{ title: 'Memory', unit: 'bytes' },
      lines: promLines({
        used: sum(memoryOf(of)),
        requested: sum(asked(of, 'requests', 'memory')),
        limit: sum(asked(of, 'limits', 'memory')),
      }),
    },
    ...common(of, quiet),
  ];
}

/** The charts of pods that do the same, by what their names have in common (RE2). */
export function workloadQueries(namespace: string, like: string): readonly PromChart[] {
  const of: Labels = { namespace, pod: { like } };
  const quiet = 'nothing was scraped of its pods in this time';
  const each = (used: SeriesOf, resource: string): readonly PromLine[] =>
    promLines({
      mean: overPods('avg', used),
      highest: overPods('max', used),
      requested: overPods('max', asked(of, 'requests', resource)),
      limit: overPods('max', asked(of, 'limits', resource)),
    });
  return [
    {
      ...prom(quiet),
      ...{ title: 'CPU of a pod, in cores', unit: 'count' },
      lines: each(cpuOf(of), 'cpu'),
    },
    {
      ...prom(quiet),
      ...{ title: 'Memory of a pod', unit: 'bytes' },
      lines: each(memoryOf(of), 'memory'),
    },
    ...common(of, quiet),
    {
      ...prom('kube-state-metrics has told nothing of its pods in this time'),
      ...{ title: 'Pods', unit: 'count' },
      lines: promLines({
        ready: sum(gauge('kube_pod_status_ready', { ...of, condition: 'true' })),
        all: (scope) => `count(${selector('kube_pod_info', of, scope)})`,
      }),
    },
  ];
}

/** The charts of all pods of a namespace together. */
export function namespaceQueries(namespace: string): readonly PromChart[] {
  const of: Labels = { namespace };
  const quiet = 'nothing was scraped of its pods in this time';
  const all = (used: SeriesOf, resource: string): readonly PromLine[] =>
    promLines({
      used: sum(used),
      requested: sum(asked(of, 'requests', resource)),
      limits: sum(asked(of, 'limits', resource)),
    });
  return [
    { ...prom(quiet), ...{ title: 'CPU, in cores', unit: 'count' }, lines: all(cpuOf(of), 'cpu') },
    { ...prom(quiet), ...{ title: 'Memory', unit: 'bytes' }, lines: all(memoryOf(of), 'memory') },
    ...common(of, quiet),
    {
      ...prom('kube-state-metrics has told nothing of its pods in this time'),
      ...{ title: 'Pods', unit: 'count' },
      lines: promLines({ running: phase(of, 'Running'), pending: phase(of, 'Pending') }),
    },
  ];
}

const phase = (of: Labels, name: string): PromQuery =>
  sum(gauge('kube_pod_status_phase', { ...of, phase: name }));

/** What the node exporter tells of nodes: of these, or of all. */
const nodeUseQueries = (of: Labels): readonly PromLine[] => {
  const left = (free: string, all: string, only: Labels = {}): PromQuery => {
    const each = (name: string): PromQuery => sum(gauge(name, { ...of, ...only }));
    return (scope) => `100 * (1 - ${each(free)(scope)} / ${each(all)(scope)})`;
  };
  const idle = rateOf('node_cpu_seconds_total', { ...of, mode: 'idle' });
  return promLines({
    CPU: (scope) => `100 * (1 - avg(${idle(scope)}))`,
    memory: left('node_memory_MemAvailable_bytes', 'node_memory_MemTotal_bytes'),
    disk: left('node_filesystem_avail_bytes', 'node_filesystem_size_bytes', { mountpoint: '/' }),
  });
};

const NO_EXPORTER = 'nothing was scraped of a node exporter in this time';

/** The charts of a node. @param addresses its name and its addresses: an exporter goes by any of them */
export function nodeQueries(name: string, addresses: readonly string[]): readonly PromChart[] {
  const names = [name, ...addresses].filter((each) => each !== '').map(literally);
  const of: Labels = { instance: { like: `(${names.join('|')})(:[0-9]+)?` } };
  return [
    { ...prom(NO_EXPORTER), ...{ title: 'Use', unit: 'percent' }, lines: nodeUseQueries(of) },
    {
      ...prom(NO_EXPORTER),
      ...{ title: 'Processes that run or wait', unit: 'count' },
      lines: promLines({
        'over 1m': sum(gauge('node_load1', of)),
        'over 15m': sum(gauge('node_load15', of)),
      }),
    },
    {
      ...prom('kube-state-metrics has told nothing of its pods in this time'),
      ...{ title: 'Pods that run', unit: 'count' },
      lines: promLines({
        pods: (scope) => `count(${selector('kube_pod_info', { node: name }, scope)})`,
      }),
    },
  ];
}

/** The charts of all nodes and pods of a cluster. */
export const clusterQueries = (): readonly PromChart[] => [
  {
    ...prom('kube-state-metrics has told nothing in this time'),
    ...{ title: 'Nodes', unit: 'count' },
    lines: promLines({
      all: (scope) => `count(${selector('kube_node_info', {}, scope)})`,
      'not ready': sum(
        gauge('kube_node_status_condition', {
          condition: 'Ready',
          status: { like: 'false|unknown' },
        }),
      ),
    }),
  },
  {
    ...prom(NO_EXPORTER),
    ...{ title: 'Use of all nodes', unit: 'percent' },
    lines: nodeUseQueries({}),
  },
  {
    ...prom('no kubelet was scraped in this time'),
    ...{ title: 'Pods', unit: 'count' },
    lines: promLines({
      running: sum(gauge('kubelet_running_pods', {})),
      pending: phase({}, 'Pending'),
    }),
  },
];
