import { expect, it } from 'vitest';
import { departure } from '../../../src/resources/describe/common.ts';
import { podRow, rowOf } from '../../support/rows.ts';

const NOW = 1_000_000;
const ctx = { now: NOW, time: 'age' } as const;

it('says since when an object goes: of a pod, before the time that it has to end', () => {
  const pod = podRow({ name: 'api', deleting: NOW + 20_000, asked: NOW - 10_000 });
  expect(departure(pod, ctx)).toEqual([['Terminating', [['since 10s', 'warn']]]]);
  const claim = rowOf('persistentvolumeclaims', { name: 'data', deleting: NOW - 60_000 });
  expect(departure(claim, ctx)).toEqual([['Terminating', [['since 60s', 'warn']]]]);
  expect(departure(podRow({ name: 'api' }), ctx)).toEqual([]);
});
