import { describe, expect, it } from 'vitest';
import { Store } from '../../../src/store/index.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { podOf } from '../domain/pods.ts';

const FRAME = 33;

/** How many frames a second shows while so many rows come every ten milliseconds. */
function framesOf(rowsAtOnce: number): number {
  const clock = new VirtualClock(0);
  const store = new Store({ clock, frameMs: () => FRAME });
  let frames = 0;
  store.onChange(['pods'], () => frames++);
  const sink = store.sink('pods');
  let uid = 0;
  for (let ms = 0; ms < 1000; ms += 10) {
    sink.put(Array.from({ length: rowsAtOnce }, () => podOf({ metadata: { uid: `${uid++}` } })));
    clock.advance(10);
  }
  store.close();
  return frames;
}

describe('the pace of frames', () => {
  it('is that of the screen while rows come at a rate that somebody can follow', () => {
    expect(framesOf(1)).toBeGreaterThanOrEqual(25);
    expect(framesOf(10)).toBeGreaterThanOrEqual(25);
  });

  it('is five a second while a list of thousands arrives', () => {
    const frames = framesOf(80);
    expect(frames).toBeGreaterThanOrEqual(4);
    expect(frames).toBeLessThanOrEqual(8);
  });
});
