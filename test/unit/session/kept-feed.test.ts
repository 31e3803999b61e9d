/* eslint max-lines: ["error", 450] -- one bench for what is asked for and what comes live: they meet */
import { beforeEach, describe, expect, it } from 'vitest';
import { arnKey } from '../../../src/domain/cluster-key.ts';
import { AwsFault } from '../../../src/domain/aws-fault.ts';
import { controlPlaneLine } from '../../../src/domain/kept-logs/control-plane.ts';
import type { AwsDoor } from '../../../src/ports/aws.ts';
import type { LogEvent } from '../../../src/ports/aws-shapes.ts';
import type { KeptLogs, LogPlace } from '../../../src/ports/kept-logs.ts';
import type { LiveUpdate } from '../../../src/ports/aws/logs-calls.ts';
import { keptLogs } from '../../../src/session/kept-feed.ts';
import { LogSession } from '../../../src/session/log-session.ts';
import type { Since } from '../../../src/session/log-stream.ts';
import { texts } from '../../support/log-cluster.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

interface Asked {
  readonly logGroupName: string;
  readonly logStreamNamePrefix?: string;
  readonly filterPattern?: string;
  readonly startTime: number;
  readonly endTime: number;
}

const EKS = {
  name: 'shop',
  arn: arnKey('arn:aws:eks:eu-central-1:111122223333:cluster/shop'),
  profile: '',
  region: 'eu-central-1',
};
const NOW = Date.UTC(2026, 10, 24, 6);

let clock: VirtualClock;
let events: LogEvent[];
let asked: Asked[];
let fault: AwsFault | null;

const wrote = (stream: string, ago: number, message: string): void => {
  const timestamp = clock.now() - ago;
  const eventId = `${stream}${timestamp}${message}`;
  events.push({ logStreamName: stream, timestamp, message, eventId });
};

/** What sessions of Live Tail say: each an update, or why it ended. */
let live: (LiveUpdate | AwsFault)[];
/** What was asked for, and those that ended. */
let sessions: { readonly input: unknown; readonly signal: AbortSignal }[];
let liveFault: AwsFault | null;
let hear: () => void;

function begun(input: unknown, signal?: AbortSignal): Promise<never> {
  if (liveFault) return Promise.reject(liveFault);
  sessions.push({ input, signal: signal ?? new AbortController().signal });
  return Promise.resolve({ updates: saidLive() } as never);
}

async function* saidLive(): AsyncGenerator<LiveUpdate> {
  for (;;) {
    const next = live.shift();
    if (next instanceof AwsFault) throw next;
    if (next === undefined) await new Promise<void>((resolve) => (hear = resolve));
    else yield next;
  }
}

/** A session says something. */
async function says(said: LiveUpdate | AwsFault): Promise<void> {
  live.push(said);
  hear();
  await settle();
  await settle(500);
}

const lines = (...all: readonly (readonly [ago: number, message: string])[]): LiveUpdate => ({
  isSampled: false,
  events: all.map(([ago, message]) => ({
    ...{ logStreamName: 'kube-apiserver-1', timestamp: clock.now() - ago, message },
  })),
});

const door: AwsDoor = {
  scope: EKS,
  call: (action, input, signal): Promise<never> => {
    if (action === 'logs:StartLiveTail') return begun(input, signal);
    expect(action).toBe('logs:FilterLogEvents');
    const given = input as unknown as Asked;
    asked.push(given);
    if (fault) return Promise.reject(fault);
    if (signal?.aborted) return Promise.reject(signal.reason as Error);
    const found = events
      .filter(({ timestamp }) => (timestamp ?? 0) >= given.startTime)
      .filter(({ timestamp }) => (timestamp ?? 0) <= given.endTime)
      .filter(({ logStreamName }) => logStreamName.startsWith(given.logStreamNamePrefix ?? ''))
      .sort((a, b) => (a.timestamp ?? 0) - (b.timestamp ?? 0));
    return Promise.resolve({ events: found, nextToken: '' } as never);
  },
};

const PLACE: LogPlace = {
  group: '/aws/eks/shop/cluster',
  searches: [{ streams: '', pattern: '' }],
  from: NOW - 86_400_000,
  until: null,
  read: controlPlaneLine,
  unless: 'turn it on',
};

/** Lets promises and the timers behind them run. */
async function settle(ms = 0): Promise<void> {
  for (let i = 0; i < 60; i++) await Promise.resolve();
  clock.advance(ms);
  for (let i = 0; i < 60; i++) await Promise.resolve();
}

