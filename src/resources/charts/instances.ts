/** The charts of machines: of one node, and of all of a group. */
import type { Chart } from '../../domain/charts/chart.ts';
import type { NodeGroupRow } from '../../domain/rows.ts';
import type { NodeRow } from '../../domain/tables/nodes.ts';
import type { EksCluster } from '../../ports/aws.ts';
import type { ChartsDef } from '../../ports/charts.ts';
import { insights, insightsLines, linesOf, MINUTE, nodeUse, PROMETHEUS_IAM } from './common.ts';
import { nodeQueries, nodesQueries, type ScrapedNode } from './prometheus/nodes.ts';

/** EC2 measures every five minutes unless detailed monitoring is paid for. */
const BASIC = 5 * MINUTE;

export const nodeCharts: ChartsDef<NodeRow> = {
  iam: PROMETHEUS_IAM,
  of: (node, _query, eks) => {
    const { name, instanceId } = node;
    return isOfEc2(instanceId)
      ? {
          title: `node ${name}`,
          charts: [
            ...ofNode(eks, name, instanceId),
            ...nodeQueries(scraped(node)),
            ...ofEc2({ InstanceId: instanceId }, 'the instance was not running in this time'),
          ],
        }
      : { none: `${name} is no instance of EC2: CloudWatch measures nothing of it` };
  },
};

const scraped = ({ name, internalIP }: NodeRow): ScrapedNode => ({ name, addresses: [internalIP] });

/** So many nodes of a group are asked about: a question names each of them. */
const MOST_NODES = 100;

export const nodeGroupCharts: ChartsDef<NodeGroupRow> = {
  iam: PROMETHEUS_IAM,
  needs: ['nodes'],
  of: ({ uid, name, asg }, query, eks) => {
    // What says which nodes are a group's are labels, which exporters leave out: it is those it has now.
    const all = [...query.rows('nodes')].filter(
      ({ nodegroup, gone, instanceId }) => nodegroup === uid && gone === 0 && isOfEc2(instanceId),
    );
    const nodes = all.slice(0, MOST_NODES);
    if (asg === '' && nodes.length === 0) {
      return {
        none: `${name} has no Auto Scaling group and no node of EC2: nothing measures it as a whole`,
      };
    }
    const few = nodes.length < all.length ? `, ${nodes.length} of its ${all.length} nodes` : '';
    const gone = 'no instance of the group ran in this time';
    return {
      title: `nodegroup ${name}${few}`,
      charts: [
        ...(asg === '' ? [] : [ofGroup(eks, asg)]),
        ...nodesQueries(nodes.map(scraped)),
        ...(asg === '' ? [] : ofEc2({ AutoScalingGroupName: asg }, gone)),
      ],
    };
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
