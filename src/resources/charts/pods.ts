/** The charts of pods and of what owns them, as Container Insights measures them. */
import type { Chart, ChartLine } from '../../domain/charts/chart.ts';
import type { PodRow, WorkloadRow } from '../../domain/rows.ts';
import type { EksCluster } from '../../ports/aws.ts';
import type { ChartsDef } from '../../ports/charts.ts';
import { CHARTS_IAM, insights, insightsLines } from './common.ts';

export const podCharts: ChartsDef<PodRow> = {
  iam: CHARTS_IAM,
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
      charts: charts(
        eks,
        // Without enhanced observability only what owns it is measured, under the name of all its pods.
        [
          ['this pod', { ...of, FullPodName: name }],
          ...(workload === '' ? [] : ([[`mean of ${workload}`, of]] as const)),
        ],
        quiet,
      ),
    };
  },
};

export const workloadCharts: ChartsDef<WorkloadRow> = {
  iam: CHARTS_IAM,
  of: ({ name, namespace }, _query, eks) => ({
    title: `pods of ${name}`,
    charts: charts(
      eks,
      [['mean', { PodName: name, Namespace: namespace }]],
      'nothing was sent of its pods in this time: none ran on a node with the agent',
    ),
  }),
};

type Subject = readonly [label: string, dimensions: Readonly<Record<string, string>>];

/** @param subjects each of them is a line */
function charts(eks: EksCluster, subjects: readonly Subject[], quiet: string): readonly Chart[] {
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
    {
      ...common,
      ...{ title: 'Restarts of containers', unit: 'count' },
      lines: lines('Maximum', 'pod_number_of_container_restarts'),
    },
  ];
}
