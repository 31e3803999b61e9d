import { describe, expect, it } from 'vitest';
import { whyClaim as whyClaimRule } from '../../../../src/domain/why/claim.ts';
import { rowOf } from '../../../support/rows.ts';
import { answers, worldOf } from './world.ts';

const whyClaim = answers(whyClaimRule);
const GIB = 2 ** 30;

const claim = (given: object = {}) =>
  rowOf('persistentvolumeclaims', {
    ...{ name: 'data', namespace: 'shop', phase: 'Pending', storageClass: 'hand' },
    ...{ requested: 5 * GIB, accessModes: 'RWX', mode: 'Filesystem' },
    ...given,
  });
const volume = (given: object = {}) =>
  rowOf('persistentvolumes', {
    ...{ name: 'pv-1', phase: 'Available', storageClass: 'hand', capacity: 9 * GIB },
    ...{ accessModes: 'RWO,RWX', mode: 'Filesystem' },
    ...given,
  });
const ask = (row: ReturnType<typeof claim>, ...persistentvolumes: ReturnType<typeof volume>[]) =>
  whyClaim(row, worldOf({ rows: { persistentvolumes } }));

describe('a claim that names its volume', () => {
  const it1 = claim({ volume: 'pv-1' });
  it.each([
    ['volume pv-1, which it names, is not there', []],
    [
      'volume pv-1, which it names, belongs to claim shop/other',
      [volume({ phase: 'Bound', claim: 'shop/other' })],
    ],
    [
      'volume pv-1, which it names, was left by claim shop/old',
      [volume({ phase: 'Released', claim: 'shop/old' })],
    ],
    [
      'volume pv-1, which it names, does not fit it: it is of no class, not of class hand',
      [volume({ storageClass: '' })],
    ],
    [
      'volume pv-1, which it names, does not fit it: it has 1Gi of 5Gi',
      [volume({ capacity: GIB, claim: 'shop/data' })],
    ],
    [
      'volume pv-1, which it names, does not fit it: it is RWO, not RWX',
      [volume({ accessModes: 'RWO' })],
    ],
    [
      'volume pv-1, which it names, does not fit it: it is a Block, not a Filesystem',
      [volume({ mode: 'Block' })],
    ],
  ])('%s', (sentence, volumes) => {
    expect(ask(it1, ...volumes)).toMatchObject({ sentence, certainty: 'deduced' });
  });

  it('of volumes that cannot be read nothing is said', () => {
    const found = whyClaim(it1, worldOf({ unread: { persistentvolumes: 'forbidden' } }));
    expect(found?.sentence).not.toContain('pv-1');
    expect(found?.unread).toContain('volumes: forbidden');
  });
});

it('volumes of its class that nobody has are told with what keeps it from each', () => {
  const found = ask(
    claim(),
    volume({ capacity: GIB }),
    volume({ name: 'pv-2', phase: 'Released', claim: 'shop/old' }),
    volume({ name: 'pv-3', claim: 'shop/next' }),
    volume({ name: 'pv-4', phase: 'Bound', claim: 'shop/x' }),
    volume({ name: 'pv-5', storageClass: 'other' }),
  );
  expect(found?.sentence).toBe(
    'no volume of class hand fits it, and there is no such storage class to make one',
  );
  expect(found?.evidence.slice(1).map(({ source, text }) => `${source}: ${text}`)).toEqual([
    'volume pv-1: Available: it has 1Gi of 5Gi',
    'volume pv-2: Released by shop/old: nobody gets it while its claimRef says so',
    'volume pv-3: Available: it is kept for shop/next',
  ]);
  expect(found?.next[0]).toMatch(/take the claimRef of the volume away$/);
});
