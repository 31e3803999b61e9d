import { describe, expect, it } from 'vitest';
import type { StorageTold } from '../../../../src/domain/storage-told.ts';
import { whyClaim as whyClaimRule } from '../../../../src/domain/why/claim.ts';
import { rowOf } from '../../../support/rows.ts';
import { answers, worldOf } from './world.ts';

const whyClaim = answers(whyClaimRule);

const GIB = 2 ** 30;
const fill = (percent: number, files = 1) => ({
  ...{ used: (percent * 20 * GIB) / 100, capacity: 20 * GIB, at: 5 },
  ...{ inodesUsed: files, inodes: 100 },
});
const told: StorageTold = {
  ...{ state: 'available', reason: '', type: 'elastic', iops: null, throughput: null },
  ...{ encrypted: true, attachedTo: [], modification: '', path: '/', missing: '' },
  mountZones: ['eu-central-1a'],
};
const why = (given: object) =>
  whyClaim(
    rowOf('persistentvolumeclaims', {
      ...{ name: 'data', namespace: 'shop', phase: 'Bound', volume: 'pv', volumeId: 'fs-1' },
      ...given,
    }),
    worldOf({}),
  );

describe('a claim with a volume', () => {
  it.each([
    [{ fill: fill(89) }, undefined],
    [{ fill: null }, undefined],
    [{ told }, undefined],
    [{ told: { ...told, state: 'updating' } }, undefined],
    [{ fill: fill(93) }, /^it is nearly full: 93%, 18.6Gi of 20Gi: what writes to it fails/],
    [{ fill: fill(50, 95) }, /^it is nearly out of inodes: 95%, 95 of 100/],
    [
      { told, usedZones: ['eu-central-1a', 'eu-central-1b'], fill: fill(99) },
      /^no mount target: fs-1 has none in 1b, where pods use it$/,
    ],
    [{ told: { ...told, missing: 'fsap-2' } }, /^its access point is gone: fs-1 has no fsap-2$/],
  ] as const)('%j', (given, sentence) => {
    const found = why(given);
    if (sentence === undefined) expect(found).toBeNull();
    else expect(found).toMatchObject({ sentence: expect.stringMatching(sentence) as string });
  });

  it('may be given no more, for a while', () => {
    const row = rowOf('persistentvolumeclaims', {
      ...{
        name: 'data',
        namespace: 'shop',
        phase: 'Bound',
        requested: 10 * GIB,
        capacity: 5 * GIB,
      },
    });
    const failed = {
      reason: 'VolumeResizeFailed',
      message:
        'resize volume "pvc-1" by resizer "ebs.csi.aws.com" failed: rpc error: code = Internal desc = Could not resize volume "vol-1": operation error EC2: ModifyVolume, https response error StatusCode: 400, RequestID: f4, api error VolumeModificationRateExceeded: You have reached the maximum modification rate per volume limit.',
    };
    const events = { 'PersistentVolumeClaim/shop/data': [failed] };
    const found = whyClaim(row, worldOf({ events }));
    expect(found?.sentence).toBe(
      'it cannot be given 10Gi: Could not resize volume "vol-1": VolumeModificationRateExceeded: You have reached the maximum modification rate per volume limit',
    );
    expect(found?.next[0]).toContain('six hours');
    expect(whyClaim({ ...row, capacity: 10 * GIB }, worldOf({ events }))).toBeNull();
  });

  it('asks the kubelets how full it is, where its row does not know yet', () => {
    const asked: string[] = [];
    const world = {
      ...worldOf({}),
      unread: (table: string) => {
        asked.push(table);
        return '';
      },
    };
    const row = (given: object) =>
      rowOf('persistentvolumeclaims', { name: 'data', phase: 'Bound', ...given });
    expect(whyClaim(row({ fill: fill(10) }), world)).toBeNull();
    expect(asked).toEqual([]);
    expect(whyClaim(row({}), world)).toBeNull();
    expect(asked).toEqual(['claimusage']);
  });

  it('says what to do about a zone without a mount target', () => {
    const found = why({ told, usedZones: ['eu-central-1b'] });
    expect(found).toMatchObject({
      evidence: [{ text: 'available, mount targets in eu-central-1a' }],
      next: [expect.stringContaining('make a mount target in each zone')],
    });
  });
});
