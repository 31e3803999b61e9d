import { describe, expect, it } from 'vitest';
import { parseCommandLine, type Flags } from '../../../src/cli/args.ts';
import { logs } from '../../../src/cli/logs.ts';
import { logsRequest } from '../../../src/cli/logs-request.ts';
import { contextKey } from '../../../src/domain/cluster-key.ts';
import { IDLE } from '../../../src/domain/status.ts';
import type { TableId } from '../../../src/domain/tables/index.ts';
import type { LogOptions, LogSink } from '../../../src/ports/kube.ts';
import { Store } from '../../../src/store/index.ts';
import { container } from '../../support/log-cluster.ts';
import { resources } from '../../support/resources.ts';
import { podRow } from '../../support/rows.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const LIVE = { ...IDLE, state: 'live', synced: true } as const;
const JSON_LINE = '{"level":"error","msg":"no\\u001b[2J","order":"7"}';

/** `ekscope logs …` of two pods of one application and one of another. */
function run(
  words: string,
  answer: (options: LogOptions, sink: LogSink) => void,
  phase = 'Running',
) {
  const clock = new VirtualClock();
  const store = new Store({ clock });
  const asked: LogOptions[] = [];
  const ended = new AbortController();
  const pod = (name: string, app: string) =>
    podRow({
      ...{ uid: name, name, namespace: 'shop', labels: { app }, phase },
      containers: [container('app')],
    });
  const need = (tables: readonly TableId[]) => {
    store.sink('pods').put([pod('api-1', 'api'), pod('api-2', 'api'), pod('db-1', 'db')]);
    for (const table of tables) {
      store.sink(table).synced();
      store.sink(table).status(LIVE);
    }
    return () => undefined;
  };
  const kube = {
    clockOffset: 0,
    logs: (options: LogOptions, sink: LogSink) => {
      asked.push(options);
      answer(options, sink);
      return () => undefined;
    },
  } as unknown as Parameters<typeof logs>[1]['kube'];
  const [out, err]: [string[], string[]] = [[], []];
  const { args, flags } = parseCommandLine(['logs', ...words.split(' ')]);
  const output = { out: (text: string) => out.push(text), err: (text: string) => err.push(text) };
  const options = { clock, timeout: 10_000, output, signal: ended.signal };
  const connection = { cluster: contextKey('x'), store, kube, need };
  const code = logs(logsRequest(args, flags, resources), connection, options);
  const settle = async (ms: number): Promise<void> => {
    for (let i = 0; i < 20; i++) await Promise.resolve();
    clock.advance(ms);
    for (let i = 0; i < 20; i++) await Promise.resolve();
  };
  return { code, out, err, asked, settle, stop: () => ended.abort() };
}

/** All that each pod wrote, which ends then. */
const wrote =
  (lines: Readonly<Record<string, readonly (readonly [time: string, text: string])[]>>) =>
  ({ pod }: LogOptions, sink: LogSink): void => {
    sink.lines((lines[pod] ?? []).map(([time, text]) => ({ time, text })));
    sink.end('');
  };

const at = (second: number): string => `2026-01-01T00:00:0${second}.000000000Z`;

