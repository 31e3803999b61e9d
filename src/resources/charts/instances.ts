/** The charts of machines: of one node, and of all of a group. */
import type { Chart } from '../../domain/charts/chart.ts';
import type { NodeGroupRow } from '../../domain/rows.ts';
import type { NodeRow } from '../../domain/tables/nodes.ts';
import type { EksCluster } from '../../ports/aws.ts';
import type { ChartsDef } from '../../ports/charts.ts';
import {
  CHARTS_IAM,
  insights,
  insightsLines,
  linesOf,
  MINUTE,
  nodeUse,
  PROMETHEUS_IAM,
} from './common.ts';
import { nodeQueries } from './prometheus.ts';

/** EC2 measures every five minutes unless detailed monitoring is paid for. */
const BASIC = 5 * MINUTE;

export const nodeCharts: ChartsDef<NodeRow> = {
  iam: PROMETHEUS_IAM,
  of: ({ name, instanceId, internalIP }, _query, eks) =>
    isOfEc2(instanceId)
      ? {
          title: `node ${name}`,
          charts: [
            ...ofNode(eks, name, instanceId),
            ...nodeQueries(name, [internalIP]),
            ...ofEc2({ InstanceId: instanceId }, 'the instance was not running in this time'),
          ],
        }
      : { none: `${name} is no instance of EC2: CloudWatch measures nothing of it` },
};

export const nodeGroupCharts: ChartsDef<NodeGroupRow> = {
  iam: CHARTS_IAM,
  of: ({ name, asg }, _query, eks) =>
    asg === ''
      ? { none: `${name} has no Auto Scaling group: CloudWatch measures nothing of it as a whole` }
      : {
          title: `nodegroup ${name}`,
          charts: [
            ofGroup(eks, asg),
            ...ofEc2({ AutoScalingGroupName: asg }, 'no instance of the group ran in this time'),
          ],
        },
};

/** `mi-…` is a hybrid node, which Systems Manager knows. */
const isOfEc2 = (instanceId: string): boolean => instanceId.startsWith('i-');

function ofEc2(dimensions: Readonly<Record<string, string>>, quiet: string): readonly Chart[] {
  const lines = linesOf('AWS/EC2', dimensions);
  const common = { finest: BASIC, quiet: `EC2 has measured nothing: ${quiet}` };
  const isGroup = 'AutoScalingGroupName' in dimensions;
  return [
    {
      ...common,
      ...{ title: 'CPU', unit: 'percent' },
      lines: [
        ...lines('Average', { [isGroup ? 'mean' : 'CPU']: 'CPUUtilization' }),
        ...(isGroup ? lines('Maximum', { highest: 'CPUUtilization' }) : []),
      ],
    },
    {
      ...common,
      ...{ title: 'Network', unit: 'bytes', perSecond: true },
      lines: lines('Sum', { in: 'NetworkIn', out: 'NetworkOut' }),
    },
    {
      ...common,
      ...{ title: 'Status checks that failed', unit: 'count' },
      lines: lines('Maximum', { failed: 'StatusCheckFailed' }),
    },
  ];
}

function ofGroup({ region }: EksCluster, asg: string): Chart {
  const dimensions = { AutoScalingGroupName: asg };
  return {
    ...{ title: 'Instances', unit: 'count', finest: MINUTE },
    lines: linesOf('AWS/AutoScaling', dimensions)('Maximum', {
      'in service': 'GroupInServiceInstances',
      desired: 'GroupDesiredCapacity',
      pending: 'GroupPendingInstances',
      most: 'GroupMaxSize',
    }),
    quiet: 'Auto Scaling has sent nothing in this time',
    sender: {
      namespace: 'AWS/AutoScaling',
      dimensions,
      missing: 'the group does not collect its metrics',
      hint: `on, for nothing, with: aws autoscaling enable-metrics-collection --region ${region} --auto-scaling-group-name ${asg} --granularity 1Minute`,
    },
  };
}

function ofNode(eks: EksCluster, NodeName: string, InstanceId: string): readonly Chart[] {
  const lines = insightsLines(eks, { NodeName, InstanceId });
  const common = {
    ...insights(eks),
    quiet: 'Container Insights has sent nothing of this node in this time',
  };
  return [
    { ...common, ...{ title: 'Use', unit: 'percent' }, lines: nodeUse(lines) },
    {
      ...common,
      ...{ title: 'Pods that run', unit: 'count' },
      lines: lines('Maximum', { pods: 'node_number_of_running_pods' }),
    },
  ];
}
