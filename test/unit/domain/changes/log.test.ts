import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sized, type Change, type Sight } from '../../../../src/domain/changes/change.ts';
import { ChangeLog } from '../../../../src/domain/changes/log.ts';
import { NODE_CHANGES } from '../../../../src/domain/changes/nodes.ts';
import { POD_CHANGES } from '../../../../src/domain/changes/pods.ts';
import type { ChangeRow } from '../../../../src/domain/rows.ts';
import { nodeRow, podRow } from '../../../support/rows.ts';
import { SIGHT } from './sight.ts';

const scaled = (given: Partial<Change> = {}): Change => ({
  key: `scaled ${given.at ?? 0}`,
  at: 1_000,
  change: 'scaled',
  kind: 'Deployment',
  namespace: 'shop',
  name: 'api',
  who: 'kubectl',
  what: 'replicas 3 → 6',
  level: 'ok',
  ...given,
});

const restarted = (pod: number, workload: string, at = 1_000): Change => ({
  key: `restarted ${workload}-${pod} ${at}`,
  at,
  change: 'restarted',
  kind: 'Pod',
  namespace: 'shop',
  name: `${workload}-${pod}`,
  owner: { kind: 'Deployment', name: workload },
  who: '',
  what: 'OOMKilled 137',
  level: 'bad',
  flood: 'restarted OOMKilled 137',
});

/** The lines as a table would have them by what it was told. */
function linesOf(log: ChangeLog, lines = new Map<string, ChangeRow>()) {
  const { put, removed } = log.take();
  for (const row of put) lines.set(row.uid, row);
  for (const { uid } of removed) lines.delete(uid);
  return [...lines.values()];
}

describe('what is told twice', () => {
  it('is one line, with what either knows', () => {
    const log = new ChangeLog();
    const hpa = { who: 'HPA api', what: 'replicas → 6', why: 'cpu above target' };
    log.add(scaled({ key: 'event', at: 2_000, hearsay: true, ...hpa }), true);
    log.add(scaled({ who: 'kube-controller-manager' }), true);
    expect(linesOf(log)).toMatchObject([
      { at: 1_000, who: 'HPA api', what: 'replicas 3 → 6', why: 'cpu above target', watched: true },
    ]);
  });

  it('is the same in the other order', () => {
    const log = new ChangeLog();
    log.add(scaled({ who: 'kube-controller-manager' }), true);
    log.add(scaled({ key: 'event', at: 2_000, hearsay: true, who: 'HPA api' }), true);
    expect(linesOf(log)).toMatchObject([{ at: 1_000, who: 'HPA api', what: 'replicas 3 → 6' }]);
  });

  it('is one line also where it came to the same another time', () => {
    const log = new ChangeLog();
    const at = (ms: number, from: number) => ({ at: ms, what: `replicas ${from} → 6` });
    log.add(scaled({ key: 'a', hearsay: true, ...at(1_000, 3) }), false);
    log.add(scaled({ key: 'b', hearsay: true, ...at(500_000, 9) }), false);
    log.add(scaled({ key: 'c', hearsay: true, at: 4_000, what: 'replicas → 6' }), false);
    expect(linesOf(log)).toMatchObject([at(1_000, 3), at(500_000, 9)]);
  });

  it('is done by who says so itself, whoever has the field', () => {
    const itself = { hearsay: true, itself: true, who: 'HPA api' } as const;
    for (const order of [0, 1]) {
      const log = new ChangeLog();
      const both = [scaled({ key: 'a', ...itself }), scaled({ key: 'b', who: 'helm' })];
      for (const each of order === 0 ? both : both.reverse()) log.add(each, true);
      expect(linesOf(log)).toMatchObject([{ who: 'HPA api' }]);
    }
  });

  it('is another where it went the other way to the same number', () => {
    const log = new ChangeLog();
    const event = (key: string, at: number, way: 'up' | 'down', why: string) =>
      scaled({ key, at, hearsay: true, itself: true, ...sized({ from: null, to: 26, way }), why });
    log.add(scaled({ key: 'a', at: 1_000, ...sized({ from: 27, to: 26 }) }), true);
    log.add(scaled({ key: 'b', at: 9_000, ...sized({ from: 23, to: 26 }) }), true);
    log.add(event('up', 2_000, 'up', 'cpu above target'), true);
    log.add(event('down', 8_000, 'down', 'All metrics below target'), true);
    expect(linesOf(log).map(({ what, why }) => [what, why])).toEqual([
      ['replicas 27 → 26', 'All metrics below target'],
      ['replicas 23 → 26', 'cpu above target'],
    ]);
  });

  it('has the parts that were seen one after another', () => {
    const log = new ChangeLog();
    log.add(scaled({ key: 'rollout 4', change: 'rollout', what: 'api:v1 → v2' }), true);
    log.add(scaled({ key: 'rollout 4', change: 'rollout', what: 'revision 4 → 5' }), true);
    expect(linesOf(log)).toMatchObject([{ what: 'api:v1 → v2, revision 4 → 5' }]);
  });

  it('is two lines where two were seen', () => {
    const log = new ChangeLog();
    log.add(scaled(), true);
    log.add(scaled({ key: 'again', at: 1_500, what: 'replicas 6 → 4' }), true);
    expect(linesOf(log)).toHaveLength(2);
  });
});

