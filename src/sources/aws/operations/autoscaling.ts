import {
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  DescribeScalingActivitiesCommand,
  UpdateAutoScalingGroupCommand,
} from '@aws-sdk/client-auto-scaling';
import type {
  AutoScalingGroupDescription,
  LaunchTemplateName,
  MixedInstancesPolicy,
  ScalingActivity,
  Tag,
} from '../../../ports/aws-shapes.ts';
import type { ClientConfig } from '../client-config.ts';
import { listed } from './pages.ts';
import { type Operations, single } from './operation.ts';
import { count, flag, many, optional, record, strings, text, time } from './shape.ts';

const mix = record<MixedInstancesPolicy>({
  InstancesDistribution: record<MixedInstancesPolicy['InstancesDistribution']>({
    OnDemandBaseCapacity: count,
    OnDemandPercentageAboveBaseCapacity: count,
  }),
  LaunchTemplate: record<MixedInstancesPolicy['LaunchTemplate']>({
    Overrides: many(record({ InstanceType: text })),
  }),
});

/** What is read of an Auto Scaling group. */
export const group = record<AutoScalingGroupDescription>({
  AutoScalingGroupName: text,
  CreatedTime: time,
  Status: text,
  AvailabilityZones: strings,
  VPCZoneIdentifier: text,
  LaunchTemplate: record<LaunchTemplateName>({ LaunchTemplateId: text, Version: text }),
  MixedInstancesPolicy: optional(mix),
  MinSize: count,
  MaxSize: count,
  DesiredCapacity: count,
  Instances: many(
    record<AutoScalingGroupDescription['Instances'][number]>({
      InstanceId: text,
      InstanceType: text,
      AvailabilityZone: text,
      LifecycleState: text,
      HealthStatus: text,
      ProtectedFromScaleIn: flag,
    }),
  ),
  SuspendedProcesses: many(
    record<AutoScalingGroupDescription['SuspendedProcesses'][number]>({
      ProcessName: text,
      SuspensionReason: text,
    }),
  ),
  Tags: many(record<Tag>({ Key: text, Value: text })),
});

const activity = record<ScalingActivity>({
  ActivityId: text,
  Description: text,
  Cause: text,
  StartTime: time,
  EndTime: time,
  StatusCode: text,
  StatusMessage: text,
});

/** The door's calls of EC2 Auto Scaling. Sizes are set, not added to: an update may be repeated. */
export function autoScalingOperations(config: ClientConfig): Operations<'autoscaling'> {
  const client = new AutoScalingClient(config);
  return {
    'autoscaling:DescribeAutoScalingGroups': listed(
      'AutoScalingGroups',
      (input, NextToken, options) =>
        client.send(new DescribeAutoScalingGroupsCommand({ ...input, NextToken }), options),
      (page) => many(group)(page.AutoScalingGroups),
      (page) => page.NextToken,
    ),
    'autoscaling:UpdateAutoScalingGroup': single(
      (input, options) => client.send(new UpdateAutoScalingGroupCommand(input), options),
      () => ({}),
    ),
    'autoscaling:DescribeScalingActivities': single(
      (input, options) =>
        client.send(new DescribeScalingActivitiesCommand({ ...input, MaxRecords: 100 }), options),
      (answer) => ({ Activities: many(activity)(answer.Activities) }),
    ),
  };
}
