import { beforeEach, describe, expect, it } from 'vitest';
import { AwsFault } from '../../../src/domain/aws-fault.ts';
import { texts } from '../../support/log-cluster.ts';
import { KeptBench, NOW } from './kept-bench.ts';

let kept: KeptBench;

beforeEach(() => {
  kept = new KeptBench();
});

describe('a kept log', () => {
  it('begins with its end, by who wrote it, and goes on with what is new', async () => {
    kept.wrote('kube-apiserver-1', 2000, 'first');
    kept.wrote('authenticator-1', 1000, 'second');
    const session = kept.open();
    await kept.settle(500);
    expect(texts(session)).toEqual(['first', 'second']);
    expect(session.sources.map(({ pod, state }) => [pod, state])).toEqual([
      ['api', 'live'],
      ['scheduler', 'ended'],
      ['authenticator', 'live'],
    ]);
    expect(session.sources[1]?.reason).toBe('off');
    kept.clock.advance(1000);
    kept.wrote('kube-apiserver-1', 0, 'third');
    await kept.settle(5000);
    await kept.settle(500);
    expect(texts(session)).toEqual(['first', 'second', 'third']);
    session.close();
  });

  it('shows what comes twice once, and what comes late', async () => {
    kept.wrote('kube-apiserver-1', 1000, 'one');
    const session = kept.open();
    await kept.settle(500);
    kept.clock.advance(3000);
    kept.wrote('kube-apiserver-1', 10_000, 'late');
    await kept.settle(5000);
    await kept.settle(500);
    expect(texts(session)).toEqual(['one', 'late']);
    session.close();
  });

  it('says how often it kept.asked, and what that cost', async () => {
    kept.wrote('kube-apiserver-1', 1000, 'x'.repeat(840));
    const session = kept.open({ from: NOW - 60_000 });
    await kept.settle(500);
    expect(session.notes).toEqual([
      { text: 'polled 5s, 1 call 1.0 kB <$0.0001', short: '<$0.0001' },
    ]);
    session.close();
  });

  it('does not ask while nobody looks, and at once when somebody does', async () => {
    const session = kept.open({ from: NOW - 60_000 });
    await kept.settle(100);
    session.rest(true);
    await kept.settle(60_000);
    expect(kept.asked).toHaveLength(1);
    session.rest(false);
    await kept.settle();
    expect(kept.asked).toHaveLength(2);
    session.close();
  });

  it('ends where nothing more can be written', async () => {
    kept.wrote('kube-apiserver-1', 3_600_000, 'last words');
    const session = kept.open({ until: NOW - 3_500_000 });
    await kept.settle(500);
    expect(texts(session)).toEqual(['last words']);
    const count = kept.asked.length;
    await kept.settle(60_000);
    expect(kept.asked).toHaveLength(count);
    expect(session.sources[0]?.state).toBe('ended');
    session.close();
  });

  it('looks in another way where the first finds nothing', async () => {
    kept.wrote('other-1', 1000, 'found');
    const searches = [
      { streams: 'node-', pattern: '' },
      { streams: '', pattern: '{ $.a = "b" }' },
    ];
    const session = kept.open({ from: NOW - 60_000, searches });
    await kept.settle(500);
    expect(texts(session)).toEqual(['found']);
    await kept.settle(5000);
    expect(
      kept.asked.map(({ logStreamNamePrefix, filterPattern }) => [
        logStreamNamePrefix,
        filterPattern,
      ]),
    ).toEqual([
      ['node-', undefined],
      [undefined, '{ $.a = "b" }'],
      [undefined, '{ $.a = "b" }'],
    ]);
    session.close();
  });

  it('marks that older lines are left out, where they were kept.asked for', async () => {
    for (let i = 0; i < 4000; i++) kept.wrote('kube-apiserver-1', i * 1000, `line ${i}`);
    const session = kept.open({}, 3600, 1000);
    await kept.settle(500);
    const [first] = texts(session);
    expect(first).toMatch(
      /^── lines before 2026-11-24 05:\d\d:\d\d UTC are left out: no more of them fit ──$/,
    );
    session.close();
  });

  it.each([
    [
      new AwsFault('denied', 'needs logs:FilterLogEvents', 'ask'),
      'failed',
      60_000,
      'needs logs:FilterLogEvents: ask',
    ],
    [new AwsFault('busy', 'AWS throttles it'), 'cut', 10_000, 'AWS throttles it'],
    [
      new AwsFault('absent', 'no', '', { code: 'ResourceNotFoundException' }),
      ...(['failed', 60_000, 'there is no log group /aws/eks/shop/cluster: turn it on'] as const),
    ],
  ] as const)('says what failed, and tries again: %o', async (given, state, wait, reason) => {
    kept.fault = given;
    const session = kept.open({ from: NOW - 60_000 });
    await kept.settle(500);
    expect(session.sources[0]).toMatchObject({ state, reason });
    kept.fault = null;
    kept.wrote('kube-apiserver-1', 0, 'again');
    await kept.settle(wait - 1000);
    expect(kept.asked).toHaveLength(1);
    await kept.settle(1000);
    await kept.settle(500);
    expect(texts(session)).toEqual(['again']);
    expect(session.sources[0]?.state).toBe('live');
    session.close();
  });

  it('asks for nothing more when it is closed, and anew when another moment is chosen', async () => {
    kept.wrote('kube-apiserver-1', 1000, 'new');
    kept.wrote('kube-apiserver-1', 100_000, 'old');
    const session = kept.open();
    await kept.settle(500);
    session.restart(60, 'current');
    await kept.settle(500);
    expect(texts(session)).toEqual(['new']);
    session.close();
    const count = kept.asked.length;
    await kept.settle(60_000);
    expect(kept.asked).toHaveLength(count);
  });
});
