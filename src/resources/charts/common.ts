/** What charts of several kinds have in common. */
import type { ChartLine, MetricChart, Sender } from '../../domain/charts/chart.ts';
import type { EksCluster } from '../../ports/aws.ts';
import type { AwsRead } from '../../ports/aws-calls.ts';

/** What every chart asks. */
export const CHARTS_IAM: readonly AwsRead[] = [
  'cloudwatch:GetMetricData',
  'cloudwatch:ListMetrics',
];

/** What charts ask that a Prometheus may have. */
export const PROMETHEUS_IAM: readonly AwsRead[] = [
  ...CHARTS_IAM,
  'aps:ListScrapers',
  'aps:ListWorkspaces',
  'aps:QueryMetrics',
];

/** Seconds between points, where nothing else is said. */
export const MINUTE = 60;

/** Makes lines over metrics of one namespace and the same dimensions. */
export const linesOf =
  (namespace: string, dimensions: Readonly<Record<string, string>>) =>
  (stat: string, names: Readonly<Record<string, string>>): readonly ChartLine[] =>
    Object.entries(names).map(([label, name]) => ({
      label,
      metric: { namespace, name, dimensions, stat },
    }));

const INSIGHTS = 'ContainerInsights';

/** The metrics that Container Insights sends. */
export const insightsLines = (
  { name }: EksCluster,
  dimensions: Readonly<Record<string, string>> = {},
): ReturnType<typeof linesOf> => linesOf(INSIGHTS, { ...dimensions, ClusterName: name });

/**
 * What every chart of Container Insights says where nothing comes. The add-on's newest versions send
 * OpenTelemetry instead, which is read by other calls.
 */
export const insights = ({
  name,
  region,
}: EksCluster): Required<Pick<MetricChart, 'agent' | 'finest' | 'sender'>> => ({
  agent: 'cloudwatch',
  finest: MINUTE,
  sender: {
    namespace: INSIGHTS,
    dimensions: { ClusterName: name },
    missing: `Container Insights sends no metrics of ${name}`,
    hint: `on with: aws eks create-addon --region ${region} --cluster-name ${name} --addon-name amazon-cloudwatch-observability`,
  } satisfies Sender,
});

/** What is used of nodes: of one, or of all where the metrics are of none. */
export const nodeUse = (lines: ReturnType<typeof linesOf>): readonly ChartLine[] =>
  lines('Average', {
    CPU: 'node_cpu_utilization',
    memory: 'node_memory_utilization',
    disk: 'node_filesystem_utilization',
  });