function open(place: Partial<LogPlace> = {}, since: Since = 'tail', capacity = 1000) {
  const logs: KeptLogs = {
    ...{ title: 't', namespace: '', advice: [], copies: [] },
    writers: [
      { pod: 'api', container: '', missing: '' },
      { pod: 'scheduler', container: '', missing: 'off' },
    ],
    find: () => Promise.resolve({ ...PLACE, ...place }),
  };
  const kube = { get: () => Promise.reject(new Error('none')) };
  const part = keptLogs({ cluster: EKS.arn, logs, eks: EKS, door, kube });
  const target = { title: 't', container: null, runs: 'current' } as const;
  return new LogSession({ parts: [part], clock, target, since, capacity });
}

beforeEach(() => {
  clock = new VirtualClock(NOW);
  events = [];
  asked = [];
  fault = null;
  [live, sessions, liveFault] = [[], [], null];
  hear = () => undefined;
});

describe('a kept log', () => {
  it('begins with its end, by who wrote it, and goes on with what is new', async () => {
    wrote('kube-apiserver-1', 2000, 'first');
    wrote('authenticator-1', 1000, 'second');
    const session = open();
    await settle(500);
    expect(texts(session)).toEqual(['first', 'second']);
    expect(session.sources.map(({ pod, state }) => [pod, state])).toEqual([
      ['api', 'live'],
      ['scheduler', 'ended'],
      ['authenticator', 'live'],
    ]);
    expect(session.sources[1]?.reason).toBe('off');
    clock.advance(1000);
    wrote('kube-apiserver-1', 0, 'third');
    await settle(5000);
    await settle(500);
    expect(texts(session)).toEqual(['first', 'second', 'third']);
    session.close();
  });

  it('shows what comes twice once, and what comes late', async () => {
    wrote('kube-apiserver-1', 1000, 'one');
    const session = open();
    await settle(500);
    clock.advance(3000);
    wrote('kube-apiserver-1', 10_000, 'late');
    await settle(5000);
    await settle(500);
    expect(texts(session)).toEqual(['one', 'late']);
    session.close();
  });

  it('says how often it asked, and what that cost', async () => {
    wrote('kube-apiserver-1', 1000, 'x'.repeat(840));
    const session = open({ from: NOW - 60_000 });
    await settle(500);
    expect(session.notes).toEqual([
      { text: 'polled 5s, 1 call 1.0 kB <$0.0001', short: '<$0.0001' },
    ]);
    session.close();
  });

  it('does not ask while nobody looks, and at once when somebody does', async () => {
    const session = open({ from: NOW - 60_000 });
    await settle(100);
    session.rest(true);
    await settle(60_000);
    expect(asked).toHaveLength(1);
    session.rest(false);
    await settle();
    expect(asked).toHaveLength(2);
    session.close();
  });

  it('ends where nothing more can be written', async () => {
    wrote('kube-apiserver-1', 3_600_000, 'last words');
    const session = open({ until: NOW - 3_500_000 });
    await settle(500);
    expect(texts(session)).toEqual(['last words']);
    const count = asked.length;
    await settle(60_000);
    expect(asked).toHaveLength(count);
    expect(session.sources[0]?.state).toBe('ended');
    session.close();
  });

  it('looks in another way where the first finds nothing', async () => {
    wrote('other-1', 1000, 'found');
    const searches = [
      { streams: 'node-', pattern: '' },
      { streams: '', pattern: '{ $.a = "b" }' },
    ];
    const session = open({ from: NOW - 60_000, searches });
    await settle(500);
    expect(texts(session)).toEqual(['found']);
    await settle(5000);
    expect(
      asked.map(({ logStreamNamePrefix, filterPattern }) => [logStreamNamePrefix, filterPattern]),
    ).toEqual([
      ['node-', undefined],
      [undefined, '{ $.a = "b" }'],
      [undefined, '{ $.a = "b" }'],
    ]);
    session.close();
  });

  it('marks that older lines are left out, where they were asked for', async () => {
    for (let i = 0; i < 4000; i++) wrote('kube-apiserver-1', i * 1000, `line ${i}`);
    const session = open({}, 3600, 1000);
    await settle(500);
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
    fault = given;
    const session = open({ from: NOW - 60_000 });
    await settle(500);
    expect(session.sources[0]).toMatchObject({ state, reason });
    fault = null;
    wrote('kube-apiserver-1', 0, 'again');
    await settle(wait - 1000);
    expect(asked).toHaveLength(1);
    await settle(1000);
    await settle(500);
    expect(texts(session)).toEqual(['again']);
    expect(session.sources[0]?.state).toBe('live');
    session.close();
  });

  it('asks for nothing more when it is closed, and anew when another moment is chosen', async () => {
    wrote('kube-apiserver-1', 1000, 'new');
    wrote('kube-apiserver-1', 100_000, 'old');
    const session = open();
    await settle(500);
    session.restart(60, 'current');
    await settle(500);
    expect(texts(session)).toEqual(['new']);
    session.close();
    const count = asked.length;
    await settle(60_000);
    expect(asked).toHaveLength(count);
  });
});

