import { expect, it } from 'vitest';
import { conflict } from '../../../../src/simulator/catalog/addons.ts';
import { eachAwsBench } from '../../../support/aws-bench.ts';

const bench = eachAwsBench();

it('tells version, newest that fits, configuration, role and health of each', async () => {
  const { shop } = bench();
  conflict(shop, 'metrics-server', ['Deployment.apps metrics-server - .spec.replicas']);
  const { rows, last } = await bench().follow('addons');
  expect(last).toMatchObject({ state: 'live', reason: '' });
  expect(rows.get('vpc-cni')).toMatchObject({
    origin: 'aws',
    status: 'ACTIVE',
    version: 'v1.20.4-eksbuild.2',
    versions: ['v1.21.1-eksbuild.1', 'v1.20.5-eksbuild.1', 'v1.20.4-eksbuild.2'],
    defaultVersion: 'v1.20.5-eksbuild.1',
    fitsNext: false,
    roleArn: 'arn:aws:iam::111122223333:role/shop-vpc-cni',
    health: [],
  });
  expect(rows.get('coredns')?.configuration).toContain('replicaCount');
  expect(rows.get('metrics-server')).toMatchObject({
    status: 'UPDATE_FAILED',
    health: [{ code: 'ConfigurationConflict' }],
  });
});

it('asks for versions twice a day, and for the version of the cluster every five minutes', async () => {
  const { clock, calls, shop } = bench();
  const sink = await bench().follow('addons');
  const names = shop.addons.length;
  expect(bench().counted('DescribeAddonVersions')).toBe(names);
  clock.advance(30_000);
  await sink.until(({ last }) => last?.asOf === clock.now());
  expect(calls).toHaveLength(2 * (1 + names) + names + 1);
  clock.advance(5 * 60_000);
  await sink.until(({ last }) => last?.asOf === clock.now());
  expect(bench().counted('DescribeCluster')).toBe(2);
  expect(bench().counted('DescribeAddonVersions')).toBe(names);
});

it('says which IAM action is missing, and shows what else it knows', async () => {
  bench().deny('DescribeAddonVersions');
  const { rows, last } = await bench().follow('addons');
  expect(last).toMatchObject({ state: 'live', reason: 'needs eks:DescribeAddonVersions' });
  expect(rows.get('vpc-cni')).toMatchObject({ version: 'v1.20.4-eksbuild.2', versions: null });
});

it('is denied where nothing may be listed', async () => {
  bench().deny('ListAddons');
  const { rows, last } = await bench().follow('addons');
  expect(last).toMatchObject({ state: 'denied', reason: 'needs eks:ListAddons' });
  expect(rows.size).toBe(0);
});

it('keeps its rows while AWS fails', async () => {
  const sink = await bench().follow('addons');
  bench().fail('ListAddons');
  bench().clock.advance(30_000);
  await sink.until(({ last }) => last?.state === 'stale');
  expect(sink.rows.size).toBe(bench().shop.addons.length);
});

it('knows no versions where the endpoint does not serve them', async () => {
  bench().unserve('DescribeAddonVersions');
  const { rows, last } = await bench().follow('addons');
  expect(last).toMatchObject({ state: 'live', reason: '' });
  expect(rows.get('coredns')?.versions).toBeNull();
});
