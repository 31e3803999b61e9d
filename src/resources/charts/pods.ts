/** The charts of pods and of what owns them, as Container Insights or a Prometheus measures them. */
import type { ChartLine, MetricChart } from '../../domain/charts/chart.ts';
import { literally } from '../../domain/charts/promql.ts';
import type { PodRow, ServiceRow, WorkloadRow } from '../../domain/rows.ts';
import type { NamespaceRow } from '../../domain/tables/namespaces.ts';
import type { EksCluster } from '../../ports/aws.ts';
import type { ChartsDef } from '../../ports/charts.ts';
import { selects } from '../selects.ts';
import { insights, insightsLines, PROMETHEUS_IAM } from './common.ts';
import {
  namespaceQueries,
  podQueries,
  serviceQueries,
  workloadQueries,
} from './prometheus/pods.ts';

export const podCharts: ChartsDef<PodRow> = {
  iam: PROMETHEUS_IAM,
  of: ({ name, namespace, workload, fargateProfile }, _query, eks) => {
    if (fargateProfile !== '') {
      return { none: `${name} runs on Fargate: the agent of Container Insights is not there` };
    }
    const PodName = workload === '' ? name : workload;
    const of = { PodName, Namespace: namespace };
    const quiet =
      'nothing was sent of this pod in this time: single pods need enhanced observability';
    return {
      title: `pod ${name}`,
      charts: [
        ...charts(
          eks,
          // Without enhanced observability only what owns it is measured, under the name of all its pods.
          [
            ['this pod', { ...of, FullPodName: name }],
            ...(workload === '' ? [] : ([[`mean of ${workload}`, of]] as const)),
          ],
          quiet,
        ),
        ...podQueries(namespace, name),
      ],
    };
  },
};

export const workloadCharts: ChartsDef<WorkloadRow> = {
  iam: PROMETHEUS_IAM,
  of: ({ name, namespace, kind }, _query, eks) => ({
    title: `pods of ${name}`,
    charts: [
      ...charts(eks, [['mean', { PodName: name, Namespace: namespace }]], NO_AGENT),
      ...workloadQueries(namespace, podNames(kind, name)),
    ],
  }),
};

export const namespaceCharts: ChartsDef<NamespaceRow> = {
  iam: PROMETHEUS_IAM,
  of: ({ name }, _query, eks) => ({
    title: `namespace ${name}`,
    charts: [
      ...usage(eks, [['mean of its pods', { Namespace: name }]], NO_AGENT),
      running(eks, 'namespace', { Namespace: name }),
      ...namespaceQueries(name),
    ],
  }),
};

/** So many workloads behind a service are asked about. */
const MOST_BEHIND = 20;

export const serviceCharts: ChartsDef<ServiceRow> = {
  iam: PROMETHEUS_IAM,
  needs: ['pods'],
  of: (service, query, eks) => {
    const { name, namespace, type } = service;
    const isSelected = selects(service);
    if (typeof isSelected === 'string' && type === 'ExternalName') return { none: isSelected };
    const pods = typeof isSelected === 'string' ? [] : [...query.rows('pods')].filter(isSelected);
    // Exporters do not tell what a service selects: what owns its pods now owned those before them.
    const like = new Set(
      pods.map((pod) =>
        pod.workload === '' ? literally(pod.name) : podNames(pod.workloadKind, pod.workload),
      ),
    );
    const dimensions = { Service: name, Namespace: namespace };
    return {
      title: `service ${name}`,
      charts: [
        running(eks, 'service', dimensions),
        ...charts(eks, [['mean of its pods', dimensions]], NO_AGENT),
        ...serviceQueries(namespace, name, [...like].slice(0, MOST_BEHIND).join('|')),
      ],
    };
  },
};

const NO_AGENT = 'nothing was sent of its pods in this time: none ran on a node with the agent';

/** A character of what Kubernetes makes names unique with: no vowels, no digits that look like letters. */
const SAFE = '[bcdfghjklmnpqrstvwxz2456789]';

/** What names of pods have after that of what owns them (RE2). */
const POD_SUFFIX: Readonly<Record<string, string>> = {
  Deployment: `-${SAFE}{1,10}-${SAFE}{5}`,
  Rollout: `-${SAFE}{1,10}-${SAFE}{5}`,
  StatefulSet: '-[0-9]+',
  CronJob: `-[0-9]+-${SAFE}{5}`,
};

/** The names of the pods of a workload (RE2), those that are gone as well. */
const podNames = (kind: string, name: string): string =>
  `${literally(name)}${POD_SUFFIX[kind] ?? `-${SAFE}{5}`}`;

type Subject = readonly [label: string, dimensions: Readonly<Record<string, string>>];

/** What of them is used, and how often containers were started again. */
const charts = (
  eks: EksCluster,
  subjects: readonly Subject[],
  quiet: string,
): readonly MetricChart[] => [
  ...usage(eks, subjects, quiet),
  {
    ...insights(eks),
    ...{ title: 'Restarts of containers', unit: 'count', quiet },
    lines: subjects.flatMap(([label, dimensions]) =>
      insightsLines(eks, dimensions)('Maximum', { [label]: 'pod_number_of_container_restarts' }),
    ),
  },
];

/** How many pods run, of what the agent counts them for. */
const running = (
  eks: EksCluster,
  of: 'namespace' | 'service',
  dimensions: Readonly<Record<string, string>>,
): MetricChart => ({
  ...insights(eks),
  ...{ title: 'Pods that run', unit: 'count' },
  quiet: `Container Insights has sent nothing of this ${of} in this time`,
  lines: insightsLines(eks, dimensions)('Maximum', { pods: `${of}_number_of_running_pods` }),
});

/** @param subjects each of them is a line */
function usage(
  eks: EksCluster,
  subjects: readonly Subject[],
  quiet: string,
): readonly MetricChart[] {
  const common = { ...insights(eks), quiet };
  const lines = (stat: string, name: string): readonly ChartLine[] =>
    subjects.flatMap(([label, dimensions]) =>
      insightsLines(eks, dimensions)(stat, { [label]: name }),
    );
  /** Of what is shared out: two figures of each. */
  const both = (stat: string, names: Readonly<Record<string, string>>): readonly ChartLine[] =>
    subjects.flatMap(([label, dimensions]) =>
      insightsLines(eks, dimensions)(
        stat,
        Object.fromEntries(
          Object.entries(names).map(([word, name]) => [
            subjects.length > 1 ? `${word} ${label}` : word,
            name,
          ]),
        ),
      ),
    );
  const limited = {
    quiet: 'nothing was sent of it in this time: only pods that have a limit are measured so',
  };
  return [
    {
      ...common,
      ...{ title: 'CPU, of the node', unit: 'percent' },
      lines: lines('Average', 'pod_cpu_utilization'),
    },
    {
      ...common,
      ...{ title: 'Memory, of the node', unit: 'percent' },
      lines: lines('Average', 'pod_memory_utilization'),
    },
    {
      ...common,
      ...limited,
      ...{ title: 'CPU, of its limit', unit: 'percent' },
      lines: lines('Maximum', 'pod_cpu_utilization_over_pod_limit'),
    },
    {
      ...common,
      ...limited,
      ...{ title: 'Memory, of its limit', unit: 'percent' },
      lines: lines('Maximum', 'pod_memory_utilization_over_pod_limit'),
    },
    {
      ...common,
      ...{ title: 'Network', unit: 'bytes', perSecond: true },
      lines: both('Average', { in: 'pod_network_rx_bytes', out: 'pod_network_tx_bytes' }),
    },
  ];
}
