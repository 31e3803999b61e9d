import { afterEach, beforeEach, expect, it } from 'vitest';
import { accessDenied } from '../../../../src/simulator/aws-api/index.ts';
import { eksImage } from '../../../../src/simulator/catalog/images.ts';
import type { Instance } from '../../../../src/simulator/region.ts';
import { plain } from '../../../../src/core/styled.ts';
import { instances } from '../../../../src/resources/instances.ts';
import { machineHealth } from '../../../../src/domain/machine-health.ts';
import { type Machine, unknownImage } from '../../../../src/domain/tables/instances.ts';
import { NOW } from '../../../support/aws-region.ts';
import { followedRegion, type FollowedRegion } from '../../../support/followed-table.ts';

let at: FollowedRegion;

beforeEach(async () => {
  at = await followedRegion();
});

afterEach(() => at.close());

function add(id: string, more: Partial<Instance> = {}): void {
  const [subnet] = at.shop.subnets;
  const [zone] = at.region.zones;
  if (subnet === undefined || zone === undefined) throw new Error('a region without subnets');
  at.shop.instances.set(id, {
    ...{ id, type: 'm6i.large', zone, subnetId: subnet.id, privateIp: '10.0.1.1' },
    ...{ privateDnsName: `${id}.example`, lifecycle: 'normal', nodegroup: null, asgName: 'batch' },
    ...{ imageId: 'ami-1', architecture: 'x86_64', state: 'running', launchedAt: NOW },
    interfaces: [],
    ...more,
  });
}

it('tells instances with their checks and what their type can hold', async () => {
  add('i-1', { lifecycle: 'spot' });
  add('i-2', { state: 'pending' });
  add('i-3', { state: 'terminated' });
  const { rows } = await at.follow('instances');
  expect([...rows.keys()]).toEqual(['i-1', 'i-2']);
  expect(rows.get('i-1')).toMatchObject({
    ...{ type: 'm6i.large', zone: 'eu-central-1a', ip: '10.0.1.1', asg: 'batch', created: NOW },
    machine: {
      ...{ state: 'running', checks: '', events: [], lifecycle: 'spot' },
      ...{ interfaces: 3, addresses: 10 },
    },
  });
  // What has not started yet was not checked.
  expect(rows.get('i-2')?.machine.checks).toBeNull();
  expect(at.calls.toSorted()).toEqual([
    'DescribeCluster',
    'DescribeImages',
    'DescribeInstanceStatus',
    'DescribeInstanceTypes',
    'DescribeInstances',
  ]);
});

it('asks for a type once', async () => {
  add('i-1');
  const sink = await at.follow('instances');
  at.calls.length = 0;
  add('i-2');
  at.clock.advance(60_000);
  await sink.until(({ rows }) => rows.has('i-2'));
  expect(at.calls.toSorted()).toEqual(['DescribeInstanceStatus', 'DescribeInstances']);
});

it('tells the image of each: of those of EKS their release, and of others what is known of them', async () => {
  const [old, golden] = [eksImage('arm64', '1.35.0-20260912'), 'amazon-eks-node-1.32-v20250920'];
  at.region.images.push({
    ...{ id: 'ami-own', name: golden, createdAt: NOW - 1_000, architecture: 'x86_64' },
    ...{ ownerId: at.region.accountId, ownerAlias: '' },
  });
  add('i-1', { imageId: old.id });
  add('i-2', { imageId: 'ami-own' });
  add('i-3', { imageId: 'ami-gone' });
  const sink = await at.follow('instances');
  const image = (id: string) => sink.rows.get(id)?.machine.image;
  expect(image('i-1')).toEqual({
    ...{ id: old.id, name: old.name, created: old.createdAt },
    ...{ amiType: 'AL2023_ARM_64_STANDARD', version: '1.35' },
    ...{ release: '1.35-20260912', latestRelease: '1.35.4-20261124' },
  });
  // Whoever copies an image keeps its name: that makes it none of EKS's.
  expect(image('i-2')).toMatchObject({ amiType: 'CUSTOM', release: golden, created: NOW - 1_000 });
  expect(image('i-3')).toEqual({ ...unknownImage('ami-gone'), name: '', latestRelease: '' });
  // An image never changes: what was told once is not asked for again.
  at.calls.length = 0;
  add('i-4', { imageId: old.id });
  at.clock.advance(60_000);
  await sink.until(({ rows }) => rows.has('i-4'));
  expect(at.calls).not.toContain('DescribeImages');
  expect(image('i-4')).toEqual(image('i-1'));
});

it('does not know images that may not be read, and says which right is missing', async () => {
  add('i-1');
  at.fault = (call) => (call.operation === 'DescribeImages' ? accessDenied(call) : null);
  const { rows, last } = await at.follow('instances');
  expect(rows.get('i-1')?.machine.image.name).toBeNull();
  expect(last?.reason).toBe('needs ec2:DescribeImages');
});

it('has instances without checks and limits where these may not be read, and says so', async () => {
  add('i-1');
  const withheld = ['DescribeInstanceStatus', 'DescribeInstanceTypes'];
  at.fault = (call) => (withheld.includes(call.operation) ? accessDenied(call) : null);
  const { rows, last } = await at.follow('instances');
  expect(rows.get('i-1')?.machine).toMatchObject({ checks: null, interfaces: null });
  expect(last?.reason).toBe('needs ec2:DescribeInstanceStatus; needs ec2:DescribeInstanceTypes');
});

const machine = (more: Partial<Machine>): Machine => ({
  ...{ state: 'running', checks: '', events: [], lifecycle: '', reservation: '' },
  ...{ interfaces: 3, addresses: 10, image: unknownImage('ami-1') },
  ...more,
});
const retirement = { code: 'instance-retirement', description: 'x', at: NOW };

it.each([
  [{}, 'ok', ''],
  [{ checks: null }, 'ok', ''],
  [{ checks: 'instance initializing' }, 'busy', 'instance initializing'],
  [{ checks: 'system impaired', events: [retirement] }, 'bad', 'system impaired'],
  [{ events: [retirement] }, 'warn', 'instance-retirement'],
  [{ state: 'shutting-down' }, 'busy', ''],
] as const)('a machine of %j is %s', (more, level, cause) => {
  expect(machineHealth(machine(more))).toEqual({ level, cause });
});

it('looks for no release of what Auto Mode runs: its images are the matter of EKS', async () => {
  add('i-1', { imageId: 'ami-unknown' });
  add('i-2', {
    ...{ imageId: 'ami-unknown', asgName: '' },
    claim: { name: 'c-1', pool: 'system', nodeClass: 'default' },
  });
  const { rows } = await at.follow('instances');
  const release = instances.columns.find(({ id }) => id === 'release');
  const said = ['i-1', 'i-2'].map((id) =>
    plain(release?.cell?.(rows.get(id) as never, { now: NOW, time: 'age' }) ?? ''),
  );
  expect(said).toEqual(['?', '-']);
});
