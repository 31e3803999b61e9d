/** Live Tail of what CloudWatch keeps of a control plane, in the log pane. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { AwsFault } from '../../src/domain/aws-fault.ts';
import type { LiveUpdate } from '../../src/ports/aws/logs-calls.ts';
import { Harness } from './harness.ts';
import { shopAws } from './world-metrics.ts';
import { NOW } from './world.ts';

const STREAM = 'kube-apiserver-audit-0a1b';

const line = (ago: number, verb: string, code: number) => ({
  logStreamName: STREAM,
  timestamp: NOW - ago,
  message: JSON.stringify({
    ...{ kind: 'Event', apiVersion: 'audit.k8s.io/v1', level: 'Metadata', verb },
    ...{ requestURI: '/api/v1/namespaces/shop/pods', user: { username: 'alice' } },
    ...{ responseStatus: { code }, stageTimestamp: new Date(NOW - ago).toISOString() },
  }),
});

/** What a session says until it is over, and why it is. */
class LiveTail {
  readonly #said: (LiveUpdate | AwsFault)[] = [];
  #hear: () => void = () => undefined;
  fault: AwsFault | null = null;

  says(said: LiveUpdate | AwsFault): void {
    this.#said.push(said);
    this.#hear();
  }

  readonly answer = (action: string, input: unknown): Promise<unknown> => {
    if (action === 'logs:FilterLogEvents') {
      const { startTime } = input as { readonly startTime: number };
      const event = { ...line(90_000, 'list', 200), eventId: '1' };
      const events = event.timestamp >= startTime ? [event] : [];
      return Promise.resolve({ events, nextToken: '' });
    }
    if (action !== 'logs:StartLiveTail' || this.fault !== null) {
      return Promise.reject(this.fault ?? new AwsFault('denied', `needs ${action}`));
    }
    return Promise.resolve({ updates: this.#updates() });
  };

  async *#updates(): AsyncGenerator<LiveUpdate> {
    for (;;) {
      const next = this.#said.shift();
      if (next instanceof AwsFault) throw next;
      if (next === undefined) await new Promise<void>((resolve) => (this.#hear = resolve));
      else yield next;
    }
  }
}

async function start(columns: number, rows: number) {
  const tail = new LiveTail();
  const h = await Harness.start({ columns, rows, command: 'clusters', aws: shopAws(tail.answer) });
  onTestFinished(() => h.quit());
  await h.wait(100);
  await h.press('l');
  await h.wait(1000);
  await h.settle();
  return { h, tail };
}

const last = async (h: Harness): Promise<string> =>
  (await h.screen()).trimEnd().split('\n').at(-1) ?? '';

describe.each([
  [80, 24],
  [120, 40],
] as const)('at %i×%i', (columns, rows) => {
  it('is shown while it goes on, with what it costs', async () => {
    const { h, tail } = await start(columns, rows);
    await h.press('T');
    await h.wait(500);
    tail.says({ isSampled: false, events: [line(2000, 'get', 200), line(1000, 'patch', 409)] });
    await h.wait(1000);
    tail.says({ isSampled: true, events: [line(0, 'delete', 200)] });
    // Something is said each second, also nothing.
    for (let i = 0; i < 3; i++) {
      await h.wait(25_000);
      tail.says({ isSampled: true, events: [] });
    }
    await h.wait(1000);
    const golden = `./__frames__/live-tail-${columns}x${rows}.txt`;
    await expect(await h.screen()).toMatchFileSnapshot(golden);
  });
});

describe('that is over', () => {
  const over = new AwsFault('busy', '', '', { code: 'SessionTimeoutException' });

  it('after three hours says so, with the key that begins another', async () => {
    const { h, tail } = await start(120, 40);
    await h.press('T');
    await h.wait(500);
    tail.says(over);
    await h.wait(500);
    expect(await last(h)).toContain('live tail ended: three hours are over; T begins one again');
    await h.wait(20_000);
    expect(await h.line('╭─')).toContain('no live tail');
  });

  it.each([
    [new AwsFault('denied', 'needs logs:StartLiveTail'), 'no live tail: needs logs:StartLiveTail'],
    [new AwsFault('busy', 'AWS throttles logs:StartLiveTail'), 'no live tail: AWS throttles'],
    [
      new AwsFault('rejected', 'Too many.', '', { code: 'LimitExceededException' }),
      'no live tail: as many go on in this account as may; end one, or wait',
    ],
  ])('before it began says why: %o', async (fault, words) => {
    const { h, tail } = await start(80, 24);
    tail.fault = fault;
    await h.press('T');
    await h.wait(500);
    expect(await last(h)).toContain(words);
  });
});
