import { describe, expect, it } from 'vitest';
import { container, podRow } from '../../support/rows.ts';
import { at, settle } from './bench.ts';
import { Desk } from './desk.ts';

const app = container({ name: 'app', state: 'running' });
const api = podRow({ name: 'api-1', namespace: 'shop', uid: 'u1', containers: [app] });

/** Attached to a container that is declared like that. */
async function attached(spec: object) {
  const desk = new Desk();
  desk.bench.onGet = () => ({
    metadata: { name: 'api-1', uid: 'u1' },
    spec: { containers: [{ name: 'app', ...spec }] },
  });
  await desk.open('attach', api);
  return desk;
}

describe('attaching', () => {
  it('to a terminal hands all keys over, and has its screen drawn', async () => {
    const desk = await attached({ stdin: true, tty: true });
    expect(desk.joined).toEqual([{ container: 'app', tty: true, stdin: true }]);
    expect(desk.sizes).toEqual([
      [81, 25],
      [80, 24],
    ]);
    expect(desk.seen).toContain('attach to shop/api-1 · app: what is typed goes to its process');
    desk.type('q\r\x03\x1d');
    expect(desk.got).toEqual(['q\r\x03\x1d']);
    desk.type('\x1d');
    await settle();
    expect([desk.stopped, desk.bench.last?.state]).toEqual([true, 'done']);
  });

  it('to a process that reads lines does what a terminal does for it', async () => {
    const desk = await attached({ stdin: true });
    expect(desk.joined).toEqual([{ container: 'app', tty: false, stdin: true }]);
    expect([desk.sizes, desk.seen]).toEqual([[], expect.stringContaining('ctrl-c leaves it')]);
    desk.type('one\r');
    expect(desk.got).toEqual(['one\n']);
    expect(desk.seen.endsWith('one\r\n')).toBe(true);
    desk.type('two\x04');
    expect(desk.got.slice(1)).toEqual(['two', 'end of input']);
    desk.type('\x03');
    await settle();
    expect(desk.stopped).toBe(true);
  });

  it('to one that reads nothing shows its output, and ctrl-c leaves it', async () => {
    const desk = await attached({});
    expect(desk.joined).toEqual([{ container: 'app', tty: false, stdin: false }]);
    expect(desk.seen).toContain('its process reads no input; ctrl-c leaves it');
    desk.sink?.stdout(Buffer.from('GET /\n'));
    desk.type('x');
    expect([desk.seen.endsWith('GET /\n'), desk.got]).toEqual([true, []]);
    desk.type('\x03');
    await settle();
    expect([desk.stopped, desk.bench.last?.state]).toEqual([true, 'done']);
  });

  it.each([
    [{ stdin: true, tty: true }, ' -it'],
    [{ stdin: true }, ' -i'],
    [{}, ''],
  ])('has the line of kubectl for a container that is declared as %o', async (spec, options) => {
    const desk = await attached(spec);
    expect(desk.bench.audit[0]?.commands).toEqual([
      `kubectl --context prod -n shop attach${options} api-1 -c app`,
    ]);
  });

  it('holds a process back that writes faster than the terminal takes it', async () => {
    const desk = await attached({});
    const takes: (() => void)[] = [];
    desk.takes = takes;
    for (let i = 0; i < 100; i++) desk.sink?.stdout(Buffer.alloc(1000, 'y'));
    expect(desk.flow).toEqual(['hold']);
    for (const take of takes) take();
    expect(desk.flow).toEqual(['hold', 'go']);
    desk.sink?.stderr(Buffer.from('y'));
    expect(desk.flow).toEqual(['hold', 'go']);
  });

  it('is not done to another pod of that name, and says where it was cut', async () => {
    const other = new Desk();
    other.bench.onGet = () => ({ metadata: { name: 'api-1', uid: 'u2' }, spec: {} });
    expect(at(await other.open('attach', api), 'refused').reason).toBe(
      'pod/api-1 is another one by now',
    );
    const desk = await attached({});
    desk.sink?.end({ code: null, reason: 'the connection was lost' });
    await settle();
    expect(desk.bench.last?.text).toContain('the connection was lost');
    const ended = podRow({ name: 'job-1', namespace: 'shop', containers: [] });
    expect(at(await desk.open('attach', ended), 'refused').reason).toBe(
      'no container of job-1 runs',
    );
  });
});
