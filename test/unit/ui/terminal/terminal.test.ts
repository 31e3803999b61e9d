import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { OURS, setUp, SHELLS, state } from './fakes.ts';

test('open takes the terminal, restore gives it back, once', async () => {
  const setup = setUp();
  expect(await state(setup)).toEqual(OURS);
  expect((await setup.stdout.vt.text())[0]).toBe('hello');
  setup.terminal.restore();
  expect(await state(setup)).toEqual(SHELLS);
  const written = setup.stdout.vt.writes.length;
  setup.terminal.restore();
  setup.terminal.screen.setBase(['late']);
  setup.terminal.screen.present();
  expect(setup.stdout.vt.writes).toHaveLength(written);
  expect(setup.jobs.eventNames()).toEqual([]);
});

test('restore stops reading, so that the process can end', () => {
  const { terminal, stdin } = setUp();
  let reading = true;
  stdin.pause = () => {
    reading = false;
  };
  terminal.restore();
  expect(reading).toBe(false);
});

test('restore ends a sequence that was cut short', async () => {
  const setup = setUp();
  setup.stdout.write('\x1b[38;5;1');
  setup.terminal.restore();
  expect(await state(setup)).toEqual(SHELLS);
});

test('restore does not throw when the terminal is gone', () => {
  const { terminal, stdin, stdout } = setUp();
  stdin.setRawMode = () => {
    throw new Error('setRawMode EIO');
  };
  stdout.write = () => {
    throw new Error('write EIO');
  };
  expect(() => terminal.restore()).not.toThrow();
});

describe('keys', () => {
  test('arrive decoded, one at a time', () => {
    const { terminal, stdin } = setUp();
    const keys: string[] = [];
    const stop = terminal.onKey(({ chord }) => keys.push(chord));
    stdin.type('jk\x1b[A\r');
    stop();
    stdin.type('x');
    expect(keys).toEqual(['j', 'k', 'up', 'enter']);
  });

  test('a lone ESC is a key after a while, and at once when something else follows', () => {
    const { terminal, stdin, jobs } = setUp();
    const keys: string[] = [];
    terminal.onKey(({ chord }) => keys.push(chord));
    stdin.type('\x1b');
    expect(keys).toEqual([]);
    jobs.elapse();
    expect(keys).toEqual(['esc']);
    stdin.type('\x1b');
    stdin.type('[A');
    expect(keys).toEqual(['esc', 'up']);
    expect(jobs.timers).toEqual([]);
  });
});

test('resizes of one turn become one, with the newest size, and draw everything again', async () => {
  const { terminal, stdout } = setUp();
  const sizes: string[] = [];
  terminal.onResize(({ columns, rows }) => {
    sizes.push(`${columns}x${rows}`);
    terminal.screen.setBase(['resized']);
  });
  stdout.resize(50, 12);
  stdout.resize(30, 8);
  stdout.resize(60, 20);
  await turn();
  await turn();
  expect(sizes).toEqual(['60x20']);
  expect(terminal.size).toEqual({ columns: 60, rows: 20 });
  expect((await stdout.vt.text())[0]).toBe('resized');
});

describe('suspend', () => {
  test('gives the terminal back, stops the process group, and paints anew when continued', async () => {
    const setup = setUp();
    const { terminal, stdin, jobs, stdout } = setup;
    const suspended = terminal.suspend();
    await turn();
    expect(await state(setup)).toEqual(SHELLS);
    expect(stdin.flowing).toBe(false);
    expect(jobs.signals).toEqual([[0, 'SIGTSTP']]);
    expect(jobs.listenerCount('SIGTSTP')).toBe(0);
    stdout.vt.take();
    jobs.elapse();
    await suspended;
    await turn();
    expect(await state(setup)).toEqual(OURS);
    expect(stdout.vt.take()).toContain('hello');
    expect(jobs.listenerCount('SIGTSTP')).toBe(1);
  });

  test('a stop signal from outside does the same', async () => {
    const setup = setUp();
    setup.jobs.emit('SIGTSTP');
    await turn();
    expect(await state(setup)).toEqual(SHELLS);
    expect(setup.jobs.signals).toEqual([[0, 'SIGTSTP']]);
  });

  test('continued after a stop that could not be noticed: the modes are set again', async () => {
    const setup = setUp();
    setup.stdin.raw = false;
    setup.stdout.write('\x1b[?1049l\x1b[?25h');
    setup.jobs.emit('SIGCONT');
    await turn();
    expect(await state(setup)).toEqual(OURS);
    expect((await setup.stdout.vt.text())[0]).toBe('hello');
  });
});

