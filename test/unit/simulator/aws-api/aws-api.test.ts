import {
  AutoScalingClient,
  type AutoScalingGroupNamesType,
  DescribeAutoScalingGroupsCommand,
} from '@aws-sdk/client-auto-scaling';
import {
  DescribeInstancesCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import {
  DescribeClusterCommand,
  DescribeClusterVersionsCommand,
  DescribeFargateProfileCommand,
  DescribeNodegroupCommand,
  DescribeUpdateCommand,
  EKSClient,
  ListIdentityProviderConfigsCommand,
  ListClustersCommand,
  ListNodegroupsCommand,
  ListUpdatesCommand,
} from '@aws-sdk/client-eks';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { readFileSync } from 'node:fs';
import { Agent } from 'node:https';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiCall, type ApiError, throttled } from '../../../../src/simulator/aws-api/index.ts';
import type { EksCluster, Region } from '../../../../src/simulator/region.ts';
import {
  addTestCluster,
  NOW,
  serveRegion,
  type TestAws,
  testRegion,
} from '../../../support/aws-region.ts';

let region: Region;
let shop: EksCluster;
let aws: TestAws;
let config: ReturnType<typeof configOf>;
let fault: (call: ApiCall) => ApiError | null = () => null;
const waits: number[] = [];

const configOf = (accessKeyId: string) => ({
  endpoint: aws.url,
  region: region.name,
  maxAttempts: 1,
  credentials: { accessKeyId, secretAccessKey: 'x', sessionToken: 'y' },
  requestHandler: { httpsAgent: new Agent({ ca: readFileSync(aws.caFile) }) },
});

beforeAll(async () => {
  ({ region, shop } = testRegion());
  addTestCluster(region, 'second');
  aws = await serveRegion(region, {
    fault: (call) => fault(call),
    latency: () => waits.shift() ?? 0,
  });
  config = configOf(region.credentials.accessKeyId);
});
afterAll(() => aws.close());

const named = (name: string) => expect.objectContaining({ name }) as Error;

describe('EKS', () => {
  it('tells a cluster as its state is', async () => {
    const { cluster } = await new EKSClient(config).send(
      new DescribeClusterCommand({ name: 'shop' }),
    );
    expect(cluster).toMatchObject({
      arn: shop.arn,
      status: 'ACTIVE',
      createdAt: new Date(shop.createdAt),
      resourcesVpcConfig: { vpcId: shop.vpcId, endpointPublicAccess: true },
      identity: { oidc: { issuer: shop.oidcIssuer } },
      accessConfig: { authenticationMode: 'API_AND_CONFIG_MAP' },
    });
  });

  it('cuts listings into pages', async () => {
    const eks = new EKSClient(config);
    const first = await eks.send(new ListClustersCommand({ maxResults: 1 }));
    expect(first.clusters).toEqual(['shop']);
    const { nextToken } = first;
    const second = await eks.send(new ListClustersCommand({ maxResults: 1, nextToken }));
    expect(second).toMatchObject({ clusters: ['second'] });
    expect(second.nextToken).toBeUndefined();
    for (const wrong of [{ maxResults: 101 }, { nextToken: 'nonsense' }]) {
      await expect(eks.send(new ListClustersCommand(wrong))).rejects.toEqual(
        named('InvalidParameterException'),
      );
    }
  });

  it('has no clusters in other regions', async () => {
    const eks = new EKSClient({ ...config, region: 'us-east-1' });
    expect((await eks.send(new ListClustersCommand({}))).clusters).toEqual([]);
  });

  it('tells node groups, Fargate profiles and updates', async () => {
    const eks = new EKSClient(config);
    const clusterName = 'shop';
    const { nodegroups } = await eks.send(new ListNodegroupsCommand({ clusterName }));
    expect(nodegroups).toEqual(['web', 'system']);
    const { nodegroup } = await eks.send(
      new DescribeNodegroupCommand({ clusterName, nodegroupName: 'web' }),
    );
    expect(nodegroup).toMatchObject({
      capacityType: 'SPOT',
      scalingConfig: { minSize: 1, desiredSize: 3, maxSize: 9 },
      taints: [{ key: 'spot', value: 'yes', effect: 'NO_SCHEDULE' }],
    });
    const { fargateProfile } = await eks.send(
      new DescribeFargateProfileCommand({ clusterName, fargateProfileName: 'payments' }),
    );
    expect(fargateProfile?.selectors).toEqual([{ namespace: 'payments', labels: { app: 'api' } }]);
    shop.nodegroups[0]?.updates.push({
      id: 'u-1',
      type: 'ConfigUpdate',
      status: 'InProgress',
      params: { DesiredSize: '4' },
      createdAt: NOW,
    });
    const scope = { name: 'shop', nodegroupName: 'web' };
    expect((await eks.send(new ListUpdatesCommand(scope))).updateIds).toEqual(['u-1']);
    const { update } = await eks.send(new DescribeUpdateCommand({ ...scope, updateId: 'u-1' }));
    expect(update).toMatchObject({
      status: 'InProgress',
      params: [{ type: 'DesiredSize', value: '4' }],
    });
  });

  it('tells the calendar of versions, and by version', async () => {
    const eks = new EKSClient(config);
    const all = await eks.send(new DescribeClusterVersionsCommand({}));
    expect(all.clusterVersions?.length).toBeGreaterThan(3);
    const one = await eks.send(new DescribeClusterVersionsCommand({ clusterVersions: ['1.33'] }));
    expect(one.clusterVersions).toMatchObject([
      { clusterVersion: '1.33', versionStatus: 'EXTENDED_SUPPORT' },
    ]);
  });

  it('fails with the errors that the client knows', async () => {
    const eks = new EKSClient(config);
    await expect(eks.send(new DescribeClusterCommand({ name: 'none' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'No cluster found for name: none.',
      clusterName: 'none',
      $metadata: { httpStatusCode: 404 },
    });
    await expect(
      eks.send(new ListIdentityProviderConfigsCommand({ clusterName: 'shop' })),
    ).rejects.toEqual(named('UnknownOperationException'));
  });
});

describe('STS', () => {
  it('tells who the caller is, also under an assumed role', async () => {
    const sts = new STSClient(config);
    expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: region.accountId,
      Arn: region.caller.arn,
    });
    const RoleArn = `arn:aws:iam::${region.accountId}:role/team/Admin`;
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({ RoleArn, RoleSessionName: 'me', DurationSeconds: 900 }),
    );
    expect(Credentials?.Expiration).toEqual(new Date(NOW + 900_000));
    const assumed = new STSClient(configOf(Credentials?.AccessKeyId ?? ''));
    expect((await assumed.send(new GetCallerIdentityCommand({}))).Arn).toBe(
      `arn:aws:sts::${region.accountId}:assumed-role/Admin/me`,
    );
  });

  it('refuses roles of other accounts', async () => {
    const command = new AssumeRoleCommand({
      RoleArn: 'arn:aws:iam::999999999999:role/Admin',
      RoleSessionName: 'me',
    });
    await expect(new STSClient(config).send(command)).rejects.toEqual(named('AccessDenied'));
  });
});

