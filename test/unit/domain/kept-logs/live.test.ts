import { describe, expect, it } from 'vitest';
import { chargedMinutes, logGroupArn, Twins } from '../../../../src/domain/kept-logs/live.ts';

it('a log group is of the account, region and partition of its cluster', () => {
  expect(logGroupArn('arn:aws-cn:eks:cn-north-1:111122223333:cluster/shop', '/aws/eks/a:b')).toBe(
    'arn:aws-cn:logs:cn-north-1:111122223333:log-group:/aws/eks/a:b',
  );
});

it.each([
  [0, 1],
  [1, 1],
  [60_000, 1],
  [60_001, 2],
  [3 * 3_600_000, 180],
])('%i ms are charged as %i minutes', (ms, minutes) => {
  expect(chargedMinutes(ms)).toBe(minutes);
});

describe('lines that come in two ways', () => {
  it('are taken for each other as often as they came', () => {
    const twins = new Twins();
    twins.add('a', 1);
    twins.add('a', 1);
    expect([twins.take('a'), twins.take('b'), twins.take('a'), twins.take('a')]).toEqual([
      ...[true, false, true, false],
    ]);
  });

  it('are forgotten when they are old', () => {
    const twins = new Twins();
    twins.add('old', 1);
    twins.add('new', 5);
    twins.forget(5);
    expect([twins.take('old'), twins.take('new')]).toEqual([false, true]);
  });
});