describe('a flood', () => {
  it('is the same in whatever order it is told, and another long before', () => {
    const minutes = (...all: readonly number[]) => {
      const log = new ChangeLog();
      for (const at of all) log.add(restarted(at, 'api', at * 60_000), false);
      return linesOf(log).map(({ first, at, count }) => [first / 60_000, at / 60_000, count]);
    };
    expect(minutes(28, 1, 27, 29, 2)).toEqual([
      [27, 29, 3],
      [1, 2, 2],
    ]);
  });

  it('is counted by workload', () => {
    const log = new ChangeLog();
    for (let pod = 0; pod < 200; pod++) log.add(restarted(pod, 'api', 1_000 + pod), true);
    expect(linesOf(log)).toMatchObject([
      { kind: 'Deployment', name: 'api', count: 200, first: 1_000, at: 1_199 },
    ]);
  });

  it('is one line once many workloads have it', () => {
    const log = new ChangeLog();
    for (let i = 0; i < 200; i++) log.add(restarted(i, `api-${i % 40}`), true);
    expect(linesOf(log)).toMatchObject([{ name: '', kind: 'Pod', count: 200, why: '40 of them' }]);
  });

  it('is told one by one while it is few', () => {
    const log = new ChangeLog();
    for (let i = 0; i < 4; i++) log.add(restarted(i, `api-${i}`), true);
    expect(linesOf(log).map(({ name }) => name)).toEqual([
      'api-0-0',
      'api-1-1',
      'api-2-2',
      'api-3-3',
    ]);
  });

  it('says how many there are as far as it remembers them', () => {
    const log = new ChangeLog();
    for (let i = 0; i < 1_200; i++) log.add(restarted(i, `api-${i}`), true);
    expect(linesOf(log)).toMatchObject([{ count: 1_200, why: '1,000+ of them' }]);
  });

  it('of which the line was given up begins with a new one', () => {
    const log = new ChangeLog();
    const lines = new Map<string, ChangeRow>();
    const flood = (at: number) => {
      for (let i = 0; i < 10; i++) log.add(restarted(at + i, `api-${i}`, at), true);
    };
    flood(1_000);
    for (let i = 0; i < 5_000; i++) {
      log.add(scaled({ key: `${i}`, at: 2_000 + i, name: `${i}` }), true);
    }
    flood(3_000);
    flood(9_000);
    const rows = linesOf(log, lines);
    expect(rows).toHaveLength(log.size);
    expect(rows.filter(({ change }) => change === 'restarted')).toMatchObject([
      { count: 20, why: '10 of them' },
    ]);
  });

  it.each([
    ['eu-central-1b', 'eu-central-1b', 'NotReady · general on-demand eu-central-1b'],
    ['eu-central-1a', 'eu-central-1b', 'NotReady · general on-demand'],
  ])('tells what all have in common: nodes of %s and %s', (one, other, what) => {
    const log = new ChangeLog();
    for (let i = 0; i < 10; i++) {
      const node = { uid: `n${i}`, name: `n${i}`, group: 'general', zone: i < 7 ? one : other };
      const before = nodeRow({ ...node, instanceType: `m${i}.large` });
      for (const { seen } of NODE_CHANGES) {
        const after = { ...before, isReady: false, status: 'NotReady' };
        for (const change of seen(before, after, SIGHT)) log.add(change, true);
      }
    }
    expect(linesOf(log)).toMatchObject([{ change: 'not ready', count: 10, what }]);
  });

  it.each([
    ['soon after it had joined', 60_000, [], []],
    ['long after that', 3_600_000, [], ['ready']],
    ['again after it was not', 60_000, ['not ready'], ['ready']],
  ] as const)('is not made of nodes that become ready %s', (_, age, told, expected) => {
    const before = nodeRow({ name: 'n', created: SIGHT.now - age, isReady: false });
    const log = new ChangeLog();
    for (const change of told) {
      log.add({ ...scaled(), change, kind: 'Node', namespace: '', name: 'n', key: change }, true);
    }
    const lately: Sight['lately'] = (...of) => log.lately(...of);
    const changes = NODE_CHANGES.flatMap(({ seen }) => [
      ...seen(before, { ...before, isReady: true, readySince: SIGHT.now }, { ...SIGHT, lately }),
    ]);
    expect(changes.map(({ change }) => change)).toEqual(expected);
  });

  it('of one node after the other is one line, once many nodes fall', () => {
    const told = (nodes: number, each = 25) => {
      const log = new ChangeLog();
      for (let i = 0; i < nodes * each; i++) {
        const pod = { uid: `u${i}`, name: `p${i}`, namespace: `team-${i % 7}` };
        const node = `n${Math.floor(i / each)}`;
        const before = podRow({ ...pod, node, workload: `w${i % 25}` });
        const cause = 'DeletionByTaintManager: Taint manager: deleting due to NoExecute taint';
        for (const { seen } of POD_CHANGES) {
          for (const change of seen(before, { ...before, cause }, SIGHT)) log.add(change, true);
        }
      }
      return linesOf(log);
    };
    const what = 'Taint manager: deleting due to NoExecute taint';
    expect(told(2)).toMatchObject([
      { count: 25, what: `${what}, from n0`, why: '25 of them' },
      { count: 25, what: `${what}, from n1`, why: '25 of them' },
    ]);
    expect(told(2, 2).map(({ name }) => name)).toEqual(['p0', 'p1', 'p2', 'p3']);
    expect(told(4, 3)).toMatchObject([{ count: 12, what, why: 'on 4 nodes' }]);
    expect(told(40)).toMatchObject([
      { change: 'evicted', kind: 'Pod', name: '', count: 1_000, what, why: 'on 40 nodes' },
    ]);
  });

  it('is another one later', () => {
    const log = new ChangeLog();
    log.add(restarted(0, 'api'), true);
    log.add(restarted(1, 'api', 3_600_000), true);
    expect(linesOf(log)).toHaveLength(2);
  });
});

