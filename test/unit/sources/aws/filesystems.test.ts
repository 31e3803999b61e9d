import { LifeCycleState } from '@aws-sdk/client-efs';
import { FileSystemLifecycle, FileSystemType } from '@aws-sdk/client-fsx';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { FileSystemRow } from '../../../../src/domain/tables/filesystems.ts';
import { isBroken, isPassing } from '../../../../src/domain/storage-told.ts';
import { filesystems } from '../../../../src/resources/filesystems.ts';
import type { FsxDescription } from '../../../../src/ports/aws/fsx-calls.ts';
import { accessDenied } from '../../../../src/simulator/aws-api/index.ts';
import type { ElasticFileSystem } from '../../../../src/simulator/storage.ts';
import { fsxRow } from '../../../../src/sources/aws/tables/filesystems/row.ts';
import { NOW } from '../../../support/aws-region.ts';
import { followedRegion, type FollowedRegion } from '../../../support/followed-table.ts';
import { rowOf } from '../../../support/rows.ts';

const NOWHERE = { DeploymentType: '', ThroughputCapacity: null };
const FSX: FsxDescription = {
  ...{ FileSystemId: 'fs-1', CreationTime: NOW, FileSystemType: 'LUSTRE', Lifecycle: 'AVAILABLE' },
  ...{ FailureDetails: { Message: '' }, StorageCapacity: 1200, StorageType: 'SSD', VpcId: 'vpc-1' },
  ...{ SubnetIds: [], DNSName: '', Tags: [], LustreConfiguration: NOWHERE },
  ...{ OpenZFSConfiguration: NOWHERE, OntapConfiguration: NOWHERE, WindowsConfiguration: NOWHERE },
};

let at: FollowedRegion;

beforeEach(async () => {
  at = await followedRegion();
});

afterEach(() => at.close());

/** A file system of EFS that is mounted in a zone of the cluster, or in another VPC, or nowhere. */
function efs(id: string, where: 'here' | 'elsewhere' | 'nowhere'): ElasticFileSystem {
  const [subnet] = at.shop.subnets;
  if (!subnet) throw new Error('a cluster without subnets');
  const target = {
    ...{ id: `fsmt-${id}`, subnetId: subnet.id, zone: subnet.zone, ip: '10.0.1.9' },
    state: 'available' as const,
  };
  return {
    ...{ kind: 'EFS', id, name: `${id}-name`, throughput: 'elastic', size: 5, encrypted: true },
    ...{ vpcId: where === 'elsewhere' ? 'vpc-other' : at.shop.vpcId, state: 'available' },
    ...{ createdAt: NOW, tags: {}, mountTargets: where === 'nowhere' ? [] : [target] },
    accessPoints: [{ id: `fsap-${id}`, path: '/data' }],
  };
}

const lustre = (id: string, vpcId: string) =>
  at.region.fileSystems.push({
    ...{ kind: 'Lustre', id, name: id, vpcId, state: 'FAILED', failure: 'no capacity' },
    ...{ deployment: 'PERSISTENT_2', sizeGi: 1200, subnetId: 'subnet-1', createdAt: NOW, tags: {} },
  });

it('tells the file systems that the VPC can mount, and those that nobody can', async () => {
  at.region.fileSystems.push(efs('fs-1', 'here'), efs('fs-2', 'elsewhere'), efs('fs-3', 'nowhere'));
  lustre('fs-4', at.shop.vpcId);
  lustre('fs-5', 'vpc-other');
  const { rows, last } = await at.follow('filesystems');
  expect([...rows.keys()].sort()).toEqual(['fs-1', 'fs-3', 'fs-4']);
  const [subnet] = at.shop.subnets;
  expect(rows.get('fs-1')).toMatchObject({
    ...{ kind: 'EFS', label: 'fs-1-name', state: 'available', type: 'elastic', size: 5 },
    mounts: [{ zone: subnet?.zone.name, subnet: subnet?.id, ip: '10.0.1.9', state: 'available' }],
    accessPoints: [{ id: 'fsap-fs-1', path: '/data', state: 'available' }],
  });
  expect(rows.get('fs-3')).toMatchObject({ mounts: [] });
  expect(rows.get('fs-4')).toMatchObject({
    ...{ kind: 'FSx Lustre', state: 'failed', reason: 'no capacity', type: 'PERSISTENT_2' },
    ...{ size: 1200 * 2 ** 30, mounts: null, accessPoints: null, subnets: ['subnet-1'] },
  });
  expect(last).toMatchObject({ state: 'live', reason: '' });
});

