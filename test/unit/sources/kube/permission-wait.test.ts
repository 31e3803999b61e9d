import { expect, it } from 'vitest';
import { PermissionWait } from '../../../../src/sources/kube/permission-wait.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';

it('what is forbidden is asked for within 15 s for a quarter of an hour, then once a minute', () => {
  const clock = new VirtualClock();
  const wait = new PermissionWait(clock, () => 1);
  const asked: number[] = [];
  for (let i = 0; i < 100; i++) {
    asked.push(wait.next());
    clock.advance(asked.at(-1) ?? 0);
  }
  expect(asked.filter((ms) => ms <= 15_000)).toHaveLength(65);
  expect(asked.at(-1)).toBe(75_000);
  wait.reset();
  expect(wait.next()).toBe(14_000);
});
