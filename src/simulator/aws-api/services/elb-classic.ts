import {
  DescribeInstanceHealth$,
  type DescribeEndPointStateInput,
  type DescribeEndPointStateOutput,
  DescribeLoadBalancers$,
  type DescribeAccessPointsInput,
  type DescribeAccessPointsOutput,
  DescribeTags$,
  type DescribeTagsInput,
  type DescribeTagsOutput,
} from '@aws-sdk/client-elastic-load-balancing';
import type { LoadBalancer } from '../../balancer.ts';
import type { EksCluster } from '../../region.ts';
import type { AccountView } from '../account.ts';
import { ApiError } from '../api-error.ts';
import { type Operation, operation } from '../operation.ts';
import { pageOf } from '../page.ts';
import { tagList } from './filters.ts';

interface Found {
  readonly cluster: EksCluster;
  readonly balancer: LoadBalancer;
}

const classicsOf = ({ clusters }: AccountView): readonly Found[] =>
  clusters.flatMap((cluster) =>
    cluster
      .loadBalancers()
      .filter(({ kind }) => kind === 'classic')
      .map((balancer) => ({ cluster, balancer })),
  );

function found(account: AccountView, name = ''): Found {
  const one = classicsOf(account).find(({ balancer }) => balancer.name === name);
  if (one) return one;
  throw new ApiError(
    'LoadBalancerNotFound',
    400,
    `There is no ACTIVE Load Balancer named '${name}'`,
  );
}

/** What Elastic Load Balancing answers of classic load balancers. */
export const CLASSIC_ELB_OPERATIONS: readonly Operation[] = [
  operation(
    DescribeLoadBalancers$,
    (input: DescribeAccessPointsInput, account): DescribeAccessPointsOutput => {
      const names = input.LoadBalancerNames ?? [];
      const all =
        names.length > 0 ? names.map((name) => found(account, name)) : classicsOf(account);
      const { items, next } = pageOf(all, {
        ...{ size: input.PageSize, token: input.Marker },
        ...{ most: 400, invalid: 'ValidationError' },
      });
      return {
        LoadBalancerDescriptions: items.map(({ cluster, balancer }) => ({
          LoadBalancerName: balancer.name,
          DNSName: balancer.hostname,
          CreatedTime: new Date(balancer.createdAt),
          Scheme: balancer.scheme,
          VPCId: cluster.vpcId,
          Subnets: [...balancer.subnetIds],
          AvailabilityZones: balancer.subnetIds.flatMap(
            (id) => cluster.subnets.find((each) => each.id === id)?.zone.name ?? [],
          ),
          SecurityGroups: [cluster.clusterSecurityGroupId],
          ListenerDescriptions: balancer.listeners.map(({ protocol, port }, i) => ({
            Listener: {
              Protocol: protocol,
              LoadBalancerPort: port,
              InstanceProtocol: protocol,
              InstancePort: balancer.groups[i]?.port ?? port,
            },
          })),
          HealthCheck: {
            Target: `TCP:${balancer.groups[0]?.port ?? 0}`,
            ...{ Interval: 10, Timeout: 5, UnhealthyThreshold: 6, HealthyThreshold: 2 },
          },
          Instances: (balancer.groups[0]?.targets ?? []).map(({ id }) => ({ InstanceId: id })),
        })),
        NextMarker: next,
      };
    },
  ),
  operation(
    DescribeInstanceHealth$,
    (input: DescribeEndPointStateInput, account): DescribeEndPointStateOutput => {
      const { balancer } = found(account, input.LoadBalancerName);
      return {
        InstanceStates: (balancer.groups[0]?.targets ?? []).map(({ id, state }) => ({
          InstanceId: id,
          ...(state === 'healthy'
            ? { State: 'InService', ReasonCode: 'N/A', Description: 'N/A' }
            : {
                State: 'OutOfService',
                ReasonCode: 'Instance',
                Description:
                  'Instance has failed at least the UnhealthyThreshold number of health checks consecutively.',
              }),
        })),
      };
    },
  ),
  operation(DescribeTags$, (input: DescribeTagsInput, account): DescribeTagsOutput => ({
    TagDescriptions: (input.LoadBalancerNames ?? []).map((name) => ({
      LoadBalancerName: name,
      Tags: tagList(found(account, name).balancer.tags),
    })),
  })),
];
