import { expect, it } from 'vitest';
import { IDLE } from '../../../src/domain/status.ts';
import { noGroups } from '../../../src/session/no-groups.ts';

it('says that there is no AWS, and why', () => {
  expect(noGroups(IDLE, 'no AWS region', 7)).toMatchObject({
    state: 'absent',
    since: 7,
    reason: 'no AWS region',
    hint: 'groups are shown as their nodes tell of them',
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
  expect(noGroups(denied, '', 7)).toEqual(denied);
});

it('says that AWS knows no such cluster, once it has told of all', () => {
  const reason = 'AWS does not tell of this cluster';
  expect(noGroups({ ...IDLE, state: 'loading' }, '', 7).reason).toBe(`${reason} yet`);
  expect(noGroups({ ...IDLE, state: 'live' }, '', 7).reason).toBe(reason);
});
