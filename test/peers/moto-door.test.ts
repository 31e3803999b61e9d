/**
 * moto judges what goes through the AWS door: what is changed there is what a client that is not
 * ours reads back. Skipped where it is not installed.
 */
import { CreateClusterCommand, CreateNodegroupCommand, EKSClient } from '@aws-sdk/client-eks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AwsDoor, AwsPort } from '../../src/ports/aws.ts';
import { createAwsPort, NO_FILES } from '../../src/sources/aws/index.ts';
import { type Moto, startMoto } from '../support/moto.ts';
import { onPath } from '../support/on-path.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

const REGION = 'eu-central-1';
const ISSUER = 'oidc.eks.eu-central-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF';
const PROVIDER = `arn:aws:iam::123456789012:oidc-provider/${ISSUER}`;
const VIEW = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const clusterName = 'motley';

const trust = (subject: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: PROVIDER },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: { [`${ISSUER}:sub`]: subject, [`${ISSUER}:aud`]: 'sts.amazonaws.com' },
        },
      },
    ],
  });

describe.skipIf(!onPath('moto_server'))('moto, through the door', () => {
  let moto: Moto;
  let port: AwsPort;
  let door: AwsDoor;
  let subnets: string[];

  beforeAll(async () => {
    moto = await startMoto();
    const clock = new VirtualClock();
    port = createAwsPort({ clock, random: () => 0.5, env: moto.env, files: NO_FILES });
    door = port.door({ profile: '', region: REGION }, () => false);
    const { Subnets } = await door.call('ec2:DescribeSubnets', { Filters: [] });
    subnets = Subnets.map(({ SubnetId }) => SubnetId);
    const client = new EKSClient({
      endpoint: moto.endpoint,
      region: REGION,
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    });
    const roleArn = 'arn:aws:iam::123456789012:role/any';
    const resourcesVpcConfig = { subnetIds: subnets };
    await client.send(new CreateClusterCommand({ name: clusterName, roleArn, resourcesVpcConfig }));
    await client.send(
      new CreateNodegroupCommand({
        clusterName,
        nodegroupName: 'group',
        nodeRole: roleArn,
        subnets,
        scalingConfig: { minSize: 1, desiredSize: 2, maxSize: 3 },
      }),
    );
  });
  afterAll(() => {
    port.close();
    moto.close();
  });

  it('scales a node group', async () => {
    const group = { clusterName, nodegroupName: 'group' };
    const { update } = await door.call('eks:UpdateNodegroupConfig', {
      ...group,
      scalingConfig: { minSize: 2, desiredSize: 5, maxSize: 7 },
    });
    expect(update.type).toBe('ConfigUpdate');
    const { nodegroup } = await door.call('eks:DescribeNodegroup', group);
    expect(nodegroup.scalingConfig).toEqual({ minSize: 2, desiredSize: 5, maxSize: 7 });
  });

  it('makes, describes and deletes a Fargate profile', async () => {
    const profile = { clusterName, fargateProfileName: 'batch' };
    await door.call('eks:CreateFargateProfile', {
      ...profile,
      podExecutionRoleArn: 'arn:aws:iam::123456789012:role/any',
      subnets,
      selectors: [{ namespace: 'batch-*', labels: { tier: 'low' } }, { namespace: 'jobs' }],
    });
    const { fargateProfile } = await door.call('eks:DescribeFargateProfile', profile);
    expect(fargateProfile).toMatchObject({
      status: 'ACTIVE',
      subnets,
      selectors: [
        { namespace: 'batch-*', labels: { tier: 'low' } },
        { namespace: 'jobs', labels: {} },
      ],
    });
    expect(await door.call('eks:ListFargateProfiles', { clusterName })).toEqual({
      fargateProfileNames: ['batch'],
    });
    await door.call('eks:DeleteFargateProfile', profile);
    await expect(door.call('eks:DescribeFargateProfile', profile)).rejects.toMatchObject({
      kind: 'absent',
      code: 'ResourceNotFoundException',
      action: 'eks:DescribeFargateProfile',
    });
  });

  it('makes an OIDC provider', async () => {
    const wanted = { OpenIDConnectProviderArn: PROVIDER };
    await expect(door.call('iam:GetOpenIDConnectProvider', wanted)).rejects.toMatchObject({
      kind: 'absent',
      code: 'NoSuchEntity',
    });
    const made = await door.call('iam:CreateOpenIDConnectProvider', {
      Url: `https://${ISSUER}`,
      ClientIDList: ['sts.amazonaws.com'],
    });
    expect(made).toEqual(wanted);
    const provider = await door.call('iam:GetOpenIDConnectProvider', wanted);
    expect(provider.ClientIDList).toEqual(['sts.amazonaws.com']);
  });

  it('makes a role, changes its trust and attaches a policy', async () => {
    const RoleName = 'shop-api';
    const { Role } = await door.call('iam:CreateRole', {
      RoleName,
      AssumeRolePolicyDocument: trust('system:serviceaccount:shop:api'),
      Tags: [{ Key: 'team', Value: 'shop' }],
    });
    expect(Role.Arn).toBe('arn:aws:iam::123456789012:role/shop-api');
    const again = door.call('iam:CreateRole', { RoleName, AssumeRolePolicyDocument: trust('') });
    await expect(again).rejects.toMatchObject({ kind: 'rejected', code: 'EntityAlreadyExists' });

    const PolicyDocument = trust('system:serviceaccount:shop:web');
    await door.call('iam:UpdateAssumeRolePolicy', { RoleName, PolicyDocument });
    const { Role: changed } = await door.call('iam:GetRole', { RoleName });
    expect(JSON.parse(changed.AssumeRolePolicyDocument)).toEqual(JSON.parse(PolicyDocument));
    expect(changed.Tags).toEqual([{ Key: 'team', Value: 'shop' }]);
    expect((await door.call('iam:ListRoles', {})).Roles.map((role) => role.RoleName)).toContain(
      RoleName,
    );

    const { Policies } = await door.call('iam:ListPolicies', { Scope: 'AWS' });
    expect(Policies.length).toBeGreaterThan(500);
    expect(Policies.map(({ Arn }) => Arn)).toContain(VIEW);
    await door.call('iam:AttachRolePolicy', { RoleName, PolicyArn: VIEW });
    expect(await door.call('iam:ListAttachedRolePolicies', { RoleName })).toEqual({
      AttachedPolicies: [{ PolicyName: 'ReadOnlyAccess', PolicyArn: VIEW }],
    });
    await expect(door.call('iam:DeleteRole', { RoleName })).rejects.toMatchObject({
      code: 'DeleteConflict',
    });
    await door.call('iam:DetachRolePolicy', { RoleName, PolicyArn: VIEW });
    await door.call('iam:DeleteRole', { RoleName });
    await expect(door.call('iam:GetRole', { RoleName })).rejects.toMatchObject({
      code: 'NoSuchEntity',
    });
  });

  it('scales an Auto Scaling group, and says which it has not', async () => {
    const call = door.call('autoscaling:UpdateAutoScalingGroup', {
      AutoScalingGroupName: 'none',
      DesiredCapacity: 2,
    });
    await expect(call).rejects.toMatchObject({ code: 'ValidationError' });
    const names = { AutoScalingGroupNames: ['none'] };
    expect(await door.call('autoscaling:DescribeAutoScalingGroups', names)).toEqual({
      AutoScalingGroups: [],
    });
  });

  it('reads routes and who the caller is', async () => {
    const { RouteTables } = await door.call('ec2:DescribeRouteTables', { Filters: [] });
    expect(RouteTables[0]?.Associations[0]?.Main).toBe(true);
    expect(RouteTables[0]?.Routes[0]?.GatewayId).toBe('local');
    expect((await door.call('sts:GetCallerIdentity', {})).Account).toBe('123456789012');
  });

  it('lets nothing that writes through while read-only', async () => {
    const closed = port.door({ profile: '', region: REGION }, () => true);
    const call = closed.call('eks:DeleteFargateProfile', { clusterName, fargateProfileName: 'x' });
    await expect(call).rejects.toThrow('read-only: eks:DeleteFargateProfile is refused');
    expect((await closed.call('eks:DescribeCluster', { name: clusterName })).cluster.name).toBe(
      clusterName,
    );
  });
});
