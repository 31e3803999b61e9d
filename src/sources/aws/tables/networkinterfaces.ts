import type { NetworkInterfaceRow } from '../../../domain/tables/networkinterfaces.ts';
import { clusterVpc, inVpc } from '../cluster-vpc.ts';
import type { AwsTable } from '../polling/table.ts';
import { interfaceRows } from './vpc/interface-row.ts';

const CALLS = ['eks:DescribeCluster', 'ec2:DescribeNetworkInterfaces'] as const;

/** The network interfaces of the cluster's VPC: one call for each thousand of them, each minute. */
export const networkinterfaces: AwsTable<'networkinterfaces', (typeof CALLS)[number]> = {
  calls: CALLS,
  interval: { quiet: 60_000, changing: 60_000 },
  isChanging: () => false,
  parts(cluster, { reads }) {
    const aws = reads(cluster);
    const findVpc = clusterVpc(cluster.name, aws);
    let rows: readonly NetworkInterfaceRow[] = [];
    return [
      {
        label: 'network interfaces',
        rows: () => rows,
        async read({ signal }) {
          const vpc = inVpc(await findVpc(signal));
          const answer = await aws.call('ec2:DescribeNetworkInterfaces', vpc, signal);
          rows = interfaceRows(answer.NetworkInterfaces);
        },
      },
    ];
  },
};
