/** What a Prometheus is asked of pods: of one, of those of a workload, a service or a namespace. */
import type { PromChart, PromLine } from '../../../domain/charts/chart.ts';
import { selector, type PromQuery } from '../../../domain/charts/promql.ts';
import {
  asked,
  gauge,
  NOT_ENDED,
  phase,
  prom,
  promLines,
  rateOf,
  sum,
  sumOfPods,
  type Labels,
  type SeriesOf,
} from './series.ts';

/** Containers themselves: neither the sum of their pod nor what holds its network. */
const CONTAINERS: Labels = { container: { unlike: '|POD' } };

const cpuOf = (of: Labels): SeriesOf =>
  rateOf('container_cpu_usage_seconds_total', { ...of, ...CONTAINERS });
const memoryOf = (of: Labels): SeriesOf =>
  gauge('container_memory_working_set_bytes', { ...of, ...CONTAINERS });
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

/**
 * The charts of what a service sends to.
 *
 * @param like what names of its pods have in common (RE2); empty: nothing is known of them
 */
export function serviceQueries(
  namespace: string,
  name: string,
  like: string,
): readonly PromChart[] {
  // An address stands there once for each port; of none of a kind nothing is told, which is 0 where
  // its object is told of.
  const addresses =
    (ready: string): PromQuery =>
    (scope) => {
      const of = selector('kube_endpoint_address', { namespace, endpoint: name, ready }, scope);
      const there = selector('kube_endpoint_info', { namespace, endpoint: name }, scope);
      return `count(max by (ip) (${of})) or 0 * sum(${there})`;
    };
  return [
    {
      ...prom('kube-state-metrics has told nothing of its endpoints in this time'),
      ...{ title: 'Endpoints', unit: 'count' },
      lines: promLines({ ready: addresses('true'), 'not ready': addresses('false') }),
    },
    ...(like === '' ? [] : workloadQueries(namespace, like)),
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
      requested: sumOfPods(asked(of, 'requests', resource), NOT_ENDED, of),
      limits: sumOfPods(asked(of, 'limits', resource), NOT_ENDED, of),
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