describe('hand-over', () => {
  test('what a second session prints stands below what the first one left', async () => {
    const { terminal, stdout } = setUp();
    await terminal.lend((lent) => {
      lent.write('first\r\nhalf a line');
      return Promise.resolve();
    });
    const shown = await terminal.lend((lent) => {
      lent.write('second');
      return stdout.vt.text();
    });
    expect(shown.slice(0, 3).map((line) => line.trimEnd())).toEqual([
      'first',
      'half a line',
      'second',
    ]);
  });

  test('a child has the terminal as a shell would, then everything is painted anew', async () => {
    const setup = setUp();
    const { terminal, stdout, stdin, jobs } = setup;
    const keys: string[] = [];
    terminal.onKey(({ chord }) => keys.push(chord));
    const result = await terminal.handOver(async () => {
      expect(await state(setup)).toEqual(SHELLS);
      expect(terminal.isHandedOver).toBe(true);
      // Stopped from the keyboard, all of us stop, and the shell has its prompt.
      expect(jobs.listenerCount('SIGTSTP')).toBe(0);
      stdin.type('for the child');
      terminal.screen.setBase(['newer']);
      jobs.emit('SIGCONT');
      await turn();
      expect(stdout.vt.writes.join('')).not.toContain('newer');
      return 7;
    });
    await turn();
    expect(result).toBe(7);
    expect(jobs.listenerCount('SIGTSTP')).toBe(1);
    expect(keys).toEqual([]);
    expect(await state(setup)).toEqual(OURS);
    expect((await stdout.vt.text())[0]).toBe('newer');
  });

  test('a child that fails brings the screen back too', async () => {
    const setup = setUp();
    await expect(
      setup.terminal.handOver(() => Promise.reject(new Error('no editor'))),
    ).rejects.toThrow('no editor');
    expect(await state(setup)).toEqual(OURS);
  });

  test('restored meanwhile, the terminal stays with the shell', async () => {
    const setup = setUp();
    await setup.terminal.handOver(() => {
      setup.terminal.restore();
      return Promise.resolve();
    });
    expect(await state(setup)).toEqual(SHELLS);
  });

  test('there is one at a time', async () => {
    const { terminal } = setUp();
    await terminal.handOver(async () => {
      await expect(terminal.handOver(() => Promise.resolve())).rejects.toThrow('in use');
    });
  });
});

test('a title does nothing but name the window, whatever is in it', () => {
  const { terminal, stdout } = setUp();
  stdout.vt.take();
  terminal.setTitle('prod\x07\x1b]52;c;ZXZpbA==\x07\x1b[2J\u202e');
  expect(stdout.vt.take()).toBe('\x1b[22;0t\x1b]2;prod␇\x07');
});

test('the title is kept, set, and brought back', () => {
  const { terminal, stdout } = setUp();
  terminal.setTitle('ekscope');
  terminal.setTitle('ekscope · prod');
  terminal.restore();
  const written = stdout.vt.take();
  expect(written.match(/\x1b\[22;0t/g)).toHaveLength(1);
  expect(written).toContain('\x1b]2;ekscope · prod\x07');
  expect(written.endsWith('\x1b[23;0t')).toBe(true);
});

describe('copy', () => {
  const encoded = Buffer.from('näme').toString('base64');
  test('sends OSC 52', () => {
    const { terminal, stdout } = setUp();
    expect(terminal.copy('näme')).toEqual({ copied: true, bytes: 5, via: 'terminal' });
    expect(stdout.vt.take()).toContain(`\x1b]52;c;${encoded}\x07`);
  });
  test('goes through tmux', () => {
    const { terminal, stdout } = setUp({ TMUX: 'socket,1,0' });
    expect(terminal.copy('näme')).toMatchObject({ copied: true, via: 'tmux' });
    expect(stdout.vt.take()).toContain(`\x1bPtmux;\x1b\x1b]52;c;${encoded}\x07\x1b\\`);
  });
  test.each([
    ['more than terminals take', {}, 'x'.repeat(80_000), /80000 bytes/],
    ['GNU screen', { STY: '1.pts' }, 'x', /screen/],
  ])('says why not: %s', (_, env, text, reason) => {
    const { terminal, stdout } = setUp(env);
    expect(terminal.copy(text)).toEqual({
      copied: false,
      reason: expect.stringMatching(reason) as string,
    });
    expect(stdout.vt.take()).not.toContain('\x1b]52');
  });
});
