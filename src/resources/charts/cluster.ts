/** The charts of a cluster: its control plane as EKS measures it, and all its nodes together. */
import type { Chart } from '../../domain/charts/chart.ts';
import type { ClusterRow } from '../../domain/rows.ts';
import type { EksCluster } from '../../ports/aws.ts';
import type { ChartsDef } from '../../ports/charts.ts';
import { insights, insightsLines, linesOf, MINUTE, nodeUse, PROMETHEUS_IAM } from './common.ts';
import { clusterQueries } from './prometheus/nodes.ts';

/** EKS measures control planes from this minor version on, for nothing. */
const FROM_MINOR = 28;

export const clusterCharts: ChartsDef<ClusterRow> = {
  iam: PROMETHEUS_IAM,
  of: ({ version }, _query, eks) => ({
    title: `cluster ${eks.name}`,
    charts: [...controlPlane(eks, version), ...together(eks), ...clusterQueries()],
  }),
};

/** @see https://docs.aws.amazon.com/eks/latest/userguide/cloudwatch.html */
function controlPlane({ name }: EksCluster, version: string): readonly Chart[] {
  const lines = linesOf('AWS/EKS', { ClusterName: name });
  const minor = Number(version.split('.')[1] ?? FROM_MINOR);
  const common = {
    finest: MINUTE,
    quiet: 'EKS has sent nothing in this time: it does for clusters that are active',
    ...(minor < FROM_MINOR && {
      off: `EKS measures control planes from Kubernetes 1.${FROM_MINOR} on; this one has ${version}`,
    }),
  };
  const request = 'apiserver_request_total';
  const seconds = (verb: string): string => `apiserver_request_duration_seconds_${verb}_P99`;
  const pending = (queue: string): string => `scheduler_pending_pods_${queue}`;
  const attempts = (result: string): string => `scheduler_schedule_attempts_${result}`;
  return [
    {
      ...common,
      ...{ title: 'API requests', unit: 'count', perSecond: true },
      lines: lines('Sum', {
        ...{ all: request, '4xx': `${request}_4XX`, '5xx': `${request}_5XX` },
        throttled: `${request}_429`,
      }),
    },
    {
      ...common,
      ...{ title: 'API latency p99', unit: 'seconds' },
      lines: lines('Average', {
        ...{ LIST: seconds('LIST'), GET: seconds('GET') },
        ...{ POST: seconds('POST'), PATCH: seconds('PATCH') },
      }),
    },
    {
      ...common,
      ...{ title: 'API requests in flight', unit: 'count' },
      lines: lines('Maximum', {
        'read-only': 'apiserver_current_inflight_requests_READONLY',
        mutating: 'apiserver_current_inflight_requests_MUTATING',
        seats: 'apiserver_flowcontrol_current_executing_seats',
      }),
    },
    {
      ...common,
      ...{ title: 'etcd', unit: 'bytes' },
      lines: lines('Maximum', {
        size: 'apiserver_storage_size_bytes',
        'in use': 'etcd_mvcc_db_total_size_in_use_in_bytes',
      }),
    },
    {
      ...common,
      ...{ title: 'Scheduler: pods that wait', unit: 'count' },
      lines: lines('Maximum', {
        unschedulable: pending('UNSCHEDULABLE'),
        backoff: pending('BACKOFF'),
        active: pending('ACTIVEQ'),
        gated: pending('GATED'),
      }),
    },
    {
      ...common,
      ...{ title: 'Scheduler: attempts', unit: 'count', perSecond: true },
      lines: lines('Sum', {
        scheduled: attempts('SCHEDULED'),
        unschedulable: attempts('UNSCHEDULABLE'),
        error: attempts('ERROR'),
      }),
    },
    {
      ...common,
      ...{ title: 'Admission webhooks', unit: 'count', perSecond: true },
      lines: lines('Sum', {
        requests: 'apiserver_admission_webhook_request_total',
        rejected: 'apiserver_admission_webhook_rejection_count',
      }),
    },
  ];
}

function together(eks: EksCluster): readonly Chart[] {
  const lines = insightsLines(eks);
  const common = {
    ...insights(eks),
    quiet: 'Container Insights has sent nothing of it in this time',
  };
  return [
    {
      ...common,
      ...{ title: 'Nodes', unit: 'count' },
      lines: lines('Maximum', { all: 'cluster_node_count', failed: 'cluster_failed_node_count' }),
    },
    { ...common, ...{ title: 'Use of all nodes', unit: 'percent' }, lines: nodeUse(lines) },
    {
      ...common,
      ...{ title: 'Pods that run', unit: 'count' },
      lines: lines('Maximum', { pods: 'cluster_number_of_running_pods' }),
    },
  ];
}
