import { expect, it } from 'vitest';
import { IDLE, type SourceStatus } from '../../../src/domain/status.ts';
import { untold } from '../../../src/session/untold.ts';

const NONE = { reason: '', hint: '' };
const HINT = 'groups are shown as their nodes tell of them';

it('says that there is no AWS, and why', () => {
  expect(untold(IDLE, { reason: 'no AWS region', hint: '' }, HINT, 7)).toMatchObject({
    state: 'absent',
    since: 7,
    reason: 'no AWS region',
    hint: HINT,
  });
});

it('says what AWS refuses, since when and what to do', () => {
  const denied = {
    ...IDLE,
    state: 'denied',
    since: 3,
    reason: 'needs eks:ListClusters',
    hint: 'ask an administrator',
    retryAt: 9,
  } as const;
  expect(untold(denied, NONE, HINT, 7)).toEqual(denied);
});

it('says what to do where there is no AWS', () => {
  const problem = { reason: 'no AWS region', hint: 'pass --region' };
  expect(untold(IDLE, problem, HINT, 7).hint).toBe('pass --region');
});

it('is loading, and with what it waits for, while AWS has not told of all clusters', () => {
  const reason = 'waiting for eks:ListClusters';
  const loading = { ...IDLE, state: 'loading', since: 3, reason } as const;
  expect(untold(loading, NONE, HINT, 7)).toEqual({ ...loading, hint: HINT });
  expect(untold(IDLE, NONE, HINT, 7).state).toBe('loading');
});

it('blames no right that would bring no cluster', () => {
  const incomplete: SourceStatus = {
    ...{ ...IDLE, state: 'live', hint: 'ask for both' },
    reason: 'needs eks:DescribeClusterVersions; dev: needs eks:DescribeCluster',
    withheld: { reason: 'dev: needs eks:DescribeCluster', hint: 'ask for it' },
  };
  expect(untold(incomplete, NONE, HINT, 7)).toMatchObject({
    reason: 'AWS does not tell of this cluster: dev: needs eks:DescribeCluster',
    hint: 'ask for it',
  });
  const complete = { ...incomplete, withheld: { reason: '', hint: '' } };
  expect(untold(complete, NONE, HINT, 7)).toMatchObject({
    reason: 'AWS does not tell of this cluster',
    hint: HINT,
  });
  for (const state of ['stale', 'loading'] as const)
    expect(untold({ ...incomplete, state }, NONE, HINT, 7).reason).toBe(
      'dev: needs eks:DescribeCluster',
    );
});

it('says that AWS knows no such cluster once it has told of all, or of all that it could', () => {
  const reason = 'AWS does not tell of this cluster';
  const live = { ...IDLE, state: 'live' } as const;
  expect(untold(live, NONE, HINT, 7)).toMatchObject({ state: 'absent', reason, hint: HINT });
  const incomplete = { ...live, reason: 'needs eks:DescribeCluster', hint: 'ask' };
  expect(untold(incomplete, NONE, HINT, 7)).toMatchObject({
    state: 'absent',
    reason: `${reason}: needs eks:DescribeCluster`,
    hint: 'ask',
  });
});
