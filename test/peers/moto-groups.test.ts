/**
 * Auto Scaling groups and what they scale, against what the aws CLI prints of the same moto; and what
 * the tables say of the parts of EKS that moto does not serve. Skipped where moto or the CLI is not
 * installed.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EksTableId } from '../../src/domain/tables/index.ts';
import { type MotoCluster, startMotoCluster, type Told } from '../support/moto-cluster.ts';
import { onPath } from '../support/on-path.ts';

describe.skipIf(!onPath('moto_server') || !onPath('aws'))('groups, and the aws CLI', () => {
  let moto: MotoCluster;

  beforeAll(async () => {
    moto = await startMotoCluster();
    const { aws, name, subnets } = moto;
    const [image = ''] = aws<string[]>('Images[:1].ImageId', 'ec2 describe-images');
    const template = aws<string>(
      'LaunchTemplate.LaunchTemplateId',
      'ec2 create-launch-template --launch-template-name spot --launch-template-data',
      JSON.stringify({
        ...{ ImageId: image, InstanceType: 'm5.large' },
        InstanceMarketOptions: { MarketType: 'spot' },
      }),
    );
    const group = (asg: string, tags: readonly string[], ...more: readonly string[]): unknown =>
      aws(
        '@',
        `autoscaling create-auto-scaling-group --auto-scaling-group-name ${asg}`,
        ...['--min-size', '1', '--desired-capacity', '2', '--max-size', '4'],
        ...['--vpc-zone-identifier', subnets.join(','), ...more],
        ...['--tags', ...tags],
      );
    const owned = `Key=kubernetes.io/cluster/${name},Value=owned,PropagateAtLaunch=true`;
    const label = 'Key=k8s.io/cluster-autoscaler/node-template/label/tier,Value=batch';
    group(
      'batch',
      [owned, `${label},PropagateAtLaunch=false`],
      '--launch-template',
      `LaunchTemplateId=${template},Version=$Latest`,
    );
    group(
      'mixed',
      [owned, 'Key=alpha.eksctl.io/nodegroup-name,Value=pool,PropagateAtLaunch=true'],
      '--mixed-instances-policy',
      JSON.stringify({
        LaunchTemplate: {
          LaunchTemplateSpecification: { LaunchTemplateId: template, Version: '1' },
          Overrides: [{ InstanceType: 'm5.large' }, { InstanceType: 'm6i.large' }],
        },
        InstancesDistribution: {
          ...{ OnDemandBaseCapacity: 0, OnDemandPercentageAboveBaseCapacity: 50 },
        },
      }),
    );
    group(
      'elsewhere',
      ['Key=team,Value=other,PropagateAtLaunch=true'],
      ...['--launch-template', `LaunchTemplateId=${template},Version=1`],
    );
  }, 300_000);
  afterAll(() => moto.close());

  it('tell the same of Auto Scaling groups', async () => {
    const ours = (await moto.rows('nodegroups')).map((row) => ({
      ...{ name: row.asg, min: row.min, desired: row.desired, max: row.max },
      ...{ zones: row.zones, subnets: row.subnets, instances: row.instances },
    }));
    const theirs = moto.aws<{ zones: string[]; subnets: string; instances: string[] }[]>(
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
    expect(moto.aws('Activities', 'autoscaling describe-scaling-activities')).toEqual([]);
    const { rows, status } = await moto.table('updates');
    expect(rows).toEqual([]);
    expect(status?.reason).toContain('does not serve ListAddons');
  });

  it('tell the same of parameters that AWS publishes, and leave out those that it does not', async () => {
    const names = ['al2023-ami-kernel-default-x86_64', 'al2023-ami-minimal-kernel-default-arm64'];
    const Names = [...names.map((each) => `/aws/service/ami-amazon-linux-latest/${each}`), '/none'];
    const theirs = moto.aws<Told[]>(
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