it('asks for mount targets less often than for file systems', async () => {
  at.region.fileSystems.push(efs('fs-1', 'here'));
  await at.follow('filesystems');
  const first = at.calls.filter((call) => call === 'DescribeMountTargets').length;
  at.clock.advance(130_000);
  await expect.poll(() => at.calls.filter((call) => call === 'DescribeFileSystems').length).toBe(4);
  expect(at.calls.filter((call) => call === 'DescribeMountTargets')).toHaveLength(first);
});

it.each([
  ['DescribeMountTargets', { mounts: null, accessPoints: [{}] }],
  ['DescribeAccessPoints', { mounts: [{}], accessPoints: null }],
])('shows what there is without %s, and names it', async (missing, shown) => {
  at.region.fileSystems.push(efs('fs-1', 'here'));
  at.fault = (call) => (call.operation === missing ? accessDenied(call) : null);
  const { rows, last } = await at.follow('filesystems');
  expect(rows.get('fs-1')).toMatchObject(shown);
  expect(last).toMatchObject({ state: 'live' });
  expect(last?.reason).toBe(`EFS: needs elasticfilesystem:${missing}`);
});

it('tells EFS where FSx is denied', async () => {
  at.region.fileSystems.push(efs('fs-1', 'here'));
  at.fault = (call) => (call.service === 'fsx' ? accessDenied(call) : null);
  const { rows, last } = await at.follow('filesystems');
  expect(rows.size).toBe(1);
  expect(last?.reason).toBe('FSx: needs fsx:DescribeFileSystems');
});

const mount = { id: 'fsmt-1', zone: 'eu-central-1a', subnet: 'subnet-1', ip: '10.0.0.9' };
it.each([
  [{ state: 'available', mounts: [{ ...mount, state: 'available' }] }, 'ok', ''],
  [{ state: 'available', mounts: null }, 'ok', ''],
  [{ state: 'available', mounts: [] }, 'warn', /nothing can mount it/],
  [{ state: 'available', mounts: [{ ...mount, state: 'creating' }] }, 'busy', /in 1a is creating/],
  [{ state: 'available', mounts: [{ ...mount, state: 'error' }] }, 'bad', /in 1a is error/],
  [{ state: 'failed', reason: 'no capacity' }, 'bad', 'no capacity'],
  [{ state: 'updating' }, 'busy', ''],
] as const)('a file system that is %j is %s', (more, level, cause) => {
  const row: FileSystemRow = rowOf('filesystems', { name: 'fs-1', ...more });
  const health = filesystems.health(row, { now: NOW, time: 'age' });
  expect(health.level).toBe(level);
  expect(health.cause).toMatch(cause);
});

it('knows every kind of FSx by the name that people call it', () => {
  const blank = { ...FSX, FileSystemType: 'NEW' };
  expect(fsxRow(blank).kind).toBe('FSx NEW');
  for (const type of Object.values(FileSystemType)) {
    expect(fsxRow({ ...FSX, FileSystemType: type }).kind).toMatch(
      /^FSx (Lustre|OpenZFS|ONTAP|Windows)$/,
    );
  }
});

it('tells of each kind of FSx how it is deployed, by its own configuration', () => {
  const deployed = { DeploymentType: 'MULTI_AZ_1', ThroughputCapacity: 128 };
  for (const kind of ['Lustre', 'OpenZFS', 'Ontap', 'Windows']) {
    const row = fsxRow({ ...FSX, [`${kind}Configuration`]: deployed });
    expect(row).toMatchObject({ type: 'MULTI_AZ_1', throughput: 128 });
  }
  expect(fsxRow(FSX)).toMatchObject({ type: 'SSD', throughput: null });
});

it('knows what every state of AWS means: well, on its way, broken or gone', () => {
  const states = [
    ...Object.values(FileSystemLifecycle).map((state) => state.toLowerCase()),
    ...Object.values(LifeCycleState),
  ];
  const others = states.filter((state) => !isBroken({ state }) && !isPassing({ state }));
  expect([...new Set(others)].sort()).toEqual(['available', 'deleted']);
});
