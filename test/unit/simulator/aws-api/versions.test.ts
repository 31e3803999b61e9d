import {
  DescribeUpdateCommand,
  type EKSClient,
  UpdateClusterVersionCommand,
  type UpdateClusterVersionCommandInput,
  UpdateNodegroupVersionCommand,
  type UpdateNodegroupVersionCommandInput,
} from '@aws-sdk/client-eks';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EksCluster, Region } from '../../../../src/simulator/region.ts';
import {
  eksClient,
  NOW,
  serveRegion,
  type TestAws,
  testRegion,
} from '../../../support/aws-region.ts';

let region: Region;
let shop: EksCluster;
let aws: TestAws;
let eks: EKSClient;

beforeEach(async () => {
  ({ region, shop } = testRegion());
  aws = await serveRegion(region);
  eks = eksClient(aws, region);
});
afterEach(() => aws.close());

describe('the version of a node group', () => {
  const update = (input: Partial<UpdateNodegroupVersionCommandInput> = {}) =>
    eks.send(
      new UpdateNodegroupVersionCommand({ clusterName: 'shop', nodegroupName: 'web', ...input }),
    );

  it('becomes the newest of its cluster where nothing is said', async () => {
    const { update: begun } = await update();
    expect(begun).toMatchObject({
      type: 'VersionUpdate',
      status: 'InProgress',
      params: [
        { type: 'Version', value: '1.35' },
        { type: 'ReleaseVersion', value: '1.35.4-20261124' },
      ],
    });
    const told = await eks.send(
      new DescribeUpdateCommand({ name: 'shop', nodegroupName: 'web', updateId: begun?.id }),
    );
    expect(told.update?.status).toBe('InProgress');
    await expect(update()).rejects.toMatchObject({ name: 'ResourceInUseException' });
  });

  it.each([
    [{ version: '1.36' }, 'must not be newer than that of its cluster'],
    [{ version: '1.34' }, 'cannot be updated to an earlier Kubernetes version'],
    [{ releaseVersion: '1.35.9-20260101' }, 'is not valid for kubernetes version 1.35'],
  ])('%j is refused', async (input, words) => {
    await expect(update(input)).rejects.toThrow(words);
  });
});

describe('the version of a cluster', () => {
  const update = (input: Partial<UpdateClusterVersionCommandInput>) =>
    eks.send(new UpdateClusterVersionCommand({ name: 'shop', version: '1.36', ...input }));

  it('is held by insights, and by groups that are behind', async () => {
    await expect(update({})).rejects.toThrow('Deprecated APIs removed in Kubernetes v1.36');
    const [web] = shop.nodegroups;
    if (web) web.version = '1.34';
    await expect(update({ force: true })).rejects.toThrow(
      'Nodegroups web must be updated to match cluster version 1.35 before updating cluster version',
    );
  });

  it('goes up one at a time where it is forced', async () => {
    await expect(update({ version: '1.32' })).rejects.toThrow('from 1.35 to 1.32');
    const { update: begun } = await update({ force: true });
    expect(begun).toMatchObject({ type: 'VersionUpdate', status: 'InProgress' });
    expect(shop.status).toBe('UPDATING');
  });

  it('goes back within seven days of an upgrade', async () => {
    await expect(update({ version: '1.34' })).rejects.toThrow('no upgrade within the last 7 days');
    shop.updates.push({
      ...{ id: 'u', type: 'VersionUpdate', status: 'Successful', createdAt: NOW - 86_400_000 },
      params: { Version: '1.35' },
    });
    expect((await update({ version: '1.34' })).update?.type).toBe('VersionRollback');
  });
});
