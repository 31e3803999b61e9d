import { describe, expect, it } from 'vitest';
import { LogResume } from '../../../../src/core/log-resume.ts';
import type { LogOptions } from '../../../../src/ports/kube.ts';
import type { ServerResponse } from 'node:http';
import { openPort, until } from './open-port.ts';
import { json, type Answer } from './tls-server.ts';

const OPTIONS: Omit<LogOptions, 'resume'> = {
  namespace: 'shop',
  pod: 'api',
  container: 'c',
  previous: false,
  follow: true,
  sinceSeconds: 60,
  tailLines: 100,
};

const line = (second: number, text: string): string =>
  `2026-01-01T00:00:0${second}.000000000Z ${text}\n`;

async function follow(answer: Answer, options: Partial<LogOptions> = {}) {
  // The longest waits, so that it shows how they grow.
  const opened = await openPort(answer, { random: 1 });
  const texts: string[] = [];
  const ends: string[] = [];
  const cuts: string[] = [];
  const stop = opened.port.logs(
    { ...OPTIONS, resume: new LogResume(), ...options },
    {
      lines: (lines) => texts.push(...lines.map(({ text }) => text)),
      cut: (reason) => cuts.push(reason),
      end: (reason) => ends.push(reason),
    },
  );
  return { ...opened, texts, cuts, ends, stop };
}

const pod = (response: ServerResponse, state: object): void =>
  json(response, {
    metadata: { name: 'api' },
    status: { containerStatuses: [{ name: 'c', state }] },
  });
const plain = (response: ServerResponse): ServerResponse =>
  response.writeHead(200, { 'Content-Type': 'text/plain' });