describe('a live tail', () => {
  async function begin(place: Partial<LogPlace> = {}): Promise<LogSession> {
    wrote('kube-apiserver-1', 2000, 'first');
    const session = open({ from: NOW - 60_000, ...place });
    await settle(500);
    session.live?.set(true);
    await settle(500);
    return session;
  }

  it('begins when somebody turns it on, by ARN, and is no longer asked for what is new', async () => {
    const session = await begin({ searches: [{ streams: 'kube-', pattern: '"x"' }] });
    expect(session.live?.isOn).toBe(true);
    expect(sessions.map(({ input }) => input)).toEqual([
      {
        logGroupIdentifiers: [
          'arn:aws:logs:eu-central-1:111122223333:log-group:/aws/eks/shop/cluster',
        ],
        ...{ logStreamNamePrefixes: ['kube-'], logEventFilterPattern: '"x"' },
      },
    ]);
    const calls = asked.length;
    await says(lines([100, 'second'], [50, 'third']));
    await settle(20_000);
    expect(texts(session)).toEqual(['first', 'second', 'third']);
    expect(asked).toHaveLength(calls);
    session.close();
    expect(sessions[0]?.signal.aborted).toBe(true);
  });

  it('counts minutes that were begun, and dollars', async () => {
    const session = await begin();
    const [note] = session.notes;
    expect(note).toMatchObject({ isNews: true, short: 'live 1m ~$0.01' });
    for (let i = 0; i < 5; i++) {
      clock.advance(25_000);
      await says(lines());
    }
    expect(session.notes[0]?.text).toMatch(/^live tail 3m, \d calls .* ~\$0\.03$/);
    session.live?.set(false);
    await settle(60_000);
    await settle(60_000);
    expect(session.notes[0]).toMatchObject({ short: 'live 3m ~$0.03' });
    expect(session.notes[0]?.isNews).toBeUndefined();
    session.close();
  });

  it('shows what comes in both ways once, and two lines alike twice', async () => {
    const session = await begin();
    const again = { logStreamName: 'kube-apiserver-1', timestamp: NOW - 2000, message: 'first' };
    await says({ isSampled: false, events: [again] });
    await says(lines([0, 'twin'], [0, 'twin']));
    expect(texts(session)).toEqual(['first', 'twin', 'twin']);
    wrote('kube-apiserver-1', 500, 'twin');
    events.push({ ...(events.at(-1) as LogEvent), eventId: 'other' });
    wrote('kube-apiserver-1', 0, 'after');
    session.live?.set(false);
    await settle(5000);
    await settle(5000);
    await settle(500);
    expect(texts(session)).toEqual(['first', 'twin', 'twin', 'after']);
    session.close();
  });

  it('ends when nobody looks, and does not begin again by itself', async () => {
    const session = await begin();
    session.rest(true);
    await settle();
    expect(sessions[0]?.signal.aborted).toBe(true);
    session.rest(false);
    await settle(6000);
    expect(session.live).toMatchObject({ isOn: false, ended: 'live tail ended as nobody looked' });
    expect(sessions).toHaveLength(1);
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
    await says(why);
    expect(session.live).toMatchObject({ isOn: false, ended: words });
    wrote('kube-apiserver-1', 0, 'later');
    await settle(5000);
    await settle(500);
    expect(texts(session)).toEqual(['first', 'later']);
    session.live?.set(true);
    await settle(500);
    expect(session.live).toMatchObject({ isOn: true, ended: null });
    expect(sessions).toHaveLength(2);
    session.close();
  });

  it('that is denied names the right, and the log goes on as before', async () => {
    liveFault = new AwsFault('denied', 'needs logs:StartLiveTail');
    const session = await begin();
    expect(session.live).toMatchObject({
      ...{ isOn: false, ended: 'no live tail: needs logs:StartLiveTail' },
    });
    expect(session.notes[0]?.text).toMatch(/^no live tail: needs logs:StartLiveTail, polled 5s/);
    expect(session.sources[0]?.state).toBe('live');
    session.close();
  });

  it('that falls silent has gone dead', async () => {
    const session = await begin();
    await settle(31_000);
    await settle();
    expect(session.live?.ended).toBe('live tail ended: the live tail fell silent');
    session.close();
  });

  it('says where it sends some of the lines only, and where all again', async () => {
    const session = await begin();
    await says({ ...lines([0, 'some']), isSampled: true });
    await says(lines([0, 'all']));
    expect(texts(session)).toEqual([
      'first',
      '── more is written than a live tail sends: from here on these are some of the lines ──',
      ...['some', '── from here on these are all lines again ──', 'all'],
    ]);
    session.close();
  });

  it('is none of what is no longer written', async () => {
    const session = await begin({ until: NOW });
    expect(sessions).toEqual([]);
    expect(session.live?.ended).toBe('no live tail: nothing is written any more');
    session.close();
  });
});
