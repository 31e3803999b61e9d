import {
  DescribeListeners$,
  type DescribeListenersInput,
  type DescribeListenersOutput,
  DescribeLoadBalancers$,
  type DescribeLoadBalancersInput,
  type DescribeLoadBalancersOutput,
  DescribeTags$,
  type DescribeTagsInput,
  type DescribeTagsOutput,
  DescribeTargetGroups$,
  type DescribeTargetGroupsInput,
  type DescribeTargetGroupsOutput,
  DescribeTargetHealth$,
  type DescribeTargetHealthInput,
  type DescribeTargetHealthOutput,
  type LoadBalancer as BalancerShape,
  type ProtocolEnum,
  type TargetGroup as GroupShape,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { LoadBalancer, TargetGroup } from '../../balancer.ts';
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

interface FoundGroup extends Found {
  readonly group: TargetGroup;
}

/** Balancers of the second generation. */
const balancersOf = ({ clusters }: AccountView): readonly Found[] =>
  clusters.flatMap((cluster) =>
    cluster
      .loadBalancers()
      .filter(({ kind }) => kind !== 'classic')
      .map((balancer) => ({ cluster, balancer })),
  );

const groupsOf = (account: AccountView): readonly FoundGroup[] =>
  balancersOf(account).flatMap((found) =>
    found.balancer.groups.map((group) => ({ ...found, group })),
  );

const missing = (kind: 'LoadBalancer' | 'TargetGroup', arn: string): ApiError =>
  new ApiError(
    `${kind}NotFound`,
    400,
    kind === 'LoadBalancer'
      ? `Load balancer '${arn}' not found`
      : 'One or more target groups not found',
  );

/** What Elastic Load Balancing answers of application and network load balancers. */
export const ELB_OPERATIONS: readonly Operation[] = [
  operation(
    DescribeLoadBalancers$,
    (input: DescribeLoadBalancersInput, account): DescribeLoadBalancersOutput => {
      const { LoadBalancerArns: arns, Names: names } = input;
      const all = balancersOf(account).filter(
        ({ balancer }) =>
          (!arns?.length || arns.includes(balancer.arn)) &&
          (!names?.length || names.includes(balancer.name)),
      );
      const { items, next } = pageOf(all, {
        ...{ size: input.PageSize, token: input.Marker },
        ...{ most: 400, invalid: 'ValidationError' },
      });
      return {
        LoadBalancers: items.map((found) => balancerShape(found, account)),
        NextMarker: next,
      };
    },
  ),
  operation(
    DescribeListeners$,
    (input: DescribeListenersInput, account): DescribeListenersOutput => {
      const arn = input.LoadBalancerArn ?? '';
      const found = balancersOf(account).find(({ balancer }) => balancer.arn === arn);
      if (!found) throw missing('LoadBalancer', arn);
      return {
        Listeners: found.balancer.listeners.map(({ protocol, port }) => ({
          ListenerArn: `${arn.replace(':loadbalancer/', ':listener/')}/${port}`,
          LoadBalancerArn: arn,
          Port: port,
          Protocol: protocol as ProtocolEnum,
        })),
      };
    },
  ),
  operation(
    DescribeTargetGroups$,
    (input: DescribeTargetGroupsInput, account): DescribeTargetGroupsOutput => {
      const all = groupsOf(account).filter(
        ({ balancer, group }) =>
          (input.LoadBalancerArn === undefined || input.LoadBalancerArn === balancer.arn) &&
          (!input.TargetGroupArns?.length || input.TargetGroupArns.includes(group.arn)),
      );
      const { items, next } = pageOf(all, {
        ...{ size: input.PageSize, token: input.Marker },
        ...{ most: 400, invalid: 'ValidationError' },
      });
      return { TargetGroups: items.map(groupShape), NextMarker: next };
    },
  ),
  operation(
    DescribeTargetHealth$,
    (input: DescribeTargetHealthInput, account): DescribeTargetHealthOutput => {
      const arn = input.TargetGroupArn ?? '';
      const found = groupsOf(account).find(({ group }) => group.arn === arn);
      if (!found) throw missing('TargetGroup', arn);
      return {
        TargetHealthDescriptions: found.group.targets.map(
          ({ id, port, zone, state, reason, description }) => ({
            Target: { Id: id, Port: port, AvailabilityZone: zone },
            HealthCheckPort: String(port),
            TargetHealth: {
              State: state,
              ...(reason !== '' && { Reason: reason as never, Description: description }),
            },
          }),
        ),
      };
    },
  ),
  operation(DescribeTags$, (input: DescribeTagsInput, account): DescribeTagsOutput => {
    const tags = new Map([
      ...balancersOf(account).map(({ balancer }) => [balancer.arn, balancer.tags] as const),
      ...groupsOf(account).map(({ group }) => [group.arn, group.tags] as const),
    ]);
    return {
      TagDescriptions: (input.ResourceArns ?? []).map((ResourceArn) => {
        const found = tags.get(ResourceArn);
        if (found === undefined) throw missing('LoadBalancer', ResourceArn);
        return { ResourceArn, Tags: tagList(found) };
      }),
    };
  }),
];

function balancerShape({ cluster, balancer }: Found, { region }: AccountView): BalancerShape {
  return {
    LoadBalancerArn: balancer.arn,
    LoadBalancerName: balancer.name,
    DNSName: balancer.hostname,
    CanonicalHostedZoneId: 'Z215JYRZR1TBD5',
    CreatedTime: new Date(balancer.createdAt),
    Scheme: balancer.scheme,
    VpcId: cluster.vpcId,
    State: { Code: 'active' },
    Type: balancer.kind === 'application' ? 'application' : 'network',
    IpAddressType: 'ipv4',
    SecurityGroups: [cluster.clusterSecurityGroupId],
    AvailabilityZones: balancer.subnetIds.map((SubnetId, i) => ({
      SubnetId,
      ZoneName:
        cluster.subnets.find(({ id }) => id === SubnetId)?.zone.name ?? region.zones[i]?.name,
    })),
  };
}

function groupShape({ cluster, balancer, group }: FoundGroup): GroupShape {
  return {
    TargetGroupArn: group.arn,
    TargetGroupName: group.name,
    Protocol: group.protocol as ProtocolEnum,
    Port: group.port,
    VpcId: cluster.vpcId,
    HealthCheckEnabled: true,
    HealthCheckProtocol: group.checkPath === '' ? 'TCP' : 'HTTP',
    HealthCheckPort: 'traffic-port',
    ...(group.checkPath !== '' && { HealthCheckPath: group.checkPath }),
    LoadBalancerArns: [balancer.arn],
    TargetType: group.targetType,
  };
}
