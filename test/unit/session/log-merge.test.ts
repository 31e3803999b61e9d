import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StampedText } from '../../../src/core/log-time.ts';
import { LogMerge } from '../../../src/session/log-merge.ts';

const NOW = Date.UTC(2026, 0, 1, 0, 0, 9);
const stamp = (ms: number): string =>
  new Date(Date.UTC(2026, 0, 1) + ms).toISOString().replace('Z', '000000Z');
const at = (ms: number, text: string): StampedText => ({ time: stamp(ms), text });
const bare = (text: string): StampedText => ({ time: '', text });
/** After all streams have been quiet for a while. */
const texts = (merge: LogMerge, now = NOW + 400): string[] =>
  merge.take(now).map(({ text }) => text);

describe('merged streams', () => {
  it('come in the order of their instants', () => {
    const merge = new LogMerge();
    merge.add(0, [at(2, 'second'), at(4, 'fourth')], () => NOW);
    merge.add(1, [at(1, 'first'), at(3, 'third')], () => NOW);
    expect(texts(merge)).toEqual(['first', 'second', 'third', 'fourth']);
  });

  it('have no trace that goes on in another run of its container', () => {
    const merge = new LogMerge();
    const mark = { ...bare('restarted'), isMark: true } as const;
    merge.add(0, [at(1, 'ERROR x'), at(2, '  deep'), mark, at(3, '  indented')], () => NOW);
    const lines = merge.take(NOW + 400);
    expect(lines.map(({ continues }) => continues)).toEqual([false, true, false, false]);
    expect(lines.at(-1)?.level).toBe('');
  });

  it('have lines without a stamp where they came', () => {
    const merge = new LogMerge();
    merge.add(0, [bare('in front'), at(2, 'long'), bare('its rest')], () => NOW);
    merge.add(1, [at(1, 'a'), at(3, 'b')], () => NOW);
    expect(texts(merge)).toEqual(['a', 'in front', 'long', 'its rest', 'b']);
    merge.add(0, [bare('a remark')], () => NOW);
    merge.add(1, [at(4, 'c')], () => NOW);
    expect(texts(merge)).toEqual(['a remark', 'c']);
    merge.clear();
    merge.add(2, [bare('nobody knows when')], () => NOW);
    merge.add(1, [at(1, 'long ago')], () => NOW);
    expect(texts(merge)).toEqual(['long ago', 'nobody knows when']);
  });

  it('wait for one of which earlier lines still come, but not for ever', () => {
    const merge = new LogMerge();
    merge.add(0, [at(1, 'a'), at(3, 'c')], () => NOW);
    merge.add(1, [at(2, 'b'), at(9, 'late')], () => NOW);
    expect(texts(merge, NOW + 10)).toEqual(['a', 'b', 'c']);
    expect(merge.holds).toBe(true);
    merge.add(0, [at(5, 'd')], () => NOW + 50);
    expect(texts(merge, NOW + 200)).toEqual(['d']);
    expect(texts(merge, NOW + 350)).toEqual(['late']);
    expect(merge.holds).toBe(false);
    const long = new LogMerge();
    long.add(1, [at(9, 'new')], () => NOW);
    // A line that is not complete yet is older, for all one knows.
    long.add(0, [], () => NOW + 250);
    expect(texts(long, NOW + 500)).toEqual([]);
    long.add(0, [at(1, 'old')], () => NOW + 510);
    expect(texts(long, NOW + 900)).toEqual(['old', 'new']);
    const slow = new LogMerge();
    slow.add(0, [at(1, 'old')], () => NOW);
    slow.add(1, [at(9, 'new')], () => NOW);
    for (let ms = 50; ms < 3000; ms += 50) {
      slow.add(0, [at(2, '.')], () => NOW + ms);
      expect(texts(slow, NOW + ms)).not.toContain('new');
    }
    slow.add(0, [at(2, '.')], () => NOW + 3000);
    expect(texts(slow, NOW + 3000)).toEqual(['.', 'new']);
    // A clock that is behind holds up nobody from then on.
    slow.add(0, [at(3, 'behind')], () => NOW + 3010);
    slow.add(1, [at(11, 'ahead')], () => NOW + 3010);
    expect(texts(slow, NOW + 3010)).toEqual(['behind', 'ahead']);
  });

  it('are in order though the clock of one is hours ahead, or behind', () => {
    const HOUR = 3_600_000;
    const ahead = new LogMerge();
    ahead.add(0, [at(HOUR + 8000, 'first'), at(HOUR + 9000, 'third')], () => NOW);
    ahead.add(1, [at(8500, 'second'), at(9000, 'last')], () => NOW);
    expect(texts(ahead)).toEqual(['first', 'second', 'third', 'last']);
    expect([ahead.driftOf(0), ahead.driftOf(1)]).toEqual([HOUR, 0]);

    const behind = new LogMerge();
    // What was written long ago looks the same at first, but comes faster than time passes.
    for (let s = 0; s < 9; s++) {
      behind.add(0, [at(s * 1000 - HOUR, 'behind')], () => NOW + s * 1000);
      behind.add(1, [at(s * 60_000 - HOUR, 'long ago')], () => NOW + s * 1000);
    }
    expect([behind.driftOf(0), behind.driftOf(1)]).toEqual([0, 0]);
    for (const s of [10, 11]) {
      behind.add(0, [at(s * 1000 - HOUR, 'behind')], () => NOW + s * 1000);
    }
    expect(behind.driftOf(0)).toBe(-HOUR - 9000);
    texts(behind, NOW + 12_000);
    behind.add(0, [at(14_000 - HOUR, 'after')], () => NOW + 14_000);
    behind.add(1, [at(22_000, 'before')], () => NOW + 14_000);
    expect(texts(behind, NOW + 15_000)).toEqual(['before', 'after']);
    // Somebody sets it.
    behind.add(0, [at(15_000, 'right')], () => NOW + 6000);
    expect(behind.driftOf(0)).toBe(0);
  });

  it('keep the order of each stream, whatever its clock did, and lose nothing', () => {
    const line = fc.record({ time: fc.constantFrom('', ...[1, 2, 3, 4].map(stamp)) });
    const stream = fc.array(line, { maxLength: 10 });
    fc.assert(
      fc.property(fc.array(stream, { maxLength: 4 }), (streams) => {
        const merge = new LogMerge();
        for (const [source, lines] of streams.entries()) {
          merge.add(
            source,
            lines.map((each, i) => ({ ...each, text: `${source}/${i}` })),
            () => NOW,
          );
        }
        const merged = merge.take(NOW + 400);
        for (const [source, lines] of streams.entries()) {
          expect(merged.filter((each) => each.source === source).map(({ text }) => text)).toEqual(
            lines.map((_, i) => `${source}/${i}`),
          );
        }
      }),
    );
  });

  it('are levelled and cleaned on the way', () => {
    const merge = new LogMerge();
    merge.add(0, [at(1, '\x1b[31mERROR\x1b[0m it')], () => NOW);
    expect(merge.take(NOW + 400)).toMatchObject([{ text: 'ERROR it', level: 'error' }]);
  });
});
