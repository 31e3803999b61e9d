import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NodeGroupRow } from '../../../../src/domain/rows.ts';
import type { AwsPort } from '../../../../src/ports/aws.ts';
import {
  accessDenied,
  type ApiError,
  type ApiCall,
} from '../../../../src/simulator/aws-api/index.ts';
import type { EksCluster, Nodegroup, Region } from '../../../../src/simulator/region.ts';
import { createAwsPort, NO_FILES } from '../../../../src/sources/aws/index.ts';
import { NOW, serveRegion, type TestAws, testRegion } from '../../../support/aws-region.ts';
import { recordingSink } from '../../../support/recording-sink.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';

const CLUSTER = { name: 'shop', arn: '', profile: '', region: 'eu-central-1' };
const ZONES = ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'];

let region: Region;
let shop: EksCluster;
let web: Nodegroup;
let aws: TestAws;
let clock: VirtualClock;
let port: AwsPort;
let calls: string[];
/** Which calls fail; set by a test. */
let fault: (call: ApiCall) => ApiError | null;

beforeEach(async () => {
  ({ region, shop } = testRegion());
  const found = shop.nodegroups.find(({ name }) => name === 'web');
  if (!found) throw new Error('no group web');
  web = found;
  calls = [];
  fault = () => null;
  aws = await serveRegion(region, {
    fault(call) {
      calls.push(call.operation);
      return fault(call);
    },
  });
  clock = new VirtualClock(NOW);
  const files = NO_FILES;
  port = createAwsPort({ clock, random: () => 0.5, env: aws.env, files });
});

afterEach(async () => {
  port.close();
  await aws.close();
});

const deny =
  (...operations: string[]) =>
  (call: ApiCall): ApiError | null =>
    operations.includes(call.operation) ? accessDenied(call) : null;

async function follow() {
  const sink = recordingSink<NodeGroupRow>();
  port.follow('nodegroups', CLUSTER, sink);
  await sink.until(({ last }) => last !== undefined && last.state !== 'loading');
  return sink;
}

it('tells managed groups, Fargate profiles and Auto Scaling groups of the cluster', async () => {
  web.healthIssues = [
    { code: 'AsgInstanceLaunchFailures', message: 'no capacity', resourceIds: [] },
  ];
  const sink = await follow();

  expect([...sink.rows.keys()].sort()).toEqual([
    'fargate/payments',
    'managed/system',
    'managed/web',
    'self-managed/batch',
  ]);
  expect(sink.rows.get('managed/web')).toMatchObject({
    name: 'web',
    kind: 'managed',
    status: 'ACTIVE',
    health: [{ code: 'AsgInstanceLaunchFailures', message: 'no capacity', resources: [] }],
    version: '1.35',
    amiType: 'AL2023_ARM_64_STANDARD',
    ...{ release: '1.35.3-20261110', latestRelease: '1.35.4-20261124' },
    capacity: 'spot',
    instanceTypes: ['m7g.large', 'm6g.large'],
    min: 1,
    desired: 3,
    max: 9,
    zones: ZONES,
    asg: web.asgName,
    nodeLabels: { tier: 'web' },
    taints: ['spot=yes:NoSchedule'],
    update: '',
    origin: 'aws',
    created: NOW - 30 * 86_400_000,
  });
  expect(sink.rows.get('fargate/payments')).toMatchObject({
    kind: 'fargate',
    capacity: 'fargate',
    min: null,
    desired: null,
    max: null,
    zones: ZONES,
    selectors: ['payments app=api'],
  });
  expect(sink.rows.get('self-managed/batch')).toMatchObject({
    name: 'batch',
    kind: 'self-managed',
    capacity: 'on-demand',
    instanceTypes: ['c6i.xlarge'],
    min: 0,
    desired: 1,
    max: 5,
    zones: ZONES,
    asg: 'batch',
  });
  expect(sink.last).toMatchObject({ state: 'live', reason: '', synced: true });
});

it('names the group of eksctl as its nodes do', async () => {
  const batch = shop.autoScalingGroups.find(({ name }) => name === 'batch');
  if (batch) {
    shop.autoScalingGroups.splice(shop.autoScalingGroups.indexOf(batch), 1, {
      ...batch,
      tags: { ...batch.tags, 'alpha.eksctl.io/nodegroup-name': 'ng-1' },
    });
  }
  const sink = await follow();
  expect(sink.rows.get('self-managed/batch')).toMatchObject({ name: 'ng-1', kind: 'eksctl' });
});

it('tells the update that a group is in, and asks no more for those that ended', async () => {
  web.status = 'UPDATING';
  web.updates.push(
    { id: 'old', type: 'ConfigUpdate', status: 'Successful', params: {}, createdAt: NOW },
    { id: 'new', type: 'VersionUpdate', status: 'InProgress', params: {}, createdAt: NOW },
  );
  const sink = await follow();
  expect(sink.rows.get('managed/web')?.update).toBe('VersionUpdate InProgress');
  expect(calls.filter((call) => call === 'DescribeUpdate')).toHaveLength(2);

  // While something changes, the groups are asked for every five seconds.
  clock.advance(5_000);
  await sink.until(({ calls: said }) => said.filter((call) => call === 'status live').length >= 2);
  expect(calls.filter((call) => call === 'DescribeUpdate')).toHaveLength(3);

  web.status = 'ACTIVE';
  clock.advance(5_000);
  await sink.until(({ rows }) => rows.get('managed/web')?.status === 'ACTIVE');
  expect(sink.rows.get('managed/web')?.update).toBe('');
  expect(calls.filter((call) => call === 'ListUpdates')).toHaveLength(2);
});

