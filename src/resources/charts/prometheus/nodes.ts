/** What a Prometheus is asked of nodes: of one, of a group, of all. */
import type { PromChart, PromLine } from '../../../domain/charts/chart.ts';
import {
  literally,
  selector,
  type LabelTest,
  type PromQuery,
} from '../../../domain/charts/promql.ts';
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

const idle = (of: Labels): SeriesOf => rateOf('node_cpu_seconds_total', { ...of, mode: 'idle' });

/** What the node exporter tells of nodes: of these, or of all. */
const nodeUseQueries = (of: Labels): readonly PromLine[] => {
  const left = (free: string, all: string, only: Labels = {}): PromQuery => {
    const each = (name: string): PromQuery => sum(gauge(name, { ...of, ...only }));
    return (scope) => `100 * (1 - ${each(free)(scope)} / ${each(all)(scope)})`;
  };
  return promLines({
    CPU: (scope) => `100 * (1 - avg(${idle(of)(scope)}))`,
    memory: left('node_memory_MemAvailable_bytes', 'node_memory_MemTotal_bytes'),
    disk: left('node_filesystem_avail_bytes', 'node_filesystem_size_bytes', { mountpoint: '/' }),
  });
};

const NO_EXPORTER = 'nothing was scraped of a node exporter in this time';

/** A node, as exporters know it. */
export interface ScrapedNode {
  readonly name: string;
  /** An exporter on it goes by its name or by any of these. */
  readonly addresses: readonly string[];
}

/** Any of these texts, and nothing else (RE2). */
const anyOf = (texts: readonly string[]): string =>
  texts
    .filter((each) => each !== '')
    .map(literally)
    .join('|');

/** What node exporters tell is told apart by where they were scraped. */
const scrapedAt = (nodes: readonly ScrapedNode[]): Labels => {
  const names = anyOf(nodes.flatMap(({ name, addresses }) => [name, ...addresses]));
  return { instance: { like: `(${names})(:[0-9]+)?` } };
};

/** What pods of nodes ask for, of what there is for them. */
function askedQueries(node: LabelTest): readonly PromChart[] {
  const lines = (resource: string): readonly PromLine[] =>
    promLines({
      requested: sumOfPods(asked({ node }, 'requests', resource), NOT_ENDED),
      allocatable: sum(gauge('kube_node_status_allocatable', { node, resource })),
    });
  const common = prom('kube-state-metrics has told nothing of it in this time');
  return [
    { ...common, ...{ title: 'CPU for pods, in cores', unit: 'count' }, lines: lines('cpu') },
    { ...common, ...{ title: 'Memory for pods', unit: 'bytes' }, lines: lines('memory') },
    {
      ...common,
      ...{ title: 'Pods that run', unit: 'count' },
      lines: promLines({ pods: sumOfPods(gauge('kube_pod_info', { node }), 'Running') }),
    },
  ];
}

/** The charts of a node. */
export function nodeQueries(node: ScrapedNode): readonly PromChart[] {
  const of = scrapedAt([node]);
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
    ...askedQueries(node.name),
  ];
}

/** The charts of nodes that belong together; none: there is no node. */
export function nodesQueries(nodes: readonly ScrapedNode[]): readonly PromChart[] {
  if (nodes.length === 0) return [];
  const of = scrapedAt(nodes);
  return [
    {
      ...prom(NO_EXPORTER),
      ...{ title: 'Use of its nodes', unit: 'percent' },
      lines: [
        ...nodeUseQueries(of),
        ...promLines({
          busiest: (scope) => `100 * (1 - min(avg by (instance) (${idle(of)(scope)})))`,
        }),
      ],
    },
    ...askedQueries({ like: anyOf(nodes.map(({ name }) => name)) }),
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