describe('a log', () => {
  it('is asked for with timestamps and delivered as it comes', async () => {
    const { seen, texts, ends } = await follow((_seen, response) => {
      plain(response).write(line(1, 'a') + line(1, 'b'));
    });
    await until(() => texts.length === 2);
    expect(texts).toEqual(['a', 'b']);
    expect(seen[0]?.url).toBe(
      '/api/v1/namespaces/shop/pods/api/log?container=c&timestamps=true&follow=true&sinceSeconds=60&tailLines=100',
    );
    expect(ends).toEqual([]);
  });

  it('that is not followed ends with its last line', async () => {
    const { texts, ends } = await follow((_seen, response) => plain(response).end(line(1, 'a')), {
      follow: false,
    });
    await until(() => ends.length === 1);
    expect([texts, ends]).toEqual([['a'], ['']]);
  });

  it('ends when the container has ended', async () => {
    const { ends } = await follow(({ url }, response) => {
      if (url.includes('/log')) plain(response).end(line(1, 'a'));
      else pod(response, { terminated: { exitCode: 0 } });
    });
    await until(() => ends.length === 1);
    expect(ends).toEqual(['']);
  });

  it('that the server cannot give says why, and comes when it can', async () => {
    let answer = 500;
    const message = 'Get "https://10.0.0.7:10250/containerLogs": dial tcp: i/o timeout';
    const { texts, cuts, ends, clock } = await follow((_seen, response) => {
      if (answer === 200) plain(response).write(line(1, 'a'));
      else json(response, { kind: 'Status', message }, answer);
    });
    await until(() => cuts.length === 1);
    expect(cuts[0]).toContain(message);
    answer = 200;
    await until(() => {
      clock.advance(100);
      return texts.length === 1;
    });
    expect([cuts.at(-1), texts, ends]).toEqual(['', ['a'], []]);
  });

  it('goes on where it was when the stream was cut, without a line lost or doubled', async () => {
    let streams = 0;
    const { seen, texts, clock, ends } = await follow((_seen, response) => {
      streams++;
      if (streams === 1) {
        plain(response).write(line(1, 'a') + line(2, 'b') + line(2, 'c'), () => response.destroy());
      } else plain(response).write(line(2, 'b') + line(2, 'c') + line(2, 'd') + line(3, 'e'));
    });
    await until(() => texts.length === 3);
    await until(() => {
      clock.advance(100);
      return texts.length === 5;
    });
    expect(texts).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(seen.at(-1)?.url).toBe(
      '/api/v1/namespaces/shop/pods/api/log?container=c&timestamps=true&follow=true&sinceTime=2026-01-01T00%3A00%3A01Z',
    );
    expect(ends).toEqual([]);
  });

  it('goes on when the stream was closed in good order while the container runs', async () => {
    let streams = 0;
    const { texts, clock } = await follow(({ url }, response) => {
      if (!url.includes('/log')) pod(response, { running: { startedAt: '2026-01-01T00:00:00Z' } });
      else if (++streams === 1) plain(response).end(line(1, 'a'));
      else plain(response).write(line(1, 'a') + line(2, 'b'));
    });
    await until(() => {
      clock.advance(100);
      return texts.length === 2;
    });
    expect(texts).toEqual(['a', 'b']);
  });

  it('goes on after a failure that ended it, where it is opened anew with what was delivered', async () => {
    const resume = new LogResume();
    let answer = 200;
    const respond: Answer = (_seen, response) => {
      if (answer === 403) json(response, { message: 'no' }, 403);
      else plain(response).end(line(1, 'a') + line(1, 'b') + (answer === 200 ? '' : line(2, 'c')));
    };
    const first = await follow(respond, { resume, follow: false });
    await until(() => first.ends.length === 1);
    answer = 403;
    const denied = await follow(respond, { resume, follow: false });
    await until(() => denied.ends.length === 1);
    answer = 201;
    const again = await follow(respond, { resume, follow: false });
    await until(() => again.ends.length === 1);
    expect([first.texts, denied.texts, again.texts]).toEqual([['a', 'b'], [], ['c']]);
  });

  it('waits for the rest of a line that was being written, unless the container has ended', async () => {
    let streams = 0;
    const { texts, clock } = await follow(({ url }, response) => {
      const isOver = streams > 1;
      const running = { running: { startedAt: '2026-01-01T00:00:00Z' } };
      if (!url.includes('/log')) pod(response, isOver ? { terminated: { exitCode: 0 } } : running);
      else if (++streams === 1) plain(response).end(line(1, 'a') + line(2, 'hal').trimEnd());
      else plain(response).end(line(1, 'a') + line(2, 'half') + line(3, 'end').trimEnd());
    });
    await until(() => {
      clock.advance(100);
      return texts.length === 3;
    });
    expect(texts).toEqual(['a', 'half', 'end']);
  });

  it('that the kubelet cannot follow is asked for ever less often, and its remark is told once', async () => {
    const remark = 'failed to create fsnotify watcher: too many open files';
    const { seen, texts, cuts, clock } = await follow(({ url }, response) => {
      if (url.includes('/log')) plain(response).end(line(1, 'a') + remark);
      else pod(response, { running: { startedAt: '2026-01-01T00:00:00Z' } });
    });
    const asked = (): number => seen.filter(({ url }) => url.includes('/log')).length;
    const end = clock.now() + 60_000;
    await until(() => {
      // In small steps: the server's answers take some turns, and no time to speak of.
      if (clock.pending > 0) clock.advance(20);
      return clock.now() >= end;
    });
    expect(texts).toEqual(['a', remark]);
    // After 0.8, 1.6, 3.2, 6.4, 12.8, 25.6 and 30 s.
    expect(asked()).toBeLessThanOrEqual(8);
    expect(cuts.at(-1)).toBe(remark);
  });

  it('that ends at once but has news each time stays near what happens', async () => {
    let streams = 0;
    const { texts, clock } = await follow(({ url }, response) => {
      if (url.includes('/log')) plain(response).end(line(1 + (streams++ % 8), String(streams)));
      else pod(response, { running: { startedAt: '2026-01-01T00:00:00Z' } });
    });
    await until(() => texts.length === 1);
    const begun = clock.now();
    await until(() => {
      if (clock.pending > 0) clock.advance(20);
      return texts.length === 8;
    });
    expect(clock.now() - begun).toBeLessThanOrEqual(7 * 6000);
  });

  it('of a server that is away comes when it is back', async () => {
    let asked = 0;
    const { texts, clock } = await follow((_seen, response) => {
      if (++asked < 4) json(response, { message: 'etcd is gone' }, 500);
      else plain(response).write(line(1, 'a'));
    });
    await until(() => {
      clock.advance(1_000);
      return texts.length === 1;
    });
  });

  it('stops without another word', async () => {
    const { texts, ends, stop, clock } = await follow((_seen, response) => {
      plain(response).write(line(1, 'a'));
    });
    await until(() => texts.length === 1);
    stop();
    await until(() => clock.pending === 0);
    expect(ends).toEqual([]);
  });
});

describe('why there is no log', () => {
  it.each([
    [
      400,
      'container "c" in pod "api" is waiting to start: ContainerCreating',
      'the container c has not started yet (ContainerCreating)',
    ],
    [
      400,
      'previous terminated container "c" in pod "api" not found',
      'the container c has no previous run',
    ],
    [404, 'pods "api" not found', 'the pod api is gone'],
    [400, 'container x is not valid for pod api', 'container x is not valid for pod api'],
    [
      403,
      'pods "api" is forbidden',
      'pods "api" is forbidden; needs a role that allows: read the log of api/c in shop',
    ],
  ])('%i %s', async (code, message, reason) => {
    const { ends } = await follow((_seen, response) =>
      json(response, { kind: 'Status', message }, code),
    );
    await until(() => ends.length === 1);
    expect(ends).toEqual([reason]);
  });
});
