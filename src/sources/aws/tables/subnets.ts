import type { SubnetRow } from '../../../domain/tables/subnets.ts';
import { clusterVpc, inVpc } from '../cluster-vpc.ts';
import type { AwsTable } from '../polling/table.ts';
import { subnetRow } from './vpc/subnet-row.ts';

const CALLS = ['eks:DescribeCluster', 'ec2:DescribeSubnets'] as const;

/** The subnets of the cluster's VPC: one call a minute. */
export const subnets: AwsTable<'subnets', (typeof CALLS)[number]> = {
  calls: CALLS,
  interval: { quiet: 60_000, changing: 60_000 },
  isChanging: () => false,
  parts(cluster, { reads, clock }) {
    const aws = reads(cluster);
    const findVpc = clusterVpc(cluster.name, aws);
    /** What was free when each was first seen: growth is told from there. */
    const first = new Map<string, Pick<SubnetRow, 'since' | 'freeThen'>>();
    let rows: readonly SubnetRow[] = [];
    return [
      {
        label: 'subnets',
        rows: () => rows,
        async read({ signal }) {
          const vpc = await findVpc(signal);
          const { Subnets } = await aws.call('ec2:DescribeSubnets', inVpc(vpc), signal);
          const at = clock.now();
          rows = Subnets.filter(({ SubnetId }) => SubnetId !== '').map((subnet) => {
            const { SubnetId: id, AvailableIpAddressCount: freeThen } = subnet;
            const seen = first.get(id) ?? { since: at, freeThen };
            first.set(id, seen);
            return { ...subnetRow(subnet, cluster.name, vpc.subnets), ...seen, at };
          });
        },
      },
    ];
  },
};
