/** Live Tail of a kept log: when it begins, what it costs, and why it ends. */
import { beforeEach, describe, expect, it } from 'vitest';
import { AwsFault } from '../../../src/domain/aws-fault.ts';
import type { LogEvent } from '../../../src/ports/aws-shapes.ts';
import type { LogPlace } from '../../../src/ports/kept-logs.ts';
import type { LogSession } from '../../../src/session/log-session.ts';
import { texts } from '../../support/log-cluster.ts';
import { KeptBench, NOW } from './kept-bench.ts';

let kept: KeptBench;

beforeEach(() => {
  kept = new KeptBench();
});

describe('a live tail', () => {
  async function begin(place: Partial<LogPlace> = {}): Promise<LogSession> {
    kept.wrote('kube-apiserver-1', 2000, 'first');
    const session = kept.open({ from: NOW - 60_000, ...place });
    await kept.settle(500);
    session.live?.set(true);
    await kept.settle(500);
    return session;
  }

  it('begins when somebody turns it on, by ARN, and is no longer kept.asked for what is new', async () => {
    const session = await begin({ searches: [{ streams: 'kube-', pattern: '"x"' }] });
    expect(session.live?.isOn).toBe(true);
    expect(kept.sessions.map(({ input }) => input)).toEqual([
      {
        logGroupIdentifiers: [
          'arn:aws:logs:eu-central-1:111122223333:log-group:/aws/eks/shop/cluster',
        ],
        ...{ logStreamNamePrefixes: ['kube-'], logEventFilterPattern: '"x"' },
      },
    ]);
    const calls = kept.asked.length;
    await kept.says(kept.lines([100, 'second'], [50, 'third']));
    await kept.settle(20_000);
    expect(texts(session)).toEqual(['first', 'second', 'third']);
    expect(kept.asked).toHaveLength(calls);
    session.close();
    expect(kept.sessions[0]?.signal.aborted).toBe(true);
  });

  it('counts minutes that were begun, and dollars', async () => {
    const session = await begin();
    const [note] = session.notes;
    expect(note).toMatchObject({ isNews: true, short: 'live 1m ~$0.01' });
    for (let i = 0; i < 5; i++) {
      kept.clock.advance(25_000);
      await kept.says(kept.lines());
    }
    expect(session.notes[0]?.text).toMatch(/^live tail 3m, \d calls .* ~\$0\.03$/);
    session.live?.set(false);
    await kept.settle(60_000);
    await kept.settle(60_000);
    // What ended does not read as if it went on.
    expect(session.notes[0]).toMatchObject({ short: '~$0.03' });
    expect(session.notes[0]?.isNews).toBeUndefined();
    session.close();
  });

  it('shows what comes in both ways once, and two lines alike twice', async () => {
    const session = await begin();
    const again = { logStreamName: 'kube-apiserver-1', timestamp: NOW - 2000, message: 'first' };
    await kept.says({ isSampled: false, events: [again] });
    await kept.says(kept.lines([0, 'twin'], [0, 'twin']));
    expect(texts(session)).toEqual(['first', 'twin', 'twin']);
    kept.wrote('kube-apiserver-1', 500, 'twin');
    kept.events.push({ ...(kept.events.at(-1) as LogEvent), eventId: 'other' });
    kept.wrote('kube-apiserver-1', 0, 'after');
    session.live?.set(false);
    await kept.settle(5000);
    await kept.settle(5000);
    await kept.settle(500);
    expect(texts(session)).toEqual(['first', 'twin', 'twin', 'after']);
    session.close();
  });

  it('ends when nobody looks, and does not begin again by itself', async () => {
    const session = await begin();
    session.rest(true);
    await kept.settle();
    expect(kept.sessions[0]?.signal.aborted).toBe(true);
    session.rest(false);
    await kept.settle(6000);
    expect(session.live).toMatchObject({ isOn: false, ended: 'live tail ended as nobody looked' });
    expect(kept.sessions).toHaveLength(1);
    expect(session.notes[0]?.text).toMatch(
      /^live tail ended as nobody looked, live tail 1m, polled/,
    );
    session.close();
  });

  it.each([
    [
      new AwsFault('busy', 'over', '', { code: 'SessionTimeoutException' }),
      'live tail ended: three hours are over',
    ],
    [
      new AwsFault('unreachable', 'the live tail was cut'),
      'live tail ended: the live tail was cut',
    ],
  ])('says why AWS ended it, and asks for what is new: %o', async (why, words) => {
    const session = await begin();
    await kept.says(why);
    expect(session.live).toMatchObject({ isOn: false, ended: words });
    kept.wrote('kube-apiserver-1', 0, 'later');
    await kept.settle(5000);
    await kept.settle(500);
    expect(texts(session)).toEqual(['first', 'later']);
    session.live?.set(true);
    await kept.settle(500);
    expect(session.live).toMatchObject({ isOn: true, ended: null });
    expect(kept.sessions).toHaveLength(2);
    session.close();
  });

  it('that is denied names the right, and the log goes on as before', async () => {
    kept.liveFault = new AwsFault('denied', 'needs logs:StartLiveTail');
    const session = await begin();
    expect(session.live).toMatchObject({
      ...{ isOn: false, ended: 'no live tail: needs logs:StartLiveTail' },
    });
    expect(session.notes[0]?.text).toMatch(/^no live tail: needs logs:StartLiveTail, polled 5s/);
    expect(session.sources[0]?.state).toBe('live');
    session.close();
  });

  it.each([
    [new AwsFault('busy', 'AWS throttles logs:StartLiveTail'), 'AWS throttles logs:StartLiveTail'],
    [new AwsFault('unreachable', 'nobody answers'), 'nobody answers'],
    [
      new AwsFault('rejected', 'Too many.', '', { code: 'LimitExceededException' }),
      'as many go on in this account as may; end one, or wait',
    ],
  ])('that cannot begin says so and why: %o', async (fault, why) => {
    kept.liveFault = fault;
    const session = await begin();
    expect(session.live).toMatchObject({ isOn: false, ended: `no live tail: ${why}` });
    expect(session.notes[0]).toMatchObject({ isNews: true, short: 'no live tail <$0.0001' });
    session.close();
  });

  it('says that it begins while AWS does not answer', async () => {
    let answer: () => void = () => undefined;
    kept.held = new Promise((resolve) => (answer = resolve));
    const session = await begin();
    expect(session.notes[0]).toMatchObject({
      ...{ isNews: true, short: 'live tail begins… <$0.0001' },
      text: expect.stringMatching(/^live tail begins…, polled 5s, /) as string,
    });
    answer();
    await kept.settle(500);
    expect(session.notes[0]).toMatchObject({ short: 'live 1m ~$0.01' });
    session.close();
  });

  it.each([
    ['turned it off', (session: LogSession) => session.live?.set(false)],
    ['looks elsewhere', (session: LogSession) => session.rest(true)],
  ])('does not begin, and costs nothing, where somebody %s meanwhile', async (_, end) => {
    let answer: () => void = () => undefined;
    kept.held = new Promise((resolve) => (answer = resolve));
    const session = await begin();
    end(session);
    expect(kept.sessions[0]?.signal.aborted).toBe(true);
    answer();
    await kept.settle(500);
    session.rest(false);
    await kept.settle(6_000);
    expect(session.live?.isOn).toBe(false);
    expect(session.notes[0]?.text).not.toContain('live tail 1m');
    session.close();
  });

  it('that falls silent has gone dead', async () => {
    const session = await begin();
    await kept.settle(31_000);
    await kept.settle();
    expect(session.live?.ended).toBe('live tail ended: the live tail fell silent');
    session.close();
  });

  it('says where it sends some of the lines only, and where all again', async () => {
    const session = await begin();
    await kept.says({ ...kept.lines([0, 'some']), isSampled: true });
    await kept.says(kept.lines([0, 'all']));
    expect(texts(session)).toEqual([
      'first',
      '── from here on only some lines: a live tail sends no more ──',
      ...['some', '── from here on all lines again ──', 'all'],
    ]);
    session.close();
  });

  it('is none of what is no longer written', async () => {
    const session = await begin({ until: NOW });
    expect(kept.sessions).toEqual([]);
    expect(session.live?.ended).toBe('no live tail: nothing is written any more');
    session.close();
  });
});
