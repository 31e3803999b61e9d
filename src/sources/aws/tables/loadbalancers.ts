import type { LoadBalancerRow } from '../../../domain/tables/loadbalancers.ts';
import { clusterVpc } from '../cluster-vpc.ts';
import { readEach } from '../polling/read-each.ts';
import type { AwsTable } from '../polling/table.ts';
import { balancerRow, classicRow } from './elb/balancer-row.ts';
import { sharedElb } from './elb/shared.ts';

const CALLS = [
  'eks:DescribeCluster',
  'elasticloadbalancing:DescribeLoadBalancers',
  'elasticloadbalancing:DescribeListeners',
  'elasticloadbalancing:DescribeTags',
] as const;

/** A load balancer, by its ARN, and what it listens on. */
type Listening = readonly [arn: string, of: readonly string[]];

/** How long listeners are taken for what they were (ms). */
const LISTENERS_MS = 5 * 60_000;

/** What another table heard so lately is as good as asking (ms). */
const NEW_MS = 2_000;

/**
 * The load balancers in the cluster's VPC, those that were made for other clusters apart: two calls
 * a minute, and for each one more every five minutes.
 */
export const loadbalancers: AwsTable<'loadbalancers', (typeof CALLS)[number]> = {
  calls: CALLS,
  interval: { quiet: 60_000, changing: 10_000 },
  isChanging: ({ state }) => state === 'provisioning',
  parts(cluster, { reads, clock, lasting }) {
    const aws = reads(cluster);
    const findVpc = clusterVpc(cluster.name, aws);
    const { balancers: shared, owners } = sharedElb(cluster, { lasting, clock });
    const listeners = readEach<string, Listening>(clock, LISTENERS_MS, {
      key: (arn) => arn,
      unread: (arn) => [arn, []],
      async read(LoadBalancerArn, { signal }) {
        const call = 'elasticloadbalancing:DescribeListeners';
        const { Listeners } = await aws.call(call, { LoadBalancerArn }, signal);
        return [
          LoadBalancerArn,
          Listeners.map(({ Protocol, Port }) => `${Protocol}:${Port ?? '?'}`),
        ];
      },
    });
    let rows: readonly LoadBalancerRow[] = [];
    return [
      {
        label: 'load balancers',
        rows: () => rows,
        async read(round) {
          const { signal } = round;
          const vpc = await findVpc(signal);
          const all = await shared.read(NEW_MS, () =>
            aws.call('elasticloadbalancing:DescribeLoadBalancers', {}, signal),
          );
          const balancers = all.LoadBalancers.filter(({ VpcId }) => VpcId === vpc.id);
          const classics = all.LoadBalancerDescriptions.filter(({ VPCId }) => VPCId === vpc.id);
          const arns = balancers.map(({ LoadBalancerArn }) => LoadBalancerArn);
          const names = classics.map(({ LoadBalancerName }) => LoadBalancerName);
          await owners.learn(aws, arns, names, round);
          const ours = (id: string): boolean =>
            ['', cluster.name].includes(owners.of(id)?.cluster ?? '');
          await listeners.read(arns.filter(ours), round);
          const listening = new Map(listeners.rows());
          rows = [
            ...balancers.map((one) =>
              balancerRow(
                one,
                owners.of(one.LoadBalancerArn),
                listening.get(one.LoadBalancerArn) ?? [],
              ),
            ),
            ...classics.map((one) => classicRow(one, owners.of(one.LoadBalancerName))),
          ].filter(({ madeFor }) => madeFor === '' || madeFor === cluster.name);
        },
      },
    ];
  },
};