describe('EC2 and Auto Scaling', () => {
  it('filters subnets by attribute, tag and wildcard', async () => {
    const ec2 = new EC2Client(config);
    const ask = async (Name: string, ...Values: string[]) => {
      const filter = { Filters: [{ Name, Values }] };
      return (await ec2.send(new DescribeSubnetsCommand(filter))).Subnets ?? [];
    };
    expect(await ask('vpc-id', shop.vpcId)).toHaveLength(shop.subnets.length);
    expect(await ask('tag:kubernetes.io/role/elb', '1')).toHaveLength(6);
    expect(await ask('tag:Name', 'shop-private-*')).toHaveLength(3);
    const [subnet] = shop.subnets;
    expect(await ask('subnet-id', subnet?.id ?? '', 'subnet-none')).toMatchObject([
      { SubnetId: subnet?.id, AvailabilityZone: subnet?.zone.name, MapPublicIpOnLaunch: false },
    ]);
    await expect(ask('moon', '1')).rejects.toEqual(named('InvalidParameterValue'));
  });

  it('pages, and knows no subnet that is not there', async () => {
    const ec2 = new EC2Client(config);
    const first = await ec2.send(new DescribeSubnetsCommand({ MaxResults: 5 }));
    const rest = await ec2.send(new DescribeSubnetsCommand({ NextToken: first.NextToken }));
    expect([first.Subnets?.length, rest.Subnets?.length]).toEqual([5, 7]);
    const command = new DescribeSubnetsCommand({ SubnetIds: ['subnet-none'] });
    await expect(ec2.send(command)).rejects.toEqual(named('InvalidSubnetID.NotFound'));
    await expect(ec2.send(new DescribeVpcsCommand({}))).rejects.toEqual(named('InvalidAction'));
    expect((await ec2.send(new DescribeInstancesCommand({}))).Reservations).toEqual([]);
  });

  it('tells Auto Scaling groups by tag and by name', async () => {
    const autoscaling = new AutoScalingClient(config);
    const ask = async (input: AutoScalingGroupNamesType) =>
      (await autoscaling.send(new DescribeAutoScalingGroupsCommand(input))).AutoScalingGroups ?? [];
    const Filters = [{ Name: 'tag-key', Values: ['kubernetes.io/cluster/shop'] }];
    expect(await ask({ Filters })).toHaveLength(3);
    expect(await ask({ AutoScalingGroupNames: ['batch'] })).toMatchObject([
      { MinSize: 0, DesiredCapacity: 1, MaxSize: 5, Instances: [] },
    ]);
  });
});

describe('all services', () => {
  it('know only the keys of the region, each in its own words', async () => {
    const stranger = configOf('AKIANOBODY0000000000');
    const asked = [
      new EKSClient(stranger).send(new ListClustersCommand({})),
      new EC2Client(stranger).send(new DescribeSubnetsCommand({})),
      new STSClient(stranger).send(new GetCallerIdentityCommand({})),
    ];
    const names = (await Promise.allSettled(asked)).map((each) =>
      each.status === 'rejected' ? (each.reason as Error).name : '',
    );
    expect(names).toEqual(['UnrecognizedClientException', 'AuthFailure', 'InvalidClientTokenId']);
  });

  it('check what they are asked', async () => {
    const command = new DescribeNodegroupCommand({
      clusterName: 'shop',
      nodegroupName: undefined,
    });
    await expect(new EKSClient(config).send(command)).rejects.toThrow(/nodegroupName/);
  });

  it('fail and wait where they are told to', async () => {
    fault = (call) => (call.operation === 'ListClusters' ? throttled(call) : null);
    const eks = new EKSClient(config);
    await expect(eks.send(new ListClustersCommand({}))).rejects.toEqual(
      named('ThrottlingException'),
    );
    fault = () => null;
    waits.push(30);
    const before = performance.now();
    await eks.send(new ListClustersCommand({}));
    expect(performance.now() - before).toBeGreaterThanOrEqual(29);
  });
});
