/** What is asked of EC2 about the network and the machines of a cluster, as `aws-calls.ts` says. */
import type { AwsFilter } from '../aws-shapes.ts';
import type { NetworkInterfaceDescription } from './ec2-shapes.ts';

interface Filtered {
  readonly Filters: readonly AwsFilter[];
}

/** Calls of EC2. */
export interface Ec2Calls {
  'ec2:DescribeNetworkInterfaces': {
    input: Filtered;
    output: { readonly NetworkInterfaces: readonly NetworkInterfaceDescription[] };
  };
}