describe('what an autoscaler does to a workload again and again', () => {
  const hpa = (minute: number, from: number, to: number, given: Partial<Change> = {}): Change =>
    scaled({
      key: `${minute} ${to}`,
      at: minute * 60_000,
      who: 'HPA api',
      ...sized({ from, to }),
      why: to > from ? 'cpu above target' : 'All metrics below target',
      ...given,
    });
  const shown = (log: ChangeLog) =>
    linesOf(log)
      .sort((a, b) => a.at - b.at)
      .map(({ who, what, count, first, at }) => [who, what, count, first / 60_000, at / 60_000]);

  it('is one line: the last, how often, between what, and each step, in whatever order it is told', () => {
    const all = [hpa(1, 27, 30), hpa(2, 30, 42), hpa(3, 42, 39), hpa(4, 39, 42)];
    for (const order of [all, all.toReversed()]) {
      const log = new ChangeLog();
      const lines = new Map<string, ChangeRow>();
      for (const each of order) {
        log.add(each, true);
        linesOf(log, lines);
      }
      expect(linesOf(log, lines)).toMatchObject([
        {
          ...{ count: 4, first: 60_000, at: 240_000, why: 'cpu above target' },
          what: 'replicas 39 → 42 · 4 times, between 27 and 42',
          steps: [
            { at: 60_000, what: 'replicas 27 → 30', why: 'cpu above target' },
            { at: 120_000, what: 'replicas 30 → 42', why: 'cpu above target' },
            { at: 180_000, what: 'replicas 42 → 39', why: 'All metrics below target' },
            { at: 240_000, what: 'replicas 39 → 42', why: 'cpu above target' },
          ],
        },
      ]);
    }
  });

  it('keeps what people did in between as lines of their own', () => {
    const log = new ChangeLog();
    const by = (who: string, minute: number, to: number) => hpa(minute, 6, to, { who, why: '' });
    for (const each of [hpa(1, 3, 4), hpa(2, 4, 6), by('kubectl', 3, 9), by('kubectl', 4, 6)])
      log.add(each, true);
    for (const each of [hpa(5, 6, 7), hpa(6, 7, 8), by('', 7, 6), by('', 8, 5)])
      log.add(each, true);
    expect(shown(log)).toEqual([
      ['HPA api', 'replicas 4 → 6 · 2 times, between 3 and 6', 2, 1, 2],
      ['kubectl', 'replicas 6 → 9', 1, 3, 3],
      ['kubectl', 'replicas 6 → 6', 1, 4, 4],
      ['HPA api', 'replicas 7 → 8 · 2 times, between 6 and 8', 2, 5, 6],
      ['', 'replicas 6 → 6', 1, 7, 7],
      ['', 'replicas 6 → 5', 1, 8, 8],
    ]);
  });

  it('is parted by a scaling that is told of later, and where it paused', () => {
    const log = new ChangeLog();
    const lines = new Map<string, ChangeRow>();
    for (const each of [hpa(1, 3, 4), hpa(2, 4, 6), hpa(4, 6, 7), hpa(15, 7, 8)])
      log.add(each, true);
    expect(linesOf(log, lines).map(({ count }) => count)).toEqual([3, 1]);
    log.add(hpa(3, 6, 9, { who: 'kubectl' }), false);
    const counts = linesOf(log, lines).sort((a, b) => a.at - b.at);
    expect(counts.map(({ count, who }) => `${count} ${who}`)).toEqual([
      '2 HPA api',
      '1 kubectl',
      '1 HPA api',
      '1 HPA api',
    ]);
  });

  it('is joined once its event says who it was, and what was not told of it', () => {
    const log = new ChangeLog();
    const lines = new Map<string, ChangeRow>();
    log.add(hpa(1, 3, 4), true);
    log.add(hpa(2, 4, 5, { who: 'kube-controller-manager', why: '' }), true);
    expect(linesOf(log, lines)).toHaveLength(2);
    const event = { key: 'event', hearsay: true, itself: true } as const;
    log.add(hpa(2, 0, 5, { ...event, ...sized({ from: null, to: 5 }) }), true);
    expect(linesOf(log, lines)).toMatchObject([
      {
        what: 'replicas 4 → 5 · 2 times, between 3 and 5',
        why: 'cpu above target',
        watched: true,
      },
    ]);
  });

  it('is told of each workload apart', () => {
    const log = new ChangeLog();
    log.add(hpa(1, 3, 4), true);
    log.add(hpa(2, 4, 6, { name: 'web', key: 'w' }), true);
    log.add(hpa(3, 4, 6, { namespace: 'b', key: 'b' }), true);
    expect(linesOf(log)).toHaveLength(3);
  });
});

