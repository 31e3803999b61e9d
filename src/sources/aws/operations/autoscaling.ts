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
import { allPages } from './pages.ts';
import type { Operations } from './operation.ts';
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
    'autoscaling:DescribeAutoScalingGroups': async (input, ask) => ({
      AutoScalingGroups: await allPages(
        (NextToken) =>
          ask((options) =>
            client.send(new DescribeAutoScalingGroupsCommand({ ...input, NextToken }), options),
          ),
        (page) => many(group)(page.AutoScalingGroups),
        (page) => page.NextToken,
      ),
    }),
    'autoscaling:UpdateAutoScalingGroup': async (input, ask) => {
      const command = new UpdateAutoScalingGroupCommand(input);
      await ask((options) => client.send(command, options));
      return {};
    },
    'autoscaling:DescribeScalingActivities': async (input, ask) => {
      const command = new DescribeScalingActivitiesCommand({ ...input, MaxRecords: 100 });
      const answer = await ask((options) => client.send(command, options));
      return { Activities: many(activity)(answer.Activities) };
    },
  };
}
