import { describe, expect, it } from 'vitest';
import type { ProcessSink } from '../../../src/ports/kube.ts';
import { container, podRow } from '../../support/rows.ts';
import { ActionBench, at, settle } from './bench.ts';

const app = container({ name: 'app', state: 'running' });
const api = podRow({ name: 'api-1', namespace: 'shop', containers: [app] });

/** A bench with a terminal and a process: what is typed reaches it, what it writes is seen. */
class Desk {
  readonly bench = new ActionBench();
  seen = '';
  readonly got: string[] = [];
  readonly sizes: (readonly [number, number])[] = [];
  sink: ProcessSink | null = null;
  stopped = false;
  type: (text: string) => void = () => undefined;
  resized: () => void = () => undefined;

  constructor() {
    this.bench.lend = (run) =>
      run({
        columns: 80,
        rows: 24,
        write: (bytes) => (this.seen += bytes.toString()),
        onInput: (listener) => {
          this.type = (text) => listener(Buffer.from(text));
          return () => (this.type = () => undefined);
        },
        onResize: (listener) => {
          this.resized = listener;
          return () => undefined;
        },
      });
    this.bench.onExec = (_pod, _options, sink) => {
      this.sink = sink;
      return Promise.resolve({
        write: (bytes) => void this.got.push(Buffer.from(bytes).toString()),
        resize: (...size) => void this.sizes.push(size),
        closeInput: () => undefined,
        stop: () => (this.stopped = true),
      });
    };
  }

  async open(row = api, runner = this.bench.runner()) {
    const flow = runner.start('shell', [this.bench.target('pods', row)]);
    await settle();
    return flow;
  }
}

describe('a shell', () => {
  it('gets the terminal as it is, and gives it back when it ends', async () => {
    const desk = new Desk();
    await desk.open();
    expect(desk.seen).toContain('shell in shop/api-1 · app');
    desk.type('ls\r\x03');
    desk.resized();
    desk.sink?.stdout(Buffer.from('bin'));
    expect([desk.got, desk.sizes.length, desk.seen.endsWith('bin')]).toEqual([
      ['ls\r\x03'],
      2,
      true,
    ]);
    desk.sink?.end({ code: 3, reason: '' });
    await settle();
    // How a shell ends is its user's matter; nothing of it can be taken back.
    expect(desk.bench.last).toMatchObject({ state: 'done', undo: false });
    expect(desk.bench.audit.map(({ phase }) => phase)).toEqual(['intent', 'result']);
  });

  it('that hangs is left by ctrl-] twice', async () => {
    const desk = new Desk();
    await desk.open();
    desk.type('\x1d');
    desk.type('x\x1d');
    expect(desk.stopped).toBe(false);
    desk.type('\x1d');
    await settle();
    expect([desk.stopped, desk.bench.last?.state]).toEqual([true, 'done']);
  });

  it('that is not there, or is lost, says so', async () => {
    for (const [code, reason, words] of [
      [127, '', 'no shell to run'],
      [null, 'the connection was lost', 'the connection was lost'],
    ] as const) {
      const desk = new Desk();
      await desk.open();
      desk.sink?.end({ code, reason });
      await settle();
      expect(desk.bench.last).toMatchObject({ state: 'failed' });
      expect(desk.bench.last?.text).toContain(words);
    }
  });

  it('asks for the container only where there are several, and for the name where it is protected', async () => {
    const desk = new Desk();
    const side = container({ name: 'side', state: 'running' });
    const several = podRow({ name: 'api-2', namespace: 'shop', containers: [app, side] });
    expect(at(await desk.open(several), 'form').lines).toHaveLength(1);
    const guarded = desk.bench.runner({ isProtected: () => true });
    expect(at(await desk.open(api, guarded), 'confirm').typeName).toBe('api-1');
    const ended = podRow({ name: 'job-1', namespace: 'shop', containers: [] });
    expect(at(await desk.open(ended), 'refused').reason).toBe('no container of job-1 runs');
  });

  it('leaves what was done before to be taken back', async () => {
    const desk = new Desk();
    const runner = desk.bench.runner();
    await desk.open(api, runner);
    desk.sink?.end({ code: 0, reason: '' });
    await settle();
    expect(runner.undo()).toBe('there is nothing to take back');
  });
});
