import { describe, expect, it } from 'vitest';
import { FrameScheduler } from '../../../src/core/scheduler.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

function scheduled(frameMs = 100) {
  const clock = new VirtualClock(0);
  const runs: number[] = [];
  const scheduler = new FrameScheduler(
    clock,
    () => frameMs,
    () => runs.push(clock.now()),
  );
  return { clock, runs, scheduler };
}

describe('frame scheduler', () => {
  it('runs at once after a quiet time, in another macrotask', () => {
    const { clock, runs, scheduler } = scheduled();
    scheduler.request();
    expect(runs).toEqual([]);
    clock.advance(0);
    expect(runs).toEqual([0]);
  });

  it('runs once a frame, however often it is asked', () => {
    const { clock, runs, scheduler } = scheduled();
    for (let i = 0; i < 35; i++) {
      scheduler.request();
      scheduler.request();
      clock.advance(10);
    }
    expect(runs).toEqual([0, 100, 200, 300]);
  });

  it('does not run when nobody asks', () => {
    const { clock, runs, scheduler } = scheduled();
    scheduler.request();
    clock.advance(10_000);
    expect(runs).toEqual([0]);
    expect(clock.pending).toBe(0);
  });

  it('runs now when flushed, only if asked before, and waits a frame from there', () => {
    const { clock, runs, scheduler } = scheduled();
    scheduler.flush();
    expect(runs).toEqual([]);
    scheduler.request();
    clock.advance(30);
    scheduler.request();
    clock.advance(10);
    scheduler.flush();
    scheduler.request();
    clock.advance(99);
    expect(runs).toEqual([0, 40]);
    clock.advance(1);
    expect(runs).toEqual([0, 40, 140]);
  });

  it('never runs once closed', () => {
    const { clock, runs, scheduler } = scheduled();
    scheduler.request();
    scheduler.close();
    scheduler.request();
    clock.advance(1_000);
    expect(runs).toEqual([]);
  });
});
