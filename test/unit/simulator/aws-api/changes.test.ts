import { type EKSClient, UpdateNodegroupConfigCommand } from '@aws-sdk/client-eks';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { EksCluster, Region } from '../../../../src/simulator/region.ts';
import { eksClient, serveRegion, type TestAws, testRegion } from '../../../support/aws-region.ts';

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

const scale = (scalingConfig: { minSize?: number; maxSize?: number; desiredSize?: number }) =>
  eks.send(
    new UpdateNodegroupConfigCommand({ clusterName: 'shop', nodegroupName: 'web', scalingConfig }),
  );

it('scales a node group, which is an update of it', async () => {
  const { update } = await scale({ desiredSize: 5 });
  expect(update).toMatchObject({
    type: 'ConfigUpdate',
    status: 'InProgress',
    params: [
      { type: 'MinSize', value: '1' },
      { type: 'MaxSize', value: '9' },
      { type: 'DesiredSize', value: '5' },
    ],
  });
  const web = shop.nodegroups.find(({ name }) => name === 'web');
  expect(web).toMatchObject({ status: 'UPDATING', scaling: { min: 1, max: 9, desired: 5 } });
  expect(shop.autoScalingGroups.find(({ nodegroup }) => nodegroup === 'web')?.desired).toBe(5);

  await expect(scale({ desiredSize: 6 })).rejects.toMatchObject({
    name: 'ResourceInUseException',
    message: 'Nodegroup cannot be updated as it is currently not in Active State',
  });
});

it('knows a request that comes twice by its token', async () => {
  const once = () =>
    eks.send(
      new UpdateNodegroupConfigCommand({
        clusterName: 'shop',
        nodegroupName: 'web',
        scalingConfig: { desiredSize: 5 },
        clientRequestToken: 'same',
      }),
    );
  const [first, second] = [await once(), await once()];
  expect(second.update?.id).toBe(first.update?.id);
  expect(shop.nodegroups.find(({ name }) => name === 'web')?.updates).toHaveLength(1);
});

it.each([
  [{ minSize: 4 }, "Minimum capacity 4 can't be greater than desired size 3"],
  [{ maxSize: 2 }, "Desired capacity 3 can't be greater than max size 2"],
  [{ desiredSize: -1 }, 'desiredSize is not valid'],
])('refuses %j as EKS does, and changes nothing', async (scaling, message) => {
  await expect(scale(scaling)).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message,
  });
  expect(shop.nodegroups.find(({ name }) => name === 'web')).toMatchObject({
    status: 'ACTIVE',
    scaling: { min: 1, max: 9, desired: 3 },
    updates: [],
  });
});
