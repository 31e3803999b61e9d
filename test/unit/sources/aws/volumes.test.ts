import { afterEach, beforeEach, expect, it } from 'vitest';
import { accessDenied } from '../../../../src/simulator/aws-api/index.ts';
import type { Volume } from '../../../../src/simulator/storage.ts';
import { volumes } from '../../../../src/resources/volumes.ts';
import type { VolumeRow } from '../../../../src/domain/tables/volumes.ts';
import { NOW } from '../../../support/aws-region.ts';
import { followedRegion, type FollowedRegion } from '../../../support/followed-table.ts';
import { rowOf } from '../../../support/rows.ts';

let at: FollowedRegion;

beforeEach(async () => {
  at = await followedRegion();
});

afterEach(() => at.close());

const FOR = {
  'kubernetes.io/created-for/pv/name': 'pvc-1',
  'kubernetes.io/created-for/pvc/namespace': 'shop',
  'kubernetes.io/created-for/pvc/name': 'data-db-0',
};
const volume = (id: string, tags: Volume['tags']): Volume => ({
  ...{ id, zone: 'eu-central-1a', sizeGi: 20, type: 'gp3', createdAt: NOW, tags },
});

it('tells the volumes that were made for the cluster, or for nobody knows which', async () => {
  at.shop.volumes = () => [
    volume('vol-1', { ...FOR, 'kubernetes.io/cluster/shop': 'owned' }),
    volume('vol-2', FOR),
    volume('vol-3', { ...FOR, 'kubernetes.io/cluster/other': 'owned' }),
    volume('vol-4', {}),
  ];
  const { rows, last } = await at.follow('volumes');
  expect([...rows.keys()]).toEqual(['vol-1', 'vol-2']);
  expect(rows.get('vol-1')).toMatchObject({
    ...{ state: 'available', zone: 'eu-central-1a', type: 'gp3', size: 20 * 2 ** 30, iops: 3000 },
    ...{ claim: 'shop/data-db-0', ofCluster: true, created: NOW },
  });
  expect(rows.get('vol-2')?.ofCluster).toBe(false);
  expect(at.calls).toEqual(['DescribeVolumes', 'DescribeVolumesModifications']);
  expect(last).toMatchObject({ state: 'live', reason: '' });
});

it('names the action that is missing for what is being modified, and shows the rest', async () => {
  at.shop.volumes = () => [volume('vol-1', FOR)];
  at.fault = ({ operation, ...call }) =>
    operation === 'DescribeVolumesModifications' ? accessDenied({ operation, ...call }) : null;
  const { rows, last } = await at.follow('volumes');
  expect(rows.size).toBe(1);
  expect(last?.reason).toBe('needs ec2:DescribeVolumesModifications');
});

it.each([
  [{ state: 'in-use', pv: '' }, 'ok', ''],
  [{ state: 'available', pv: null }, 'ok', ''],
  [{ state: 'available', pv: 'pvc-1' }, 'ok', ''],
  [{ state: 'available', pv: '' }, 'warn', /no persistent volume has it/],
  [{ state: 'available', pv: '', ofCluster: false }, 'ok', ''],
  [{ state: 'error' }, 'bad', ''],
  [{ state: 'in-use', modification: 'optimizing 40%' }, 'busy', 'optimizing 40%'],
  [{ state: 'in-use', attachedTo: ['i-1 busy'] }, 'warn', 'i-1 busy'],
] as const)('a volume that is %j is %s', (more, level, cause) => {
  const row: VolumeRow = rowOf('volumes', { name: 'vol-1', ofCluster: true, ...more });
  const health = volumes.health(row, { now: NOW, time: 'age' });
  expect(health.level).toBe(level);
  expect(health.cause).toMatch(cause);
});
