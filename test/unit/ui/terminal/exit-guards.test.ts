import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import { installExitGuards } from '../../../../src/ui/terminal/exit-guards.ts';
import { setUp, SHELLS, state } from './fakes.ts';
import type { Setup } from './fakes.ts';

class FakeProcess extends EventEmitter {
  readonly codes: number[] = [];
  exit(code: number): void {
    this.codes.push(code);
  }
}

function guarded(): Setup & { target: FakeProcess; told: unknown[]; remove: () => void } {
  const setup = setUp();
  const target = new FakeProcess();
  const told: unknown[] = [];
  const hooks = {
    onFatal: (error: unknown) => {
      told.push(error);
    },
    onEnd: (reason: string) => {
      told.push(reason);
    },
  };
  const remove = installExitGuards(setup.terminal, hooks, [setup.stdin, setup.stdout], target);
  return { ...setup, target, told, remove };
}

function coded(code: string): Error {
  return Object.assign(new Error(code), { code });
}

describe('the terminal is restored, and then main is told', () => {
  const bug = new Error('bug');
  test.each<
    [name: string, raise: (setup: ReturnType<typeof guarded>) => void, code: number, told: unknown]
  >([
    ['SIGTERM', ({ target }) => target.emit('SIGTERM'), 143, 'SIGTERM'],
    ['SIGHUP', ({ target }) => target.emit('SIGHUP'), 129, 'SIGHUP'],
    ['SIGINT', ({ target }) => target.emit('SIGINT'), 130, 'SIGINT'],
    ['a bug', ({ target }) => target.emit('uncaughtException', bug), 1, bug],
    ['a rejection', ({ target }) => target.emit('unhandledRejection', bug), 1, bug],
    ['a terminal that is gone', ({ stdout }) => stdout.emit('error', coded('EIO')), 129, 'lost'],
    ['a closed pipe', ({ stdout }) => stdout.emit('error', coded('EPIPE')), 129, 'lost'],
    ['no more input', ({ stdin }) => stdin.emit('end'), 129, 'lost'],
    [
      'a lost terminal that surfaces elsewhere',
      ({ target }) => target.emit('uncaughtException', coded('EIO')),
      129,
      'lost',
    ],
  ])('%s', async (_, raise, code, told) => {
    const setup = guarded();
    raise(setup);
    expect(await state(setup)).toEqual(SHELLS);
    expect(setup.told).toEqual([told]);
    expect(setup.target.codes).toEqual([code]);
    setup.target.emit('SIGTERM');
    expect(setup.target.codes).toEqual([code]);
  });
});

test('an error that was told on the screen ends nothing; one that cannot be told does', async () => {
  const setup = setUp();
  const target = new FakeProcess();
  const fatal: unknown[] = [];
  let tells = true;
  installExitGuards(
    setup.terminal,
    { onError: () => tells, onFatal: (error) => fatal.push(error) },
    [setup.stdin, setup.stdout],
    target,
  );
  const before = await state(setup);
  target.emit('uncaughtException', new Error('a pane'));
  target.emit('unhandledRejection', new Error('a promise'));
  expect([target.codes, fatal, await state(setup)]).toEqual([[], [], before]);
  target.emit('uncaughtException', coded('EIO'));
  expect(target.codes).toEqual([129]);
  const other = new FakeProcess();
  const again = setUp();
  installExitGuards(
    again.terminal,
    { onError: () => tells, onFatal: (error) => fatal.push(error) },
    [],
    other,
  );
  tells = false;
  other.emit('uncaughtException', new Error('too many'));
  expect([other.codes, fatal.length, await state(again)]).toEqual([[1], 1, SHELLS]);
});

test('a plain exit restores without a word', async () => {
  const setup = guarded();
  setup.target.emit('exit');
  expect(await state(setup)).toEqual(SHELLS);
  expect(setup.told).toEqual([]);
});

test('ctrl-c while a child has the terminal is for the child', async () => {
  const { terminal, target } = guarded();
  await terminal.handOver(() => {
    target.emit('SIGINT');
    return Promise.resolve();
  });
  expect(target.codes).toEqual([]);
});

test('removed guards do nothing', () => {
  const { target, stdout, remove } = guarded();
  remove();
  stdout.emit('error', coded('EIO'));
  expect(target.eventNames()).toEqual([]);
  expect(target.codes).toEqual([]);
});
