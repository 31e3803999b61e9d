import { DescribeSubnetsCommand, EC2Client, type Subnet } from '@aws-sdk/client-ec2';
import type { ClientConfig } from '../client-config.ts';
import type { Call } from '../session.ts';
import { allPages } from './pages.ts';

/** What the program reads from EC2. */
export interface Ec2Api {
  subnets(ids: readonly string[], signal: AbortSignal): Promise<readonly Subnet[]>;
}

export function ec2Api(config: ClientConfig, call: Call): Ec2Api {
  const client = new EC2Client(config);
  return {
    // A filter rather than SubnetIds: one subnet that is gone must not fail the others.
    subnets: (ids, abortSignal) =>
      allPages(
        (NextToken) =>
          call('ec2:DescribeSubnets', () =>
            client.send(
              new DescribeSubnetsCommand({
                Filters: [{ Name: 'subnet-id', Values: [...ids] }],
                NextToken,
              }),
              { abortSignal },
            ),
          ),
        (page) => page.Subnets,
        (page) => page.NextToken,
      ),
  };
}
