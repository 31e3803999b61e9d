import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LogOptions, LogSink } from '../../src/ports/kube.ts';
import { Harness } from './harness.ts';

interface Stream {
  readonly options: LogOptions;
  readonly sink: LogSink;
}

let streams: Stream[];
let app: Harness;

const stamp = (n: number): string =>
  `2026-10-14T12:00:${String(Math.floor(n / 100)).padStart(2, '0')}.${String(n % 100).padStart(2, '0')}Z`;

/** Lines `line <n>`, every tenth an error. */
function write(from: number, to: number): void {
  for (let n = from; n < to; n++) {
    const text = n % 10 === 0 ? `ERROR line ${n} failed` : `INFO line ${n} ok`;
    streams[0]?.sink.lines([{ time: stamp(n), text }]);
  }
}

beforeEach(async () => {
  streams = [];
  app = await Harness.start({
    rows: 24,
    columns: 100,
    kube: {
      logs: (options, sink) => {
        streams.push({ options, sink });
        return () => {};
      },
    },
  });
  await app.press('l');
});

afterEach(() => app.quit());

const body = async (): Promise<string[]> =>
  (await app.screen()).split('\n').filter((line) => /line \d+/.test(line));

describe('the log pane', () => {
  it('follows, the newest line at the bottom', async () => {
    write(0, 60);
    await app.wait(500);
    const lines = await body();
    expect(lines.at(-1)).toContain('line 59 ok');
    expect(await app.line('Logs(')).toContain('[60]');
    expect(await app.line('Logs(')).toContain('● following');
  });

  it('says when it is cut, since when and why, and goes on', async () => {
    streams[0]?.sink.cut('the kubelet does not answer');
    await app.wait(500);
    expect(await app.screen()).toContain('no log can be read now; retrying by itself');
    expect(await app.screen()).toContain('the kubelet does not answer');
    write(0, 5);
    await app.wait(500);
    expect(await app.screen()).toContain('● following');
    streams[0]?.sink.cut('the connection was cut');
    await app.wait(12_000);
    expect(await app.screen()).toContain('◌ 1 of 2 cut 12s: the connection was cut, retrying');
    streams[0]?.sink.cut('');
    await app.wait(1000);
    expect(await app.screen()).toContain('● following');
  });

  it('pauses without losing a line, says how far behind it is, and follows again', async () => {
    write(0, 60);
    await app.wait(500);
    await app.press('s');
    const before = await body();
    write(60, 80);
    await app.wait(500);
    expect(await body()).toEqual(before);
    expect(await app.line('Logs(')).toContain('paused +20');
    await app.press('s');
    expect((await body()).at(-1)).toContain('line 79 ok');
  });

  it('keeps a paused page though the buffer had to drop its lines', async () => {
    write(0, 60);
    await app.wait(500);
    await app.press('s');
    const before = await body();
    const flood = Array.from({ length: 60_000 }, (_, n) => ({
      time: stamp(60),
      text: `line ${n}`,
    }));
    streams[0]?.sink.lines(flood);
    await app.wait(500);
    expect(await body()).toEqual(before);
    expect(await app.line('Logs(')).toContain('older dropped');
  });

  it('filters over the whole buffer as one types, and never leaves the screen half empty', async () => {
    write(0, 300);
    await app.wait(500);
    await app.press('s', '/', 'error');
    expect(await app.line('Logs(')).toContain('[30/300]');
    const lines = await body();
    expect(lines.every((line) => line.includes('ERROR'))).toBe(true);
    expect(lines.length).toBeGreaterThan(15);
  });

  it('says what is wrong with a pattern and keeps what it showed', async () => {
    write(0, 20);
    await app.wait(500);
    await app.press('/', '(');
    expect(await app.screen()).toMatch(/not a regular expression|Unterminated group/);
    expect(await app.line('line 19 ok')).toBeDefined();
  });

  it('keeps a stack trace together where one of its lines matches, and hides it with one', async () => {
    const trace = [
      'ERROR line 1 failed',
      'shop.ClosedException: line 2',
      '\tat line 3 of Cart',
      'INFO line 4',
    ];
    const lines = trace.map((text, n) => ({ time: stamp(n), text }));
    for (const line of lines) {
      streams[0]?.sink.lines([line]);
      streams[1]?.sink.lines([{ ...line, text: `INFO line of another: ${line.time}` }]);
    }
    await app.wait(500);
    await app.press('/', 'cart', 'enter');
    expect(await app.line('Logs(')).toContain('[3/8]');
    expect((await body()).join('\n')).toMatch(/ERROR line 1.*\n.*line 2 .*\n.*at line 3/);
    await app.press('esc', '/', '!cart', 'enter');
    expect(await app.line('Logs(')).toContain('[5/8]');
  });

  it('tells below what does not fit the screen how much was written when, and hides that with b', async () => {
    write(0, 10);
    await app.wait(500);
    const bars = async (): Promise<string | undefined> => app.line('per 1s');
    expect(await bars()).toBeUndefined();
    write(10, 500);
    await app.wait(500);
    expect(await bars()).toMatch(/00:00 ████\[█\] .*00:05 {2}per 1s {2}✗ 50 {2}! 0/);
    await app.press('g');
    expect(await bars()).toMatch(/00:00 \[█\]████ .*00:05/);
    const lines = await body();
    await app.press('b');
    expect(await bars()).toBeUndefined();
    expect(await body()).toHaveLength(lines.length + 1);
  });

  it('makes a field a column that is chosen with F, and takes it away', async () => {
    for (const status of [200, 503]) {
      const text = JSON.stringify({ level: 'info', msg: 'line 1', ms: 4, status });
      streams[0]?.sink.lines([{ time: stamp(1), text }]);
    }
    await app.wait(500);
    await app.press('F');
    expect(await app.screen()).toMatch(/Columns[^]*ms +4[^]*status +503/);
    await app.press('down', 'enter');
    expect(await app.line('Logs(')).toContain('│ status');
    expect((await body()).at(-1)).toContain('INFO  503 line 1 ms=4');
    await app.press('F');
    expect(await app.screen()).toContain('✓ status');
    await app.press('enter');
    expect((await body()).at(-1)).toContain('INFO  line 1 ms=4 status=503');
  });

  it('shows only problems, with lines around them on demand, and esc shows all again', async () => {
    write(0, 100);
    await app.wait(500);
    await app.press('!');
    expect(await body()).toHaveLength(10);
    await app.press('x');
    expect((await body()).length).toBeGreaterThan(10);
    await app.press('esc');
    expect(await app.line('Logs(')).toContain('[100]');
    expect((await body()).at(-1)).toContain('line 99 ok');
  });

  it('filters by level and by what structured lines say, as help tells', async () => {
    write(0, 20);
    for (const status of [200, 502]) {
      const text = `{"level":"info","msg":"line ${status}","status":${status}}`;
      streams[0]?.sink.lines([{ time: stamp(30), text }]);
    }
    await app.wait(500);
    await app.press('/', 'level:error', 'enter');
    expect(await app.line('Logs(')).toContain('[2/22]');
    await app.press('esc', '/', 'status:>=500', 'enter');
    expect(await app.line('Logs(')).toContain('[1/22]');
    expect((await body())[0]).toContain('line 502');
    await app.press('?', 'G');
    expect(await app.screen()).toContain('level:>=warn for that and worse');
  });

  it('goes from error to error, a trace being one, and says where there is none', async () => {
    write(0, 60);
    streams[0]?.sink.lines([
      { time: stamp(60), text: 'line.60 is not a function' },
      { time: stamp(60), text: '    at pay (/app/cart.js:1:2)' },
      { time: stamp(61), text: 'ERROR line 61 failed' },
      { time: stamp(62), text: '\tat line.62(Cart.java:1)' },
    ]);
    await app.wait(500);
    const found = async (): Promise<string | undefined> => app.line('▸');
    await app.press('E');
    expect(await found()).toContain('line 61');
    await app.press('E');
    expect(await found()).toContain('line.60');
    await app.press('E', 'E');
    expect(await found()).toContain('line 40');
    expect((await body())[0]).toContain('line 40');
    await app.press('e', 'e', 'e');
    expect(await found()).toContain('line 61');
    await app.press('e');
    expect(await app.screen()).toContain('no error below');
    await app.press('/', '!ERROR|at', 'enter', 'e');
    expect(await app.screen()).toContain('no error and no warning here');
    streams[0]?.sink.lines([{ time: stamp(70), text: 'WARN line 70' }]);
    await app.wait(500);
    await app.press('e');
    expect(await found()).toContain('line 70');
    expect(await app.screen()).toContain('no error here: a warning');
  });

  it('does not say that there is no error before a line has come', async () => {
    await app.press('e');
    expect(await app.screen()).toContain('no line has come yet');
  });

  it('goes back to the last error from the end, where logs open', async () => {
    write(0, 41);
    for (let i = 41; i < 90; i++)
      streams[0]?.sink.lines([{ time: stamp(i), text: `line ${i} is fine` }]);
    await app.wait(500);
    await app.press('e');
    expect(await app.line('▸')).toContain('line 40');
    expect(await app.screen()).toContain('no error below: the nearest');
    // From there on the way is one.
    await app.press('e');
    expect(await app.line('▸')).toContain('line 40');
    expect(await app.screen()).not.toContain('the nearest');
  });

  it('tells above the lines what only some pods write, as it comes', async () => {
    await app.press('esc', 'space', 'down', 'space', '=');
    const opened = streams.slice(-4);
    const [first, , second] = opened;
    for (const { sink } of opened) sink.lines([{ time: stamp(1), text: 'paid 17' }]);
    first?.sink.lines([{ time: stamp(2), text: 'ERROR line 4711 refused' }]);
    second?.sink.lines([{ time: stamp(3), text: 'retry 1' }]);
    await app.wait(500);
    expect(await app.line('What only some of')).toBeDefined();
    expect(await app.line('ERROR line ‹› refused')).toMatch(/✗ +1× only/);
    expect(await app.line('retry ‹›')).toMatch(/1× only/);
    expect(await app.line('paid ‹›')).toBeUndefined();
    for (const { sink } of opened) sink.lines([{ time: stamp(4), text: 'retry 2' }]);
    await app.wait(500);
    expect(await app.line('retry ‹›')).toBeUndefined();
    await app.press('=');
    expect(await app.line('What only some of')).toBeUndefined();
  });

  it('asks the server anew for another span of time', async () => {
    write(0, 10);
    await app.wait(500);
    await app.press('3');
    expect(streams.at(-1)?.options.sinceSeconds).toBe(300);
    expect(await app.line('Logs(')).toContain('since 5m');
  });

  it('takes the spans of time on the keys that k9s has them on', async () => {
    const asked = async (key: string): Promise<number | null> => {
      await app.press(key);
      return streams.at(-1)?.options.sinceSeconds ?? null;
    };
    const spans = [];
    for (const key of ['0', '1', '2', '3', '4', '5', '6']) spans.push(await asked(key));
    expect(spans).toEqual([null, null, 60, 180 + 120, 900, 1800, 3600]);
    await app.press('0');
    expect(streams.at(-1)?.options.tailLines).toBeGreaterThan(0);
    await app.press('1');
    expect(streams.at(-1)?.options.tailLines).toBeNull();
  });

  it('says in the title that lines around matches are shown', async () => {
    write(0, 100);
    await app.wait(500);
    await app.press('!', 'x');
    expect(await app.line('Logs(')).toContain('±2 lines');
    await app.press('esc');
    expect(await app.line('Logs(')).not.toContain('±2');
    await app.press('x');
    expect(await app.screen()).toContain('lines around matches show once / or ! filters');
  });

  it('gives up a pattern that would never end, keeps the one before, and goes on', async () => {
    write(0, 20);
    streams[0]?.sink.lines([{ time: stamp(30), text: `line 30 ${'a'.repeat(60)}b` }]);
    await app.wait(500);
    await app.press('/', '(a+)+$', 'enter');
    expect(await app.screen()).toContain('takes too long');
    await app.press('esc');
    expect(await app.line('Logs(')).toContain('[21]');
    write(31, 40);
    await app.wait(500);
    expect((await body()).at(-1)).toContain('line 39');
  });

  it('shows all, and says so, when a line comes on which the pattern never ends', async () => {
    write(0, 20);
    await app.wait(500);
    await app.press('/', '(o+)+k$', 'enter');
    expect(await app.line('Logs(')).toContain('[18/20]');
    streams[0]?.sink.lines([{ time: stamp(30), text: `line 30 ${'o'.repeat(60)}p` }]);
    await app.wait(500);
    expect(await app.line('Logs(')).toContain('takes too long');
    expect((await body()).at(-1)).toContain('line 30');
  });

  it('scrolls through a wrapped line by rows', async () => {
    const long = Array.from({ length: 400 }, (_, i) => `line ${i};`.padEnd(20)).join('');
    streams[0]?.sink.lines([{ time: stamp(1), text: long }]);
    await app.wait(500);
    await app.press('w');
    expect((await body()).at(-1)).toContain('line 399');
    await app.press('k', 'k');
    expect((await body()).at(-1)).not.toContain('line 399');
    await app.press('g');
    expect((await body())[0]).toContain('line 0;');
    await app.press('j');
    expect((await body())[0]).not.toContain('line 0;');
    await app.press('G');
    expect((await body()).at(-1)).toContain('line 399');
  });

  it('takes structured lines apart, marks what was looked for, and shows and saves them raw', async () => {
    const text = '{"level":"error","msg":"line 1 failed","status":503}';
    streams[0]?.sink.lines([{ time: stamp(1), text }]);
    await app.wait(500);
    expect((await body())[0]).toMatch(/ERROR line 1 failed status=503/);
    await app.press('/', '"status":503', 'enter');
    expect((await body())[0]).toMatch(/ERROR line 1 failed status=503/);
    await app.press('r');
    expect((await body())[0]).toContain(text);
  });

  it('keeps escape sequences of a line away from the terminal, but for its colours', async () => {
    streams[0]?.sink.lines([
      { time: stamp(1), text: 'line 1 \x1b]0;owned\x07\x1b[2Jstill \x1b[31mred\x1b[0m' },
    ]);
    await app.wait(500);
    expect(await app.line('line 1')).toContain('line 1 still red');
  });

  it('shows all runs with H, each behind a line that tells which it is, and back', async () => {
    streams = [];
    await app.press('H');
    expect(streams.every(({ options }) => options.sinceSeconds === null)).toBe(true);
    streams[0]?.sink.lines([{ time: stamp(1), text: 'INFO line 1 ok' }]);
    streams[1]?.sink.lines([{ time: stamp(2), text: 'INFO line 2 ok' }]);
    await app.wait(500);
    expect(await app.line('Logs(')).toContain('all runs');
    expect(await app.screen()).toMatch(/── \S+, running ──[^]*line 1 ok[^]*── .* running ──/);
    await app.press('H');
    expect(await app.line('Logs(')).toContain('last lines');
  });

  it('says of the previous containers that nothing restarted, not that nothing runs', async () => {
    await app.press('p');
    await app.wait(500);
    expect(await app.screen()).toContain('no container has restarted: there is no log before this');
    expect(await app.screen()).not.toContain('started yet');
  });
});
