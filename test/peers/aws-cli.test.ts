/**
 * The aws CLI (botocore) is the independent judge of the simulated AWS API and of our tokens. Skipped
 * where it is not installed.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eksImage } from '../../src/simulator/catalog/images.ts';
import { releaseParameter } from '../../src/domain/ami-release.ts';
import { addPrometheus } from '../../src/simulator/catalog/prometheus.ts';
import { isEksToken } from '../../src/simulator/kube-api/auth.ts';
import { controlPlaneLogs } from '../../src/simulator/logs/control-plane.ts';
import type { EksCluster, Region } from '../../src/simulator/region.ts';
import { createAwsPort, NO_FILES } from '../../src/sources/aws/index.ts';
import { hourlyPrice } from '../../src/sources/aws/tables/prices/price-list.ts';
import { NOW, serveRegion, type TestAws, testRegion } from '../support/aws-region.ts';
import { latticeNetwork } from '../support/lattice.ts';
import { awsCli } from '../support/aws-cli.ts';
import { onPath } from '../support/on-path.ts';
import { VirtualClock } from '../support/virtual-clock.ts';

describe.skipIf(!onPath('aws'))('the aws CLI', () => {
  let region: Region;
  let shop: EksCluster;
  let aws: TestAws;

  beforeAll(async () => {
    ({ region, shop } = testRegion());
    shop.endpoint = 'https://127.0.0.1:6443';
    shop.caData = readFileSync('package.json').toString('base64');
    aws = await serveRegion(region, { now: () => Date.now() });
  });
  afterAll(() => aws.close());

  function cli(command: string): Promise<string> {
    return awsCli(command.split(' '), {
      ...{ PATH: process.env['PATH'], HOME: '/nonexistent', AWS_DEFAULT_REGION: region.name },
      ...aws.env,
    });
  }

  const json = async (command: string): Promise<unknown> =>
    JSON.parse(await cli(`${command} --output json`));

  it('reads clusters and their groups', async () => {
    const answers = await Promise.all(
      [
        'eks list-clusters',
        'eks describe-cluster --name shop',
        'eks list-nodegroups --cluster-name shop',
        'eks describe-nodegroup --cluster-name shop --nodegroup-name web',
        'eks list-fargate-profiles --cluster-name shop',
        'autoscaling describe-auto-scaling-groups --auto-scaling-group-names batch',
      ].map(json),
    );
    expect(answers).toMatchObject([
      { clusters: ['shop'] },
      { cluster: { arn: shop.arn, endpoint: shop.endpoint, status: 'ACTIVE' } },
      { nodegroups: ['web', 'system'] },
      { nodegroup: { capacityType: 'SPOT', scalingConfig: { desiredSize: 3 } } },
      { fargateProfileNames: ['payments'] },
      { AutoScalingGroups: [{ MaxSize: 5 }] },
    ]);
  });

  it('reads workspaces of Prometheus and what is scraped into them', async () => {
    addPrometheus(region, NOW);
    const [listed, described, scrapers] = await Promise.all(
      [
        'amp list-workspaces',
        `amp describe-workspace --workspace-id ${region.prometheus.workspaces[0]?.id ?? ''}`,
        'amp list-scrapers',
      ].map(json),
    );
    expect(listed).toMatchObject({
      workspaces: [{ alias: 'shop-metrics', status: { statusCode: 'ACTIVE' } }, {}],
    });
    expect(described).toMatchObject({
      workspace: { alias: 'shop-metrics', prometheusEndpoint: expect.any(String) as string },
    });
    expect(scrapers).toMatchObject({
      scrapers: [{ source: { eksConfiguration: { clusterArn: shop.arn } } }],
    });
    await expect(json('amp describe-workspace --workspace-id ws-0')).rejects.toThrow(
      /ResourceNotFoundException/,
    );
  });

  it('follows pages', async () => {
    expect(await cli('ec2 describe-subnets --page-size 5 --query length(Subnets)')).toBe('6\n');
    expect(await cli('eks list-nodegroups --cluster-name shop --page-size 1 --output text')).toBe(
      'NODEGROUPS\tweb\nNODEGROUPS\tsystem\n',
    );
  });

  it('reads logs, page by page', async () => {
    shop.logGroups = () => controlPlaneLogs(region, shop, Date.now());
    const since = Date.now() - 3_600_000;
    const group = '--log-group-name /aws/eks/shop/cluster';
    const words = await cli(
      `logs filter-log-events ${group} --start-time ${since} --log-stream-name-prefix kube-apiserver-audit- --query length(events[])`,
    );
    expect(Number(words)).toBeGreaterThan(10_000);
    expect(
      await json(
        `logs filter-log-events ${group} --filter-pattern denied --start-time ${since} --max-items 1`,
      ),
    ).toMatchObject({ events: [{ message: expect.stringContaining('access denied') as string }] });
    await expect(cli('logs filter-log-events --log-group-name none')).rejects.toThrow(
      'An error occurred (ResourceNotFoundException) when calling the FilterLogEvents operation: The specified log group does not exist.',
    );
  });

  it('knows the errors', async () => {
    await expect(cli('eks describe-cluster --name none')).rejects.toThrow(
      'An error occurred (ResourceNotFoundException) when calling the DescribeCluster operation: No cluster found for name: none.',
    );
  });

  it('writes a kubeconfig', async () => {
    const file = join(aws.caFile, '../kubeconfig');
    await cli(`eks update-kubeconfig --name shop --kubeconfig ${file}`);
    const text = readFileSync(file, 'utf8');
    expect(text).toContain(`server: ${shop.endpoint}`);
    expect(text).toContain(`certificate-authority-data: ${shop.caData}`);
  });

  it('makes the same token as we do, and the cluster takes it', async () => {
    const answer = JSON.parse(await cli('eks get-token --cluster-name shop')) as {
      status: { token: string };
    };
    const { token } = answer.status;
    const url = new URL(Buffer.from(token.slice('k8s-aws-v1.'.length), 'base64url').toString());
    const signed = (url.searchParams.get('X-Amz-Date') ?? '').replace(
      /(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/,
      '$1-$2-$3T$4:$5:$6Z',
    );
    const port = createAwsPort({
      clock: new VirtualClock(Date.parse(signed)),
      random: () => 0.5,
      env: aws.env,
      files: NO_FILES,
    });
    const ours = await port.token({ name: 'shop', profile: '', region: region.name });
    port.close();
    expect(ours.token).toBe(token);
    expect(isEksToken(token, region, 'shop', Date.now())).toBe(true);
    expect(isEksToken(token, region, 'other', Date.now())).toBe(false);
  });

  it('reads what Systems Manager knows of machines', async () => {
    const [subnet] = shop.subnets;
    const [zone] = region.zones;
    if (subnet === undefined || zone === undefined) throw new Error('a region without subnets');
    const launchedAt = Date.now() - 40 * 86_400_000;
    for (const [id, nodegroup] of [
      ['i-0123456789abcdef0', 'web'],
      ['i-0123456789abcdef1', null],
    ] as const)
      shop.instances.set(id, {
        ...{ id, nodegroup, type: 'm6i.large', zone, subnetId: subnet.id, privateIp: '10.0.1.1' },
        ...{ privateDnsName: `${id}.example`, lifecycle: 'spot', asgName: 'web', launchedAt },
        ...{ imageId: 'ami-1', architecture: 'x86_64', state: 'running', interfaces: [] },
      });
    const filter = '--filters Key=InstanceIds,Values=i-0123456789abcdef0,i-0123456789abcdef1';
    expect(await json(`ssm describe-instance-information ${filter}`)).toMatchObject({
      InstanceInformationList: [
        { InstanceId: 'i-0123456789abcdef0', PingStatus: 'Online', PlatformName: 'Amazon Linux' },
      ],
    });
    expect(
      await json('ssm describe-instance-patch-states --instance-ids i-0123456789abcdef0'),
    ).toMatchObject({
      InstancePatchStates: [{ Operation: 'Scan', InstalledPendingRebootCount: 0 }],
    });
    await expect(
      cli('ssm describe-instance-information --filters Key=Nothing,Values=a'),
    ).rejects.toThrow('InvalidInstanceInformationFilterValue');
    shop.instances.clear();
  });

  it('reads prices', async () => {
    const filters = 'Type=TERM_MATCH,Field=instanceType,Value=m6i.large';
    const products = await cli(
      `pricing get-products --service-code AmazonEC2 --filters ${filters} --query PriceList[0] --output text`,
    );
    expect(hourlyPrice([products])).toBe(0.115);
    const fee = 'Field=operation,Value=EKSAutoUsage';
    const fees = await cli(
      `pricing get-products --service-code AmazonEKS --filters Type=TERM_MATCH,${fee} Type=TERM_MATCH,Field=instancetype,Value=m6i.large --query PriceList[0] --output text`,
    );
    expect(hourlyPrice([fees])).toBeCloseTo(0.0138);
    const since = new Date().toISOString();
    const spot = `ec2 describe-spot-price-history --instance-types m6i.large --start-time ${since}`;
    expect(await json(`${spot} --product-descriptions Linux/UNIX`)).toMatchObject({
      SpotPriceHistory: region.zones.map(({ name }) => ({
        ...{ AvailabilityZone: name, InstanceType: 'm6i.large' },
        SpotPrice: expect.stringMatching(/^0\.0\d+$/) as string,
      })),
    });
  });

  it('reads what images are, those that are there', async () => {
    const image = eksImage('x86_64', '1.35.4-20261124');
    const filter = `--filters Name=image-id,Values=${image.id},ami-gone`;
    expect(await json(`ec2 describe-images --include-deprecated ${filter}`)).toMatchObject({
      Images: [
        {
          ...{ ImageId: image.id, Name: 'amazon-eks-node-al2023-x86_64-standard-1.35-v20261124' },
          ...{ ImageOwnerAlias: 'amazon', CreationDate: '2026-11-24T07:00:00.000Z' },
        },
      ],
    });
    await expect(cli('ec2 describe-images --image-ids ami-gone')).rejects.toThrow(
      'InvalidAMIID.NotFound',
    );
    expect(await json('ec2 describe-images --owners self')).toEqual({ Images: [] });
  });

  it('reads the latest release of an AMI by the parameter that names it', async () => {
    const name = releaseParameter({ amiType: 'AL2023_x86_64_STANDARD', version: '1.35' });
    expect(await json(`ssm get-parameters --names ${name} /aws/service/none`)).toMatchObject({
      Parameters: [{ Name: name, Value: '1.35.4-20261124' }],
      InvalidParameters: ['/aws/service/none'],
    });
  });

  it('looks up in CloudTrail who changed something', async () => {
    const size = '--scaling-config minSize=1,maxSize=9,desiredSize=3';
    await cli(`eks update-nodegroup-config --cluster-name shop --nodegroup-name web ${size}`);
    // CloudTrail tells of it minutes later.
    for (const call of region.trail) Object.assign(call, { at: call.at - 600_000 });
    const attribute = 'AttributeKey=EventName,AttributeValue=UpdateNodegroupConfig';
    expect(await json(`cloudtrail lookup-events --lookup-attributes ${attribute}`)).toMatchObject({
      Events: [
        {
          EventName: 'UpdateNodegroupConfig',
          EventSource: 'eks.amazonaws.com',
          CloudTrailEvent: expect.stringContaining('"nodegroupName":"web"') as string,
        },
      ],
    });
  });

  it('reads traces of X-Ray, and is told where their filter is none', async () => {
    const [start, end] = [NOW - 3_600_000, NOW].map((ms) => ms / 1000);
    const range = `xray get-trace-summaries --start-time ${start} --end-time ${end}`;
    const { TraceSummaries } = (await json(`${range} --filter-expression fault`)) as {
      TraceSummaries: readonly { HasFault: boolean; Http: { HttpStatus: number } }[];
    };
    expect(TraceSummaries).not.toEqual([]);
    expect(TraceSummaries.every(({ HasFault, Http }) => HasFault && Http.HttpStatus === 504)).toBe(
      true,
    );
    await expect(cli(`${range} --filter-expression nonsense`)).rejects.toThrow(
      'InvalidRequestException',
    );
  });

  it('reads VPC Lattice: its networks, services and targets, page by page', async () => {
    shop.lattice = () => [latticeNetwork()];
    const answers = await Promise.all(
      [
        'vpc-lattice list-service-networks',
        'vpc-lattice list-services',
        'vpc-lattice get-service --service-identifier svc-0123456789abcdef0',
        `vpc-lattice list-service-network-vpc-associations --vpc-identifier ${shop.vpcId}`,
        'vpc-lattice list-service-network-service-associations --service-network-identifier sn-0123456789abcdef0',
        `vpc-lattice list-target-groups --vpc-identifier ${shop.vpcId}`,
        'vpc-lattice list-targets --target-group-identifier tg-0123456789abcdef0 --page-size 1',
      ].map(json),
    );
    const service = { name: 'api-shop', status: 'ACTIVE' };
    expect(answers).toMatchObject([
      { items: [{ name: 'partners', numberOfAssociatedServices: 1 }] },
      { items: [service] },
      service,
      { items: [{ serviceNetworkName: 'partners', vpcId: shop.vpcId, status: 'ACTIVE' }] },
      { items: [{ serviceName: 'api-shop', serviceNetworkName: 'partners' }] },
      { items: [{ name: 'k8s-api-shop', type: 'IP', port: 8080 }] },
      { items: [{ status: 'HEALTHY' }, { status: 'UNHEALTHY', reasonCode: 'HealthCheckFailed' }] },
    ]);
    await expect(
      cli('vpc-lattice get-service --service-identifier svc-0fedcba9876543210'),
    ).rejects.toThrow(/ResourceNotFoundException/);
  });

  it('reads whether there is a bucket, and where', async () => {
    region.buckets.push({ name: 'models', region: 'eu-west-1' });
    expect(await json('s3api head-bucket --bucket models')).toMatchObject({
      BucketRegion: 'eu-west-1',
    });
    expect(await json('s3api get-bucket-location --bucket models')).toEqual({
      LocationConstraint: 'eu-west-1',
    });
    await expect(cli('s3api get-bucket-location --bucket nothing')).rejects.toThrow(/NoSuchBucket/);
    await expect(cli('s3api head-bucket --bucket nothing')).rejects.toThrow(/404/);
  });

  it('reads file systems, their mount targets and access points', async () => {
    const [subnet] = shop.subnets;
    if (!subnet) throw new Error('a cluster without subnets');
    const shared = { vpcId: shop.vpcId, createdAt: Date.UTC(2026, 0, 1), tags: { team: 'shop' } };
    const target = { id: 'fsmt-1', subnetId: subnet.id, zone: subnet.zone, ip: '10.0.0.9' };
    region.fileSystems.push(
      {
        ...{ ...shared, kind: 'EFS', id: 'fs-12345678', name: 'media', state: 'available' },
        ...{ throughput: 'elastic', size: 6144, encrypted: true },
        mountTargets: [{ ...target, state: 'available' }],
        accessPoints: [{ id: 'fsap-1', path: '/images' }],
      },
      {
        ...{ ...shared, kind: 'Lustre', id: 'fs-0a1b2c3d4e5f60718', name: 'scratch' },
        ...{ state: 'AVAILABLE', failure: '', deployment: 'SCRATCH_2', sizeGi: 1200 },
        subnetId: subnet.id,
      },
    );
    const answers = await Promise.all(
      [
        'efs describe-file-systems',
        'efs describe-mount-targets --file-system-id fs-12345678',
        'efs describe-access-points --file-system-id fs-12345678',
        'fsx describe-file-systems',
      ].map(json),
    );
    expect(answers).toMatchObject([
      {
        FileSystems: [{ FileSystemId: 'fs-12345678', Name: 'media', SizeInBytes: { Value: 6144 } }],
      },
      { MountTargets: [{ AvailabilityZoneName: subnet.zone.name, VpcId: shop.vpcId }] },
      { AccessPoints: [{ RootDirectory: { Path: '/images' }, LifeCycleState: 'available' }] },
      { FileSystems: [{ FileSystemType: 'LUSTRE', StorageCapacity: 1200 }] },
    ]);
    await expect(cli('efs describe-file-systems --file-system-id fs-87654321')).rejects.toThrow(
      /FileSystemNotFound/,
    );
  });

  it('reads hosted zones and their records', async () => {
    const alias = 'dualstack.web-1.elb.eu-central-1.amazonaws.com';
    region.hostedZones.push({
      ...{ id: 'Z1', name: 'example.com', isPrivate: true },
      records: () => [
        { name: 'www.example.com', type: 'A', alias },
        { name: '*.example.com', type: 'CNAME', values: ['www.example.com'], ttl: 60 },
      ],
    });
    const answers = await Promise.all(
      [
        'route53 list-hosted-zones',
        'route53 list-resource-record-sets --hosted-zone-id Z1',
        'route53 list-resource-record-sets --hosted-zone-id Z1 --page-size 1',
      ].map(json),
    );
    const sets = [
      { Name: String.raw`\052.example.com.`, ResourceRecords: [{ Value: 'www.example.com' }] },
      { Name: 'www.example.com.', AliasTarget: { DNSName: `${alias}.` } },
    ];
    expect(answers).toMatchObject([
      { HostedZones: [{ Id: '/hostedzone/Z1', Config: { PrivateZone: true } }] },
      { ResourceRecordSets: sets },
      { ResourceRecordSets: sets },
    ]);
    const missing = cli('route53 list-resource-record-sets --hosted-zone-id Z2');
    await expect(missing).rejects.toThrow(/NoSuchHostedZone/);
  });
});
