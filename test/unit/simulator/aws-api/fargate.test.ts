import {
  CreateFargateProfileCommand,
  type CreateFargateProfileRequest,
  DeleteFargateProfileCommand,
  type EKSClient,
} from '@aws-sdk/client-eks';
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

const create = (input: Partial<CreateFargateProfileRequest> = {}) =>
  eks.send(
    new CreateFargateProfileCommand({
      clusterName: 'shop',
      fargateProfileName: 'jobs',
      podExecutionRoleArn: shop.fargateProfiles[0]?.podExecutionRoleArn,
      selectors: [{ namespace: 'jobs' }],
      ...input,
    }),
  );
const remove = (fargateProfileName: string) =>
  eks.send(new DeleteFargateProfileCommand({ clusterName: 'shop', fargateProfileName }));

it('makes a profile in the private subnets where none are named', async () => {
  const { fargateProfile } = await create();
  expect(fargateProfile).toMatchObject({
    status: 'CREATING',
    subnets: shop.subnets.filter((each) => !each.public).map(({ id }) => id),
    selectors: [{ namespace: 'jobs', labels: {} }],
  });
});

it('does one thing at a time, and says what it is at', async () => {
  await create();
  await expect(create({ fargateProfileName: 'more' })).rejects.toMatchObject({
    name: 'ResourceInUseException',
    message:
      'Cannot create Fargate Profile more because cluster shop currently has Fargate profile jobs in status CREATING',
  });
  await expect(remove('payments')).rejects.toMatchObject({ name: 'ResourceInUseException' });
});

it('knows a request that comes twice by its token', async () => {
  await create({ clientRequestToken: 'one' });
  const again = await create({ clientRequestToken: 'one' });
  expect(again.fargateProfile?.status).toBe('CREATING');
  await expect(create({ clientRequestToken: 'two' })).rejects.toMatchObject({
    name: 'ResourceInUseException',
    message: 'A Fargate Profile already exists with this name in this cluster.',
  });
});

it('refuses what EKS refuses', async () => {
  const open = shop.subnets.find((each) => each.public)?.id ?? '';
  const namespaces = ['a', 'b', 'c', 'd', 'e', 'f'].map((namespace) => ({ namespace }));
  const role = (name: string): string => `arn:aws:iam::${region.accountId}:role/${name}`;
  const wrong: readonly [Partial<CreateFargateProfileRequest>, string][] = [
    [{ fargateProfileName: '-x' }, 'contains invalid characters'],
    [{ fargateProfileName: 'eks-x' }, 'prefix eks-'],
    [{ selectors: [] }, 'at least one selector'],
    [{ selectors: namespaces }, 'maximum allowed limit 5'],
    [{ podExecutionRoleArn: role('none') }, 'it does not exist'],
    [{ podExecutionRoleArn: role('shop-node') }, 'Misconfigured PodExecutionRole Trust Policy'],
    [{ subnets: ['subnet-none'] }, "The subnet ID 'subnet-none' does not exist"],
    [{ subnets: [open] }, `Subnet ${open} provided in Fargate Profile is not a private subnet`],
  ];
  for (const [input, message] of wrong) {
    await expect(create(input)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining(message) as string,
    });
  }
  expect(shop.fargateProfiles).toHaveLength(1);
});

it('takes a profile away', async () => {
  const { fargateProfile } = await remove('payments');
  expect(fargateProfile?.status).toBe('DELETING');
  await expect(remove('none')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});
