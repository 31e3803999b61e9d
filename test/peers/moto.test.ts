/**
 * moto is an AWS emulator that does not know this program: the AWS source must work on it as on AWS,
 * and do without what it does not serve (ListUpdates, DescribeClusterVersions). Skipped where it is
 * not installed.
 */
import {
  CreateClusterCommand,
  CreateFargateProfileCommand,
  CreateNodegroupCommand,
  EKSClient,
} from '@aws-sdk/client-eks';
import { DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClusterRow, NodeGroupRow } from '../../src/domain/rows.ts';
import { createAwsPort, NO_FILES } from '../../src/sources/aws/index.ts';
import { type Moto, startMoto } from '../support/moto.ts';
import { onPath } from '../support/on-path.ts';
import { recordingSink } from '../support/recording-sink.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

const REGION = 'eu-central-1';

describe.skipIf(!onPath('moto_server'))('moto', () => {
  let moto: Moto;
  let subnets: string[];

  beforeAll(async () => {
    moto = await startMoto();
    const { endpoint } = moto;
    const config = {
      endpoint,
      region: REGION,
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    };
    const roleArn = 'arn:aws:iam::123456789012:role/any';
    const answer = await new EC2Client(config).send(new DescribeSubnetsCommand({}));
    subnets = (answer.Subnets ?? []).map(({ SubnetId = '' }) => SubnetId);
    const eks = new EKSClient(config);
    const clusterName = 'motley';
    await eks.send(
      new CreateClusterCommand({
        name: clusterName,
        roleArn,
        resourcesVpcConfig: { subnetIds: subnets },
      }),
    );
    await eks.send(
      new CreateNodegroupCommand({
        clusterName,
        nodegroupName: 'group',
        nodeRole: roleArn,
        subnets,
        scalingConfig: { minSize: 1, desiredSize: 2, maxSize: 3 },
      }),
    );
    await eks.send(
      new CreateFargateProfileCommand({
        clusterName,
        fargateProfileName: 'profile',
        podExecutionRoleArn: roleArn,
        selectors: [{ namespace: 'batch' }],
      }),
    );
  });
  afterAll(() => {
    moto.close();
  });

  it('has clusters and groups for us', async () => {
    const port = createAwsPort({
      clock: new VirtualClock(),
      random: () => 0.5,
      env: moto.env,
      files: NO_FILES,
    });
    const scope = { profile: '', region: REGION };
    const clusters = recordingSink<ClusterRow>();
    port.follow('clusters', [scope], clusters);
    await clusters.until(({ last }) => last?.state === 'live');
    expect([...clusters.rows.values()]).toMatchObject([
      { name: 'motley', status: 'ACTIVE', standardSupportEnd: null, error: '' },
    ]);
    expect(clusters.last?.reason).toBe('');

    const groups = recordingSink<NodeGroupRow>();
    port.follow('nodegroups', { ...scope, name: 'motley', arn: '' }, groups);
    await groups.until(({ last }) => last?.state === 'live');
    expect(groups.rows.get('managed/group')).toMatchObject({ min: 1, desired: 2, max: 3, subnets });
    expect(groups.rows.get('managed/group')?.zones).toContain('eu-central-1a');
    expect(groups.rows.get('fargate/profile')).toMatchObject({ selectors: ['batch'] });
    const caller = await port.door(scope, () => true).call('sts:GetCallerIdentity', {});
    expect(caller.Account).toBe('123456789012');
    port.close();
  });
});
