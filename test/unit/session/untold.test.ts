import { expect, it } from 'vitest';
import { IDLE } from '../../../src/domain/status.ts';
import { untold } from '../../../src/session/untold.ts';

const HINT = 'groups are shown as their nodes tell of them';

it('says that there is no AWS, and why', () => {
  expect(untold(IDLE, 'no AWS region', HINT, 7)).toMatchObject({
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
  expect(untold(denied, '', HINT, 7)).toEqual(denied);
});

it('says that AWS knows no such cluster, once it has told of all', () => {
  const reason = 'AWS does not tell of this cluster';
  expect(untold({ ...IDLE, state: 'loading' }, '', HINT, 7).reason).toBe(`${reason} yet`);
  expect(untold({ ...IDLE, state: 'live' }, '', HINT, 7).reason).toBe(reason);
});
