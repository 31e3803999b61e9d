/**
 * Auto Scaling groups and what they scale, against what the aws CLI prints of the same moto; and what
 * the tables say of the parts of EKS that moto does not serve. Skipped where moto or the CLI is not
 * installed.
 */
import {
  AutoScaling,
  type CreateAutoScalingGroupType,
  type Tag,
} from '@aws-sdk/client-auto-scaling';
import { EC2 } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EksTableId } from '../../src/domain/tables/index.ts';
import { type MotoCluster, startMotoCluster, type Told } from '../support/moto-cluster.ts';
import { onPath } from '../support/on-path.ts';

describe.skipIf(!onPath('moto_server') || !onPath('aws'))('groups, and the aws CLI', () => {
  let moto: MotoCluster;

  beforeAll(async () => {
    moto = await startMotoCluster();
    const { name, subnets, sdk } = moto;
    const ec2 = new EC2(sdk);
    const { Images: [image] = [] } = await ec2.describeImages();
    const { LaunchTemplate } = await ec2.createLaunchTemplate({
      LaunchTemplateName: 'spot',
      LaunchTemplateData: {
        ...{ ImageId: image?.ImageId, InstanceType: 'm5.large' },
        InstanceMarketOptions: { MarketType: 'spot' },
      },
    });
    const LaunchTemplateId = LaunchTemplate?.LaunchTemplateId;
    const scaling = new AutoScaling(sdk);
    const group = (
      AutoScalingGroupName: string,
      Tags: Tag[],
      started: Partial<CreateAutoScalingGroupType>,
    ): Promise<unknown> =>
      scaling.createAutoScalingGroup({
        ...{ AutoScalingGroupName, MinSize: 1, DesiredCapacity: 2, MaxSize: 4 },
        ...{ VPCZoneIdentifier: subnets.join(','), Tags, ...started },
      });
    const owned = { Key: `kubernetes.io/cluster/${name}`, Value: 'owned', PropagateAtLaunch: true };
    const label = 'k8s.io/cluster-autoscaler/node-template/label/tier';
    await group('batch', [owned, { Key: label, Value: 'batch', PropagateAtLaunch: false }], {
      LaunchTemplate: { LaunchTemplateId, Version: '$Latest' },
    });
    const eksctl = { Key: 'alpha.eksctl.io/nodegroup-name', Value: 'pool' };
    await group('mixed', [owned, { ...eksctl, PropagateAtLaunch: true }], {
      MixedInstancesPolicy: {
        LaunchTemplate: {
          LaunchTemplateSpecification: { LaunchTemplateId, Version: '1' },
          Overrides: [{ InstanceType: 'm5.large' }, { InstanceType: 'm6i.large' }],
        },
        InstancesDistribution: {
          ...{ OnDemandBaseCapacity: 0, OnDemandPercentageAboveBaseCapacity: 50 },
        },
      },
    });
    await group('elsewhere', [{ Key: 'team', Value: 'other', PropagateAtLaunch: true }], {
      LaunchTemplate: { LaunchTemplateId, Version: '1' },
    });
  }, 300_000);
  afterAll(() => moto.close());

  it('tell the same of Auto Scaling groups', async () => {
    const ours = (await moto.rows('nodegroups')).map((row) => ({
      ...{ name: row.asg, min: row.min, desired: row.desired, max: row.max },
      ...{ zones: row.zones, subnets: row.subnets, instances: row.instances },
    }));
    const theirs = await moto.aws<{ zones: string[]; subnets: string; instances: string[] }[]>(
      'AutoScalingGroups[].{name:AutoScalingGroupName,min:MinSize,desired:DesiredCapacity,max:MaxSize,zones:AvailabilityZones,subnets:VPCZoneIdentifier,instances:Instances[].InstanceId}',
      'autoscaling describe-auto-scaling-groups',
      ...['--filters', `Name=tag-key,Values=kubernetes.io/cluster/${moto.name}`],
    );
    expect(theirs).toHaveLength(2);
    expect(theirs.map(({ instances }) => instances.length)).toEqual([2, 2]);
    expect(ours).toEqual(
      theirs.map((each) => ({
        ...each,
        zones: each.zones.toSorted(),
        subnets: each.subnets.split(','),
        instances: each.instances.toSorted(),
      })),
    );
  });

  it('say what their launch templates and policies start, and who made them', async () => {
    expect(await moto.rows('nodegroups')).toMatchObject([
      {
        ...{ kind: 'self-managed', name: 'batch', capacity: 'spot', status: 'ACTIVE' },
        ...{ instanceTypes: ['m5.large'], nodeLabels: { tier: 'batch' } },
      },
      {
        ...{ kind: 'eksctl', name: 'pool', asg: 'mixed', capacity: '' },
        instanceTypes: ['m5.large', 'm6i.large'],
      },
    ]);
  });

  it('say that there are no updates, and tell of no activities where moto has none', async () => {
    expect(await moto.aws('Activities', 'autoscaling describe-scaling-activities')).toEqual([]);
    const { rows, status } = await moto.table('updates');
    expect(rows).toEqual([]);
    expect(status?.reason).toContain('does not serve ListAddons');
  });

  it('tell the same of parameters that AWS publishes, and leave out those that it does not', async () => {
    const names = ['al2023-ami-kernel-default-x86_64', 'al2023-ami-minimal-kernel-default-arm64'];
    const Names = [...names.map((each) => `/aws/service/ami-amazon-linux-latest/${each}`), '/none'];
    const theirs = await moto.aws<Told[]>(
      'Parameters[].{Name:Name,Value:Value}',
      `ssm get-parameters --names ${Names.join(' ')}`,
    );
    expect(theirs).toHaveLength(2);
    expect(await moto.door.call('ssm:GetParameters', { Names })).toEqual({ Parameters: theirs });
  });

  const UNSERVED: readonly (readonly [EksTableId, string])[] = [
    ['addons', 'ListAddons'],
    ['accessentries', 'ListAccessEntries'],
    ['podidentities', 'ListPodIdentityAssociations'],
    ['insights', 'ListInsights'],
  ];
  it.each(UNSERVED)('say of %s that they cannot be told here', async (table, call) => {
    const { rows, status } = await moto.table(table);
    expect(rows).toEqual([]);
    expect(status?.state).not.toBe('live');
    expect(status?.reason).toContain(call);
  });
});