describe('ekscope logs', () => {
  it('prints pods that labels mean in order of time, with short names before them', async () => {
    const lines = {
      'api-1': [
        [at(1), 'one'],
        [at(3), 'three'],
      ],
      'api-2': [[at(2), 'two']],
    } as const;
    const { code, out, settle } = run('pods -l app=api', wrote(lines));
    await settle(5000);
    expect(await code).toBe(0);
    expect(out.join('')).toBe('api-1 one\napi-2 two\napi-1 three\n');
  });

  it('follows to the end of pods that are done, as kubectl does, and those that run until it is stopped', async () => {
    const lines = { 'api-1': [[at(1), 'one']] } as const;
    const done = run('api-1 -f', wrote(lines), 'Succeeded');
    await done.settle(5000);
    expect(await done.code).toBe(0);
    expect(done.out.join('')).toBe('one\n');

    const running = run('api-1 -f', wrote(lines));
    let code: number | null = null;
    void running.code.then((now) => (code = now));
    await running.settle(60_000);
    expect(code).toBeNull();
    running.stop();
    expect(await running.code).toBe(0);
  });

  it('asks for what flags say', async () => {
    const { code, asked, settle } = run('api-1 -c app --since 1h30m --tail 5', wrote({}));
    await settle(5000);
    expect(await code).toBe(0);
    expect(asked).toMatchObject([
      { pod: 'api-1', container: 'app', follow: false, sinceSeconds: 5400, tailLines: 5 },
    ]);
  });

  it('folds lines, leaves them as they are, or tells what they say as JSON', async () => {
    const print = async (words: string): Promise<string> => {
      const { out, settle, code } = run(words, wrote({ 'api-1': [[at(1), JSON_LINE]] }));
      await settle(5000);
      await code;
      return out.join('');
    };
    expect(await print('api-1')).toBe('ERROR no order=7\n');
    expect(await print('api-1 -o raw')).toBe(`${JSON_LINE}\n`);
    expect(JSON.parse(await print('api-1 -o json'))).toEqual({
      ...{ time: at(1), namespace: 'shop', pod: 'api-1', container: 'app', level: 'error' },
      ...{ text: JSON_LINE, message: 'no', fields: { order: '7' } },
    });
  });

  it('filters as the pane does', async () => {
    const lines = [
      [at(1), 'fine'],
      [at(2), JSON_LINE],
    ] as const;
    const { out, settle } = run('api-1 --filter level:error -o raw', wrote({ 'api-1': lines }));
    await settle(5000);
    expect(out.join('')).toBe(`${JSON_LINE}\n`);
  });

  describe('a trace under a filter', () => {
    const TRACE = ['Failed to charge card 42: PrismaClientError: boom', '    at f (/app/a.js:1:2)'];
    const stamped = (texts: readonly string[]) => texts.map((text, i) => ({ time: at(i), text }));

    it('is printed with the line that says what failed, in its place', async () => {
      const { out, settle, code } = run(
        '-l app=api pods --filter level:error -o raw',
        wrote({
          'api-1': [
            [at(1), 'fine'],
            [at(2), TRACE[0] ?? ''],
            [at(4), TRACE[1] ?? ''],
            [at(6), 'fine'],
          ],
          'api-2': [
            [at(3), 'ERROR x'],
            [at(5), 'fine'],
          ],
        }),
      );
      await settle(5000);
      await code;
      expect(out.join('').split('\n')).toEqual([
        `api-1 ${TRACE[0]}`,
        'api-2 ERROR x',
        `api-1 ${TRACE[1]}`,
        '',
      ]);
    });

    it('is hidden as a whole', async () => {
      const lines = TRACE.map((text, i) => [at(i), text] as const);
      const filter = 'api-1 --filter !a.js -o raw';
      const { out, settle, code } = run(filter, wrote({ 'api-1': [...lines, [at(3), 'fine']] }));
      await settle(5000);
      await code;
      expect(out.join('')).toBe('fine\n');
    });

    it('does not keep what is followed waiting for more than a moment', async () => {
      const sinks: LogSink[] = [];
      const print = run('api-1 -f --filter !debug -o raw', (_, sink) => sinks.push(sink));
      await print.settle(0);
      sinks[0]?.lines(stamped(['one']));
      await print.settle(100);
      expect(print.out.join('')).toBe('');
      await print.settle(600);
      expect(print.out.join('')).toBe('one\n');
      print.stop();
      await print.code;
    });

    it('is printed as a whole though its end comes late', async () => {
      const sinks: LogSink[] = [];
      const print = run('api-1 -f --filter level:error -o raw', (_, sink) => sinks.push(sink));
      await print.settle(0);
      sinks[0]?.lines(stamped(TRACE.slice(0, 1)));
      await print.settle(5000);
      expect(print.out.join('')).toBe('');
      sinks[0]?.lines(stamped(TRACE.slice(1)));
      await print.settle(5000);
      expect(print.out.join('')).toBe(`${TRACE.join('\n')}\n`);
      print.stop();
      await print.code;
    });
  });

  it('follows until it is stopped', async () => {
    const sinks: LogSink[] = [];
    const { code, out, asked, settle, stop } = run('api-1 -f', (_, sink) => sinks.push(sink));
    await settle(0);
    sinks[0]?.lines([{ time: at(1), text: 'one' }]);
    await settle(60_000);
    expect(out.join('')).toBe('one\n');
    expect(asked[0]).toMatchObject({ follow: true });
    stop();
    expect(await code).toBe(0);
  });

  it.each([
    ['none', 1, "ekscope: no pod 'none'\n"],
    ['api-1 --previous', 1, 'ekscope: api-1/app: has not restarted\n'],
  ])('of %s ends with %i', async (words, code, said) => {
    const { code: ended, err, settle } = run(words, wrote({}));
    await settle(60_000);
    expect(await ended).toBe(code);
    expect(err.join('')).toBe(said);
  });

  it('ends with 3 where no log can be read, or nobody answers', async () => {
    const failed = run('api-1', (_, sink) => sink.end('forbidden'));
    await failed.settle(4000);
    expect(await failed.code).toBe(3);
    expect(failed.err.join('')).toBe('ekscope: api-1/app: forbidden\n');
    const silent = run('api-1', () => undefined);
    await silent.settle(60_000);
    expect(await silent.code).toBe(3);
    expect(silent.err.join('')).toBe('ekscope: api-1/app: no answer in time\n');
  });
});

it.each([
  [[], {}, 'logs takes RESOURCE/NAME or the name of a pod'],
  [['nodes/one'], {}, 'a node has no logs'],
  [['a'], { since: 'soon' }, "--since takes a time such as 90s, 5m or 1h30m, not 'soon'"],
  [['a'], { tail: '-1' }, "--tail takes a number of at least 0, not '-1'"],
  [['a'], { follow: true, previous: true }, 'what is over cannot be followed: --previous'],
  [['a'], { filter: '(' }, "--filter '(': not a regular expression"],
  [['a'], { output: 'yaml' }, "unknown format 'yaml'"],
] as readonly (readonly [readonly string[], Flags, string])[])(
  'logs %j %j is refused',
  (args, flags, said) => {
    expect(() => logsRequest(args, flags, resources)).toThrow(said);
  },
);
