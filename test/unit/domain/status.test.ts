import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IDLE, mergeStatus, type SourceStatus } from '../../../src/domain/status.ts';

const WORST_FIRST = ['expired', 'stale', 'denied', 'absent', 'loading', 'idle', 'live'] as const;

const words = fc.constantFrom('', 'denied', 'host-2 is gone', 'host-10 is gone');
const moment = fc.nat({ max: 3 });
const status: fc.Arbitrary<SourceStatus> = fc.record({
  state: fc.constantFrom(...WORST_FIRST),
  since: moment,
  asOf: moment,
  reason: words,
  hint: words,
  retryAt: moment,
  namespaces: fc.option(fc.uniqueArray(fc.constantFrom('a', 'b', 'c'))),
  synced: fc.boolean(),
});

describe('several states as one', () => {
  it('does not depend on the order, on repetition or on grouping', () => {
    const some = fc.array(status, { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(some, some, (a, b) => {
        const all = mergeStatus([...a, ...b]);
        expect(mergeStatus([...b, ...a].reverse())).toEqual(all);
        expect(mergeStatus([...a, ...b, ...a])).toEqual(all);
        expect(mergeStatus([mergeStatus(a), mergeStatus(b)])).toEqual(all);
        expect(mergeStatus([all, all])).toEqual(all);
      }),
    );
  });

  it('is the worst of them, and as old as the oldest rows that are not followed', () => {
    fc.assert(
      fc.property(fc.array(status, { minLength: 1 }), (parts) => {
        const merged = mergeStatus(parts);
        const rank = (one: SourceStatus): number => WORST_FIRST.indexOf(one.state);
        expect(rank(merged)).toBe(Math.min(...parts.map(rank)));
        const told = parts.filter(
          ({ state, reason }) => state === merged.state && reason === merged.reason,
        );
        expect(told).not.toEqual([]);
        expect(merged.synced).toBe(parts.every(({ synced }) => synced));
        const lost = parts.filter(({ state }) => state !== 'live');
        const moments = (lost.length > 0 ? lost : parts).map(({ asOf }) => asOf);
        expect(merged.asOf).toBe(Math.min(...moments.filter((asOf) => asOf > 0), 4) % 4);
      }),
    );
  });

  it('tells why since when, of that which lasts longest', () => {
    const stale = { ...IDLE, state: 'stale', reason: 'b is gone', hint: 'wait', since: 5 } as const;
    const later = { ...stale, reason: 'a is gone', since: 6, asOf: 7, retryAt: 8 };
    const silent = { ...stale, reason: '', since: 1, retryAt: 9 };
    const live = { ...IDLE, state: 'live', asOf: 2, reason: 'a gap', retryAt: 1 } as const;
    expect(mergeStatus([silent, live, later, stale])).toEqual({ ...stale, asOf: 7, retryAt: 8 });
  });

  it('does not count from when that came which is followed ever since', () => {
    const nodes = { ...IDLE, state: 'live', since: 100, asOf: 100, synced: true } as const;
    const pods = { ...IDLE, state: 'stale', since: 3000, asOf: 2900, synced: true } as const;
    expect(mergeStatus([nodes, pods])).toMatchObject({ state: 'stale', asOf: 2900 });
    expect(mergeStatus([nodes, { ...nodes, asOf: 200 }])).toMatchObject({ asOf: 100 });
  });

  it('is limited to what any is limited to', () => {
    const of = (...namespaces: string[]): SourceStatus => ({ ...IDLE, namespaces });
    expect(mergeStatus([of('b', 'a'), IDLE, of('c')]).namespaces).toEqual(['a', 'b', 'c']);
    expect(mergeStatus([IDLE, IDLE]).namespaces).toBeNull();
  });

  it('is idle where there are none', () => {
    expect(mergeStatus([])).toEqual(IDLE);
  });
});
