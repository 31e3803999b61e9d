import { describe, expect, it } from 'vitest';
import type { LogOptions } from '../../../../src/ports/kube.ts';
import type { ServerResponse } from 'node:http';
import { openPort, until } from './open-port.ts';
import { json, type Answer } from './tls-server.ts';

const OPTIONS: LogOptions = {
  namespace: 'shop',
  pod: 'api',
  container: 'c',
  previous: false,
  follow: true,
  sinceSeconds: 60,
  sinceTime: null,
  tailLines: 100,
};

const line = (second: number, text: string): string =>
  `2026-01-01T00:00:0${second}.000000000Z ${text}\n`;

async function follow(answer: Answer, options: Partial<LogOptions> = {}) {
  const opened = await openPort(answer);
  const texts: string[] = [];
  const ends: string[] = [];
  const cuts: string[] = [];
  const stop = opened.port.logs(
    { ...OPTIONS, ...options },
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
      '/api/v1/namespaces/shop/pods/api/log?container=c&timestamps=true&follow=true&sinceTime=2026-01-01T00%3A00%3A02.000000000Z',
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