describe('the bounds', () => {
  const change = fc.record({
    key: fc.string(),
    at: fc.nat(3_600_000),
    change: fc.constantFrom('scaled', 'rollout', 'restarted', 'edited'),
    kind: fc.constantFrom('Deployment', 'Pod'),
    namespace: fc.constantFrom('a', 'b'),
    name: fc.string({ maxLength: 5 }),
    who: fc.string(),
    what: fc.string({ maxLength: 2_000 }),
    level: fc.constant('ok' as const),
    flood: fc.option(fc.constantFrom('x', 'y'), { nil: undefined }),
  }) as fc.Arbitrary<Change>;

  it('hold whatever is told, and what a table has is what the log has', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(change, fc.boolean()), { maxLength: 300 }), (changes) => {
        const log = new ChangeLog();
        const lines = new Map<string, ChangeRow>();
        changes.forEach(([each, watched], i) => {
          log.add(each, watched);
          if (i % 7 === 0) linesOf(log, lines);
        });
        const rows = linesOf(log, lines);
        expect(rows).toHaveLength(log.size);
        for (const { what, who, first, at } of rows) {
          expect(Math.max(what.length, who.length)).toBeLessThanOrEqual(300);
          expect(first).toBeLessThanOrEqual(at);
        }
      }),
    );
  });

  it('keep the newest lines', () => {
    const log = new ChangeLog();
    const lines = new Map<string, ChangeRow>();
    for (let i = 0; i < 5_000; i++) log.add(scaled({ key: `${i}`, at: i, name: `${i}` }), true);
    const ats = linesOf(log, lines).map(({ at }) => at);
    expect(ats.length).toBeLessThanOrEqual(2_000);
    expect(ats.length).toBeGreaterThan(1_500);
    expect(Math.min(...ats)).toBe(5_000 - ats.length);
    expect(log.size).toBe(ats.length);
  });
});
