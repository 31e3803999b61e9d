import { expect, it, onTestFinished } from 'vitest';
import type { ClusterRow } from '../../../../src/domain/rows.ts';
import { accessDenied } from '../../../../src/simulator/aws-api/index.ts';
import { emptyRegion } from '../../../../src/simulator/catalog/region.ts';
import { createAwsPort, NO_FILES } from '../../../../src/sources/aws/index.ts';
import { addTestCluster, NOW, serveRegion, testRegion } from '../../../support/aws-region.ts';
import { recordingSink } from '../../../support/recording-sink.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';

it('is no reason for a cluster not to be there', async () => {
  const { region } = testRegion();
  const aws = await serveRegion(region, {
    fault: (call) => (call.operation === 'DescribeClusterVersions' ? accessDenied(call) : null),
  });
  const clock = new VirtualClock(NOW);
  const port = createAwsPort({ clock, random: () => 0.5, env: aws.env, files: NO_FILES });
  onTestFinished(async () => {
    port.close();
    await aws.close();
  });
  const sink = recordingSink<ClusterRow>();
  port.follow('clusters', [{ profile: '', region: region.name }], sink);
  await sink.until(({ last }) => last?.state === 'live');
  expect(sink.last).toMatchObject({
    reason: 'needs eks:DescribeClusterVersions',
    withheld: { reason: '', hint: '' },
  });
});

it('is known in a region that may not tell of it, by what another one tells', async () => {
  const there = emptyRegion('us-east-1');
  addTestCluster(there, 'shop');
  const { region } = testRegion();
  let asked = 0;
  const aws = await serveRegion(
    region,
    {
      fault: (call) =>
        call.operation === 'DescribeClusterVersions' && asked++ === 0 ? accessDenied(call) : null,
    },
    [there],
  );
  const clock = new VirtualClock(NOW);
  const port = createAwsPort({ clock, random: () => 0.5, env: aws.env, files: NO_FILES });
  onTestFinished(async () => {
    port.close();
    await aws.close();
  });
  const sink = recordingSink<ClusterRow>();
  const scopes = [region, there].map(({ name }) => ({ profile: '', region: name }));
  port.follow('clusters', scopes, sink);
  await sink.until(({ last }) => last?.state === 'live');
  clock.advance(30_000);
  await sink.until(({ rows }) => [...rows.values()].every((row) => row.standardSupportEnd));
  const ends = [...sink.rows.values()].map((row) => row.standardSupportEnd);
  expect(ends).toHaveLength(2);
  expect(new Set(ends).size).toBe(1);
});
