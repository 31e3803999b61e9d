import { beforeEach, expect, it } from 'vitest';
import type { UpdateRow } from '../../../../src/domain/rows.ts';
import type { ScalingActivity } from '../../../../src/simulator/region.ts';
import { eachAwsBench } from '../../../support/aws-bench.ts';
import type { RecordingSink } from '../../../support/recording-sink.ts';
import { NOW } from '../../../support/aws-region.ts';

const bench = eachAwsBench();
const HOUR = 3_600_000;

const launch = (given: Partial<ScalingActivity>): ScalingActivity => ({
  id: 'launch-1',
  description: 'Launching a new EC2 instance: i-0abc',
  cause:
    'At 2026-11-24T05:00:00Z an instance was started in response to a difference between desired and actual capacity.',
  startedAt: NOW - HOUR,
  endedAt: NOW - HOUR + 40_000,
  status: 'Successful',
  message: '',
  ...given,
});

function group(name: string) {
  const found = bench().shop.nodegroups.find((each) => each.name === name);
  if (found === undefined) throw new Error(`there is no group ${name}`);
  const asg = bench().shop.autoScalingGroups.find((each) => each.name === found.asgName);
  if (asg === undefined) throw new Error(`${name} has no Auto Scaling group`);
  return { updates: found.updates, activities: asg.activities };
}

beforeEach(() => {
  const { shop } = bench();
  // As many machines as they should have: none.
  for (const asg of shop.autoScalingGroups) asg.desired = 0;
  shop.updates.push({
    id: 'up-1',
    type: 'VersionUpdate',
    status: 'Successful',
    params: { Version: '1.35', PlatformVersion: 'eks.12' },
    createdAt: NOW - 10 * HOUR,
  });
});

const told = (rows: ReadonlyMap<string, UpdateRow>) =>
  [...rows.values()]
    .map(({ kind, name, type, status }) => `${kind} ${name} ${type} ${status}`)
    .sort();

it('tells the updates of the cluster, its groups and add-ons, and what Auto Scaling does', async () => {
  const { shop } = bench();
  const web = group('web');
  web.updates.push({
    id: 'up-2',
    type: 'VersionUpdate',
    status: 'InProgress',
    params: { ReleaseVersion: '1.35.1-20261101' },
    createdAt: NOW - HOUR,
  });
  web.activities.push(launch({}));
  const own = shop.autoScalingGroups.find(({ name }) => name === 'batch');
  const failed = {
    status: 'Failed',
    message: 'You have requested more vCPU than allowed',
  } as const;
  own?.activities.push(launch({ id: 'launch-2', ...failed, endedAt: null }));

  const { rows, last } = await bench().follow('updates');
  expect(last).toMatchObject({ state: 'live', reason: '' });
  expect(told(rows)).toEqual([
    'AutoScalingGroup batch Launch Failed',
    'Cluster shop VersionUpdate Successful',
    'NodeGroup web Launch Successful',
    'NodeGroup web VersionUpdate InProgress',
  ]);
  expect(rows.get('Cluster/shop/up-1')).toMatchObject({
    what: 'Version 1.35, PlatformVersion eks.12',
    created: NOW - 10 * HOUR,
    ended: 0,
  });
  expect(rows.get('launch-1')).toMatchObject({
    what: 'Launching a new EC2 instance: i-0abc',
    why: 'an instance was started in response to a difference between desired and actual capacity.',
    ended: NOW - HOUR + 40_000,
  });
  expect(rows.get('launch-2')?.why).toBe('You have requested more vCPU than allowed');
});

it('asks once for an update that has ended, and leaves out activities of other days', async () => {
  group('web').activities.push(launch({ startedAt: NOW - 30 * HOUR }));
  const sink = await bench().follow('updates');
  expect(told(sink.rows)).toEqual(['Cluster shop VersionUpdate Successful']);
  const { clock } = bench();
  clock.advance(60_000);
  await sink.until(({ last }) => last?.asOf === clock.now());
  expect(bench().counted('DescribeUpdate')).toBe(1);
});

