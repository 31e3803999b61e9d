import { expect, it } from 'vitest';
import type { AwsDoor } from '../../../src/ports/aws.ts';
import { ownDoor } from '../../../src/session/own-door.ts';

const EKS = { name: 'shop', arn: '', profile: '', region: 'eu-central-1' };

function recorded(): { readonly door: AwsDoor; readonly calls: string[] } {
  const calls: string[] = [];
  const door: AwsDoor = {
    scope: EKS,
    call(action) {
      calls.push(action);
      return Promise.resolve({} as never);
    },
  };
  return { door: ownDoor({ door: () => door }, EKS, () => false), calls };
}

it('passes what is about its own cluster, or about none', async () => {
  const { door, calls } = recorded();
  await door.call('eks:DescribeCluster', { name: 'shop' });
  await door.call('eks:ListAddons', { clusterName: 'shop' });
  await door.call('iam:GetRole', { RoleName: 'other' });
  expect(calls).toEqual(['eks:DescribeCluster', 'eks:ListAddons', 'iam:GetRole']);
});

it('refuses what is about another cluster, in both spellings', async () => {
  const { door, calls } = recorded();
  await expect(door.call('eks:DescribeCluster', { name: 'other' })).rejects.toThrow(
    'refused: eks:DescribeCluster is for other, not for shop',
  );
  await expect(
    door.call('eks:DeleteFargateProfile', { clusterName: 'other', fargateProfileName: 'a' }),
  ).rejects.toMatchObject({ kind: 'refused' });
  await expect(door.call('eks:ListAddons', {} as never)).rejects.toThrow('for no cluster');
  expect(calls).toEqual([]);
});
