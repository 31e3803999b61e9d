import {
  type AutoScalingGroup,
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
} from '@aws-sdk/client-auto-scaling';
import type { ClientConfig } from '../client-config.ts';
import type { Call } from '../session.ts';
import { allPages } from './pages.ts';

/** What the program reads from EC2 Auto Scaling. */
export interface AutoScalingApi {
  /** The groups whose instances join a cluster: the tag that every node must carry tells. */
  groupsOfCluster(cluster: string, signal: AbortSignal): Promise<readonly AutoScalingGroup[]>;
}

export function autoScalingApi(config: ClientConfig, call: Call): AutoScalingApi {
  const client = new AutoScalingClient(config);
  return {
    groupsOfCluster: (cluster, abortSignal) =>
      allPages(
        (NextToken) =>
          call('autoscaling:DescribeAutoScalingGroups', () =>
            client.send(
              new DescribeAutoScalingGroupsCommand({
                Filters: [{ Name: 'tag-key', Values: [`kubernetes.io/cluster/${cluster}`] }],
                NextToken,
              }),
              { abortSignal },
            ),
          ),
        (page) => page.AutoScalingGroups,
        (page) => page.NextToken,
      ),
  };
}
