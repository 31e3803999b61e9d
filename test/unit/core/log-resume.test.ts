import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LogResume } from '../../../src/core/log-resume.ts';
import type { StampedText } from '../../../src/core/log-time.ts';

const stamp = (ns: number): string =>
  `2026-01-01T00:00:${String(Math.floor(ns / 1e9)).padStart(2, '0')}.${String(ns % 1e9).padStart(9, '0')}Z`;

/** A log as a runtime writes it: almost in order, several lines at one time, pieces without a stamp. */
const log = fc
  .array(
    fc.record({
      step: fc.integer({ min: -2, max: 8 }),
      stamped: fc.boolean(),
      text: fc.constantFrom('a', 'b', 'c'),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((entries) => {
    let [at, newest] = [5e9, 5e9];
    return entries.map(({ step, stamped, text }, i): StampedText & { at: number } => {
      at = Math.max(at + step * 1e8, newest - 1e9);
      newest = Math.max(at, newest);
      return { at, time: stamped || i === 0 ? stamp(at) : '', text };
    });
  });

/** What the kubelet sends: from the second of `since` on; what has no stamp goes with the line before. */
function served(lines: readonly (StampedText & { at: number })[], since: string): StampedText[] {
  let sent = true;
  return lines.filter(({ time }) => {
    if (time !== '') sent = time.slice(0, 19) >= since.slice(0, 19);
    return sent;
  });
}

describe('a resumed stream', () => {
  it('delivers every line once and in order, wherever and however often it is cut', () => {
    fc.assert(
      fc.property(log, fc.array(fc.nat(60), { maxLength: 5 }), (lines, cuts) => {
        const resume = new LogResume();
        const delivered: string[] = [];
        for (const cut of [...cuts.sort((a, b) => a - b), lines.length]) {
          resume.begin();
          const sent = served(lines.slice(0, cut), resume.since);
          for (const line of sent) {
            delivered.push(...resume.fresh([line]).map(({ time, text }) => time + text));
          }
        }
        expect(delivered).toEqual(lines.map(({ time, text }) => time + text));
      }),
    );
  });

  it('asks for nothing again that it has forgotten, where a line is stamped a little early', () => {
    const resume = new LogResume();
    const line = (seconds: number) => ({ time: stamp(seconds * 1e9), text: 'a' });
    resume.fresh([line(5.5), line(7)]);
    resume.begin();
    resume.fresh([line(7), line(6.9)]);
    expect(resume.since).toBe('2026-01-01T00:00:06Z');
  });

  it('follows a clock that was set back', () => {
    const resume = new LogResume();
    resume.fresh([
      { time: stamp(50e9), text: '' },
      { time: stamp(20e9), text: '' },
    ]);
    expect(resume.since).toBe('2026-01-01T00:00:19Z');
  });

  it('delivers what is new although the beginning of its second was rotated away', () => {
    const resume = new LogResume();
    const [a, b, c] = ['a', 'b', 'c'].map((text) => ({ time: stamp(5e9), text }));
    if (!a || !b || !c) throw new Error('three lines');
    resume.fresh([a, b]);
    resume.begin();
    expect(resume.fresh([b, c])).toEqual([c]);
  });

  it('asks for the second before the last line', () => {
    const resume = new LogResume();
    expect(resume.since).toBe('');
    resume.fresh([{ time: stamp(5_200_000_000), text: '' }]);
    expect(resume.since).toBe('2026-01-01T00:00:04Z');
  });

  it('forgets what no server repeats, and does not do so at every line', () => {
    const resume = new LogResume();
    let looked = 0;
    for (let n = 0; n < 50_000; n++) {
      const time = stamp(n * 1e6);
      resume.fresh([
        {
          text: String(n),
          get time() {
            looked++;
            return time;
          },
        },
      ]);
    }
    resume.begin();
    expect(looked).toBeLessThan(5 * 50_000);
    // 49.999 s was the last: the repeated part begins at 48 s.
    expect(resume.fresh([{ time: stamp(47e9), text: '47000' }])).toHaveLength(1);
    expect(resume.fresh([{ time: stamp(48e9), text: '48000' }])).toHaveLength(0);
  });
});