it('says which IAM action is missing, and shows what else it knows', async () => {
  bench().deny('DescribeScalingActivities');
  const { rows, last } = await bench().follow('updates');
  expect(last).toMatchObject({
    state: 'live',
    reason: 'scaling activities: needs autoscaling:DescribeScalingActivities',
  });
  expect(told(rows)).toEqual(['Cluster shop VersionUpdate Successful']);
});

const EKS_CALLS = ['ListNodegroups', 'ListAddons', 'ListUpdates', 'DescribeUpdate'];
const eksCalls = (): number => EKS_CALLS.reduce((sum, call) => sum + bench().counted(call), 0);

/** Lets minutes pass, each with a round of both parts. */
async function pass(sink: RecordingSink<UpdateRow>, minutes: number): Promise<void> {
  const { clock } = bench();
  for (let i = 0; i < minutes; i++) {
    clock.advance(60_000);
    await sink.until(({ last }) => last?.asOf === clock.now());
  }
}

/** How many there are of what has updates: the cluster, its groups and its add-ons. */
const subjects = (): number => 1 + bench().shop.nodegroups.length + bench().shop.addons.length;

it('asks EKS once a minute while nothing happens, and for all every five', async () => {
  const sink = await bench().follow('updates');
  bench().calls.length = 0;
  await pass(sink, 4);
  expect(eksCalls()).toBe(4);
  expect(bench().counted('DescribeAutoScalingGroups')).toBe(4);
  expect(bench().counted('DescribeScalingActivities')).toBe(0);
  await pass(sink, 1);
  expect(eksCalls()).toBe(4 + subjects() + 2);
  expect(bench().counted('DescribeScalingActivities')).toBe(3);
});

it('asks for a group when its machines come or go', async () => {
  const sink = await bench().follow('updates');
  const asg = bench().shop.autoScalingGroups.find(({ nodegroup }) => nodegroup === 'web');
  if (asg === undefined) throw new Error('web has no Auto Scaling group');
  group('web').updates.push({
    ...{ id: 'up-3', type: 'VersionUpdate', status: 'InProgress', params: {} },
    createdAt: NOW,
  });
  asg.desired = 1;
  await pass(sink, 2);
  expect(told(sink.rows)).toContain('NodeGroup web VersionUpdate InProgress');
});

it('asks for what others are told was changed, and for nothing else', async () => {
  const { shop } = bench();
  const sink = await bench().follow('updates');
  await bench().follow('nodegroups');
  await bench().follow('addons');
  bench().calls.length = 0;
  // What they told of was there before.
  await pass(sink, 1);
  expect(bench().counted('ListUpdates')).toBe(1);
  const system = shop.nodegroups.find(({ name }) => name === 'system');
  if (system === undefined) throw new Error('there is no group system');
  system.modifiedAt = NOW + HOUR;
  system.updates.push({
    ...{ id: 'up-4', type: 'ConfigUpdate', status: 'Successful', params: { LabelsToAdd: '{}' } },
    createdAt: NOW,
  });
  await bench().follow('nodegroups');
  bench().calls.length = 0;
  await pass(sink, 1);
  expect(told(sink.rows)).toContain('NodeGroup system ConfigUpdate Successful');
  expect(bench().counted('ListUpdates')).toBe(2);
  await pass(sink, 1);
  expect(bench().counted('ListUpdates')).toBe(3);
});

it('asks for all where somebody wants it now', async () => {
  await bench().follow('updates');
  bench().calls.length = 0;
  bench().retryNow();
  await expect.poll(eksCalls).toBe(2 + subjects());
});

it('reads many updates over some rounds, from both ends of the list, and says how many are missing', async () => {
  const { shop } = bench();
  shop.updates.length = 0;
  for (let i = 0; i < 100; i++) {
    const more = { type: 'ConfigUpdate', status: 'Successful', params: {} } as const;
    shop.updates.push({ ...more, id: `up-${i}`, createdAt: NOW - i * HOUR });
  }
  const sink = await bench().follow('updates');
  expect(sink.last?.reason).toBe('updates: 60 more updates of Cluster shop are yet to be read');
  expect(sink.rows.has('Cluster/shop/up-0')).toBe(true);
  expect(sink.rows.has('Cluster/shop/up-99')).toBe(true);
  await pass(sink, 2);
  expect(sink.rows.size).toBe(100);
  expect(sink.last?.reason).toBe('');
});