it('asks for the zone of a subnet once', async () => {
  const sink = await follow();
  const asked = calls.filter((call) => call === 'DescribeSubnets').length;
  clock.advance(30_000);
  await sink.until(({ last }) => last?.asOf === NOW + 30_000);
  expect(calls.filter((call) => call === 'DescribeSubnets')).toHaveLength(asked);
});

it('each part degrades alone and says what it needs', async () => {
  fault = deny('ListFargateProfiles', 'DescribeSubnets');
  const sink = await follow();
  expect([...sink.rows.keys()].sort()).toEqual([
    'managed/system',
    'managed/web',
    'self-managed/batch',
  ]);
  expect(sink.rows.get('managed/web')?.zones).toEqual([]);
  expect(sink.last).toMatchObject({
    state: 'live',
    synced: true,
    reason:
      'node groups: needs ec2:DescribeSubnets; Fargate profiles: needs eks:ListFargateProfiles',
  });
});

it('a group that may not be described keeps its name', async () => {
  fault = deny('DescribeNodegroup');
  const sink = await follow();
  expect(sink.rows.get('managed/web')).toMatchObject({ name: 'web', status: '', min: null });
  expect(sink.last?.reason).toBe('node groups: needs eks:DescribeNodegroup');
});

it('knows no update where ListUpdates is not served', async () => {
  web.status = 'UPDATING';
  fault = (call) =>
    call.operation === 'ListUpdates'
      ? Object.assign(accessDenied(call), { code: 'UnknownOperationException', status: 404 })
      : null;
  const sink = await follow();
  expect(sink.rows.get('managed/web')).toMatchObject({ status: 'UPDATING', update: '' });
  expect(sink.last).toMatchObject({ state: 'live', reason: '' });
});

it('is denied as a whole where every part is', async () => {
  fault = deny('ListNodegroups', 'ListFargateProfiles', 'DescribeAutoScalingGroups');
  const sink = await follow();
  expect(sink.last).toMatchObject({ state: 'denied', synced: false });
  expect(sink.last?.reason).toContain('needs eks:ListNodegroups');
  expect(sink.last?.reason).toContain('needs autoscaling:DescribeAutoScalingGroups');
});

it('a cluster that is gone is absent', async () => {
  region.clusters.length = 0;
  fault = deny('DescribeAutoScalingGroups');
  const sink = await follow();
  expect(sink.last?.reason).toContain('No cluster found for name: shop');
});

describe('what a self-managed group buys', () => {
  const buys = async (market: 'spot' | null) => {
    const batch = shop.autoScalingGroups.find(({ name }) => name === 'batch');
    if (!batch?.launchTemplate) throw new Error('no group batch');
    batch.launchTemplate = { ...batch.launchTemplate, market };
    const sink = await follow();
    return sink.rows.get('self-managed/batch')?.capacity;
  };

  it('is what its launch template says', async () => {
    expect(await buys('spot')).toBe('spot');
  });

  it('is on demand where that says nothing', async () => {
    expect(await buys(null)).toBe('on-demand');
  });

  it('is not known where the template may not be read, and everything else is', async () => {
    fault = deny('DescribeLaunchTemplateVersions');
    const sink = await follow();
    expect(sink.rows.get('self-managed/batch')).toMatchObject({ capacity: '', desired: 1 });
    expect(sink.last?.reason).toContain('needs ec2:DescribeLaunchTemplateVersions');
  });
});

describe('a group that is short of instances', () => {
  const starve = (status: 'Failed' | 'Successful', message: string) =>
    shop.autoScalingGroups
      .find(({ nodegroup }) => nodegroup === 'web')
      ?.activities.unshift({
        ...{ id: 'a', description: '', cause: '', startedAt: NOW, endedAt: NOW, status, message },
      });

  it('says why in the words of Auto Scaling', async () => {
    starve('Failed', 'We currently do not have sufficient m7g.large capacity');
    const sink = await follow();
    expect(sink.rows.get('managed/web')?.shortfall).toBe(
      'We currently do not have sufficient m7g.large capacity',
    );
  });

  it('says nothing of a failure that is over', async () => {
    starve('Failed', 'We currently do not have sufficient m7g.large capacity');
    starve('Successful', '');
    expect((await follow()).rows.get('managed/web')?.shortfall).toBe('');
  });

  it('is there without a reason where that may not be asked', async () => {
    fault = deny('DescribeScalingActivities');
    const sink = await follow();
    expect(sink.rows.get('managed/web')).toMatchObject({ status: 'ACTIVE', shortfall: '' });
    expect(sink.last?.reason).toContain('autoscaling:DescribeScalingActivities');
  });

  it('is asked about only while it is short', async () => {
    for (const group of shop.autoScalingGroups) group.desired = 0;
    await follow();
    expect(calls).not.toContain('DescribeScalingActivities');
  });
});
