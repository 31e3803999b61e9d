import type { LoadBalancerRow } from '../../../domain/tables/loadbalancers.ts';
import { clusterVpc } from '../cluster-vpc.ts';
import { tolerate } from '../polling/round.ts';
import type { AwsTable } from '../polling/table.ts';
import { balancerRow, classicRow } from './elb/balancer-row.ts';
import { createOwners } from './elb/owner.ts';

const CALLS = [
  'eks:DescribeCluster',
  'elasticloadbalancing:DescribeLoadBalancers',
  'elasticloadbalancing:DescribeListeners',
  'elasticloadbalancing:DescribeTags',
] as const;

/** How long listeners are taken for what they were (ms). */
const LISTENERS_MS = 5 * 60_000;

/**
 * The load balancers in the cluster's VPC, those that were made for other clusters apart: two calls
 * a minute, and for each one more every five minutes.
 */
export const loadbalancers: AwsTable<'loadbalancers', (typeof CALLS)[number]> = {
  calls: CALLS,
  interval: { quiet: 60_000, changing: 10_000 },
  isChanging: ({ state }) => state === 'provisioning',
  parts(cluster, { reads, clock }) {
    const aws = reads(cluster);
    const findVpc = clusterVpc(cluster.name, aws);
    const owners = createOwners(aws);
    const listeners = new Map<string, { readonly at: number; readonly of: readonly string[] }>();
    let rows: readonly LoadBalancerRow[] = [];
    return [
      {
        label: 'load balancers',
        rows: () => rows,
        async read(round) {
          const { signal } = round;
          const vpc = await findVpc(signal);
          const all = await aws.call('elasticloadbalancing:DescribeLoadBalancers', {}, signal);
          const balancers = all.LoadBalancers.filter(({ VpcId }) => VpcId === vpc.id);
          const classics = all.LoadBalancerDescriptions.filter(({ VPCId }) => VPCId === vpc.id);
          const arns = balancers.map(({ LoadBalancerArn }) => LoadBalancerArn);
          const names = classics.map(({ LoadBalancerName }) => LoadBalancerName);
          await owners.learn(arns, names, round);
          const ours = (id: string): boolean =>
            ['', cluster.name].includes(owners.of(id)?.cluster ?? '');
          await Promise.all(
            arns.filter(ours).map(async (LoadBalancerArn) => {
              const known = listeners.get(LoadBalancerArn);
              if (known !== undefined && clock.now() - known.at < LISTENERS_MS) return;
              const call = 'elasticloadbalancing:DescribeListeners';
              try {
                const { Listeners } = await aws.call(call, { LoadBalancerArn }, signal);
                const of = Listeners.map(({ Protocol, Port }) => `${Protocol}:${Port ?? '?'}`);
                listeners.set(LoadBalancerArn, { at: clock.now(), of });
              } catch (error) {
                tolerate(error, round);
              }
            }),
          );
          rows = [
            ...balancers.map((one) =>
              balancerRow(
                one,
                owners.of(one.LoadBalancerArn),
                listeners.get(one.LoadBalancerArn)?.of ?? [],
              ),
            ),
            ...classics.map((one) => classicRow(one, owners.of(one.LoadBalancerName))),
          ].filter(({ madeFor }) => madeFor === '' || madeFor === cluster.name);
        },
      },
    ];
  },
};
