import { expect, it } from 'vitest';
import { AWS_CHANGES } from '../../../../src/domain/changes/aws.ts';
import type { Sight } from '../../../../src/domain/changes/change.ts';
import type { UpdateRow } from '../../../../src/domain/rows.ts';
import { updates } from '../../../../src/domain/tables/updates.ts';

const NOW = 1_800_000_000_000;
const [rule] = AWS_CHANGES;
const sight = { now: NOW, watched: true } as unknown as Sight;
const row = (given: Partial<UpdateRow>): UpdateRow => ({
  ...updates.blank,
  uid: 'up-1',
  name: 'web',
  kind: 'NodeGroup',
  type: 'VersionUpdate',
  status: 'InProgress',
  what: 'Version 1.36',
  created: NOW - 60_000,
  ...given,
});
const seen = (before: UpdateRow | null, after: UpdateRow | null, given: Partial<Sight> = {}) =>
  rule?.seen(before, after, { ...sight, ...given }) ?? [];

it('tells that an update was begun, at the moment at which it was', () => {
  expect(seen(null, row({}))).toMatchObject([
    { change: 'updated', kind: 'NodeGroup', name: 'web', at: NOW - 60_000, level: 'ok' },
  ]);
  expect(seen(null, row({}))[0]?.what).toBe('VersionUpdate Version 1.36');
});

it('tells that it failed as another line, with why', () => {
  const failed = row({ status: 'Failed', why: 'PodEvictionFailure: Reached max retries' });
  const [change] = seen(row({}), failed);
  expect(change).toMatchObject({ change: 'failed', level: 'bad', at: NOW, why: failed.why });
  expect(change?.key).not.toBe(seen(null, row({}))[0]?.key);
  expect(seen(failed, failed)).toEqual([]);
});

it('tells nothing when it is done, when it leaves, or when it is old', () => {
  expect(seen(row({}), row({ status: 'Successful' }))).toEqual([]);
  expect(seen(row({}), null)).toEqual([]);
  expect(seen(null, row({ created: NOW - 3_600_000 }))).toEqual([]);
  expect(seen(null, row({}), { watched: false })).toEqual([]);
});

it('counts the instances that a group starts together', () => {
  const [one, other] = ['a', 'b'].flatMap((uid) => seen(null, row({ uid, type: 'Launch' })));
  expect(one).toMatchObject({ change: 'launched', what: 'Version 1.36' });
  expect(one?.flood).toBe(other?.flood);
  expect(one?.key).not.toBe(other?.key);
});

it('finds what was of late in what AWS still tells', () => {
  const rows = [row({}), row({ uid: 'old', created: NOW - 3_600_000 })];
  const query = { rows: () => rows, named: () => undefined } as never;
  expect([...(rule?.told?.(query, NOW - 30 * 60_000) ?? [])]).toMatchObject([
    { at: NOW - 60_000 },
    null,
  ]);
});
