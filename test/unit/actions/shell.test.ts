import { describe, expect, it } from 'vitest';
import { container, podRow } from '../../support/rows.ts';
import { at, settle } from './bench.ts';
import { Desk } from './desk.ts';

const app = container({ name: 'app', state: 'running' });
const api = podRow({ name: 'api-1', namespace: 'shop', containers: [app] });

describe('a shell', () => {
  it('gets the terminal as it is, and gives it back when it ends', async () => {
    const desk = new Desk();
    await desk.open('shell', api);
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
    await desk.open('shell', api);
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
      await desk.open('shell', api);
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
    expect(at(await desk.open('shell', several), 'form').lines).toHaveLength(1);
    const guarded = desk.bench.runner({ isProtected: () => true });
    expect(at(await desk.open('shell', api, { runner: guarded }), 'confirm').typeName).toBe(
      'api-1',
    );
    const ended = podRow({ name: 'job-1', namespace: 'shop', containers: [] });
    expect(at(await desk.open('shell', ended), 'refused').reason).toBe(
      'no container of job-1 runs',
    );
  });

  it('of a container asks for none, and is refused where that one does not run', async () => {
    const desk = new Desk();
    const side = container({ name: 'side', state: 'running' });
    const broken = container({ name: 'broken', state: 'waiting' });
    const pod = podRow({ name: 'api-2', namespace: 'shop', containers: [app, side, broken] });
    await desk.open('shell', pod, { part: 'side' });
    expect(desk.joined.map((options) => options.container)).toEqual(['side']);
    // The pod is what is written down: it can be found again.
    expect(desk.bench.audit[0]?.targets).toEqual(['pods shop/api-2']);
    expect(at(await desk.open('shell', pod, { part: 'broken' }), 'refused').reason).toBe(
      'container broken does not run',
    );
  });

  it('leaves what was done before to be taken back', async () => {
    const desk = new Desk();
    const runner = desk.bench.runner();
    await desk.open('shell', api, { runner });
    desk.sink?.end({ code: 0, reason: '' });
    await settle();
    expect(runner.undo()).toBe('there is nothing to take back');
  });
});
