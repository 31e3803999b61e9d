import { own } from '../../../core/own.ts';
import {
  DescribeLaunchTemplateVersionsCommand,
  DescribeSubnetsCommand,
  EC2Client,
  type Subnet,
} from '@aws-sdk/client-ec2';
import type { Capacity } from '../../../domain/rows.ts';
import type { ClientConfig } from '../client-config.ts';
import { list, part, text } from '../read.ts';
import type { Call } from '../session.ts';
import { allPages } from './pages.ts';

/** What a launch template decides for a group that leaves it to it. */
export interface LaunchTemplate {
  readonly capacity: Capacity;
  readonly instanceType: string;
}

/** What the program reads from EC2. */
export interface Ec2Api {
  subnets(ids: readonly string[], signal: AbortSignal): Promise<readonly Subnet[]>;
  /** What a launch template starts; both empty where it does not say, or is not there. */
  template(id: string, version: string, signal: AbortSignal): Promise<LaunchTemplate>;
}

/** Markets of EC2; without one instances are on demand. */
const MARKETS: Readonly<Record<string, Capacity>> = {
  spot: 'spot',
  'capacity-block': 'capacity-block',
};

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
    template: (LaunchTemplateId, version, abortSignal) =>
      call('ec2:DescribeLaunchTemplateVersions', async () => {
        const { LaunchTemplateVersions } = await client.send(
          new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateId, Versions: [version] }),
          { abortSignal },
        );
        const [found] = list(LaunchTemplateVersions);
        if (!found) return { capacity: '', instanceType: '' };
        const { InstanceMarketOptions, InstanceType } = part(found.LaunchTemplateData);
        const market = text(part(InstanceMarketOptions).MarketType);
        return { capacity: own(MARKETS, market) ?? 'on-demand', instanceType: text(InstanceType) };
      }),
  };
}
