import { describe, expect, it } from 'vitest';
import { SimulatedClock } from '../../../src/simulator/clock.ts';

describe('the simulated clock', () => {
  it('runs timers in the order of their time, and of their making where it is the same', () => {
    const clock = new SimulatedClock(0, 0, 1);
    const seen: string[] = [];
    for (const [ms, name] of [
      [30, 'c'],
      [10, 'a'],
      [10, 'b'],
      [40, 'd'],
    ] as const) {
      clock.after(ms, () => seen.push(`${name}@${clock.now()}`));
    }
    clock.advance(35);
    expect(seen).toEqual(['a@10', 'b@10', 'c@30']);
    expect(clock.now()).toBe(35);
  });

  it('runs a thousand shuffled timers in order', () => {
    const clock = new SimulatedClock(0, 0, 1);
    const seen: number[] = [];
    for (let i = 0; i < 1000; i++) clock.after((i * 7919) % 1000, () => seen.push(clock.now()));
    clock.advance(1000);
    expect(seen).toHaveLength(1000);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
  });

  it('cancels, repeats, and runs what a timer adds within the same stretch', () => {
    const clock = new SimulatedClock(0, 0, 1);
    let ticks = 0;
    const stop = clock.every(10, () => ticks++);
    const cancel = clock.after(5, () => expect.unreachable());
    cancel();
    clock.after(12, () => clock.after(1, () => stop()));
    clock.advance(100);
    expect(ticks).toBe(1);
  });

  it('keeps the time in objects at the pace of the wall when it runs faster', () => {
    const clock = new SimulatedClock(1_000_000, 1_060_000, 10);
    expect(clock.date()).toBe(1_000_000);
    clock.advance(60_000 + 10_000);
    expect(clock.now()).toBe(1_070_000);
    expect(clock.date()).toBe(1_061_000);
  });
});
