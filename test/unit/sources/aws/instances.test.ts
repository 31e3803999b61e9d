import { afterEach, beforeEach, expect, it } from 'vitest';
import { accessDenied } from '../../../../src/simulator/aws-api/index.ts';
import type { Instance } from '../../../../src/simulator/region.ts';
import { machineHealth } from '../../../../src/domain/machine-health.ts';
import type { Machine } from '../../../../src/domain/tables/instances.ts';
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
  ...{ interfaces: 3, addresses: 10 },
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
