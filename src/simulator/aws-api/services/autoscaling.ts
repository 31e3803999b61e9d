import {
  type AutoScalingGroup as GroupShape,
  type AutoScalingGroupNamesType,
  type AutoScalingGroupsType,
  DescribeAutoScalingGroups$,
} from '@aws-sdk/client-auto-scaling';
import type { AutoScalingGroup, EksCluster, Nodegroup, Region } from '../../region.ts';
import { ApiError } from '../api-error.ts';
import { type Operation, operation } from '../operation.ts';
import { pageOf } from '../page.ts';
import { AUTO_SCALING_CHANGES } from './autoscaling-changes.ts';
import { passes } from './filters.ts';

/** What EC2 Auto Scaling answers of the region. */
export const AUTO_SCALING_OPERATIONS: readonly Operation[] = [
  ...AUTO_SCALING_CHANGES,
  operation(
    DescribeAutoScalingGroups$,
    (input: AutoScalingGroupNamesType, { clusters, region }): AutoScalingGroupsType => {
      const names = input.AutoScalingGroupNames ?? [];
      const groups = clusters
        .flatMap((cluster) => cluster.autoScalingGroups.map((group) => ({ cluster, group })))
        .filter(({ group }) => names.length === 0 || names.includes(group.name))
        .filter(({ group }) => {
          const passed = passes(input.Filters, {}, group.tags);
          if (passed === null) throw invalid('The filter is not supported here');
          return passed;
        });
      const { items, next } = pageOf(groups, {
        size: input.MaxRecords,
        token: input.NextToken,
        most: 100,
        invalid: 'ValidationError',
      });
      return {
        AutoScalingGroups: items.map(({ cluster, group }) => groupShape(region, cluster, group)),
        NextToken: next,
      };
    },
  ),
];

const invalid = (message: string): ApiError => new ApiError('ValidationError', 400, message);

function groupShape(region: Region, cluster: EksCluster, group: AutoScalingGroup): GroupShape {
  const nodegroup = cluster.nodegroups.find(({ name }) => name === group.nodegroup);
  return {
    AutoScalingGroupName: group.name,
    AutoScalingGroupARN:
      `arn:${region.partition}:autoscaling:${region.name}:${region.accountId}:` +
      `autoScalingGroup:${cluster.name}:autoScalingGroupName/${group.name}`,
    MinSize: group.min,
    MaxSize: group.max,
    DesiredCapacity: group.desired,
    DefaultCooldown: 300,
    AvailabilityZones: [...group.zones],
    VPCZoneIdentifier: group.subnetIds.join(','),
    HealthCheckType: 'EC2',
    HealthCheckGracePeriod: 15,
    CreatedTime: new Date(group.createdAt),
    ...(group.launchTemplate
      ? {
          LaunchTemplate: {
            LaunchTemplateId: group.launchTemplate.id,
            LaunchTemplateName: group.name,
            Version: group.launchTemplate.version,
          },
        }
      : { MixedInstancesPolicy: instancesPolicy(group, nodegroup) }),
    Instances: [...group.instanceIds].flatMap((id) => {
      const instance = cluster.instances.get(id);
      if (!instance) return [];
      return {
        InstanceId: id,
        InstanceType: instance.type,
        AvailabilityZone: instance.zone.name,
        LifecycleState: instance.state === 'pending' ? 'Pending' : 'InService',
        HealthStatus: 'Healthy',
        ProtectedFromScaleIn: false,
      };
    }),
    Tags: Object.entries(group.tags).map(([Key, Value]) => ({
      ResourceId: group.name,
      ResourceType: 'auto-scaling-group',
      Key,
      Value,
      PropagateAtLaunch: true,
    })),
  };
}

function instancesPolicy(
  group: AutoScalingGroup,
  nodegroup: Nodegroup | undefined,
): GroupShape['MixedInstancesPolicy'] {
  return {
    LaunchTemplate: {
      Overrides: group.instanceTypes.map((InstanceType) => ({ InstanceType })),
    },
    InstancesDistribution: {
      OnDemandBaseCapacity: 0,
      OnDemandPercentageAboveBaseCapacity: nodegroup?.capacityType === 'SPOT' ? 0 : 100,
      SpotAllocationStrategy: 'capacity-optimized',
    },
  };
}
