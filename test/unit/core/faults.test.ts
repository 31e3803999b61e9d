import { describe, expect, it } from 'vitest';
import { apart, tellAll } from '../../../src/core/apart.ts';
import { Faults, faultText } from '../../../src/core/faults.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

describe('errors that nobody caught', () => {
  it('are told while somebody listens; else the program must end', () => {
    const faults = new Faults(new VirtualClock());
    const told: string[] = [];
    expect(faults.take(new RangeError('Invalid time value'))).toBe(false);
    const stop = faults.listen((text) => told.push(text));
    expect(faults.take(new RangeError('Invalid time value'))).toBe(true);
    expect(told).toEqual(['RangeError: Invalid time value']);
    stop();
    expect(faults.take(new Error('x'))).toBe(false);
  });

  it('are not told again and again, and end the program where they come without end', () => {
    const clock = new VirtualClock();
    const faults = new Faults(clock);
    let told = 0;
    faults.listen(() => told++);
    let taken = 0;
    while (faults.take(new Error('again'))) taken++;
    expect([told, taken]).toEqual([1, 1000]);
    clock.advance(20_000);
    expect(faults.take(new Error('again'))).toBe(true);
    expect(told).toBe(2);
  });

  it('end the program where telling fails too', () => {
    const faults = new Faults(new VirtualClock());
    faults.listen(() => {
      throw new Error('no screen');
    });
    expect(faults.take(new Error('x'))).toBe(false);
  });

  it.each([
    [new TypeError('a\nb\x1b[2J'), 'TypeError: a b'],
    ['words', 'words'],
    [null, 'an error without words'],
    [undefined, 'an error without words'],
    [Object.create(null), 'an error without words'],
    [new Error('x'.repeat(1_000_000)), `Error: ${'x'.repeat(493)}`],
  ])('%o in words', (error: unknown, text) => {
    expect(faultText(error)).toBe(text);
  });
});

describe('listeners', () => {
  it('are told whatever the others throw, and what is thrown arrives in a turn of its own', async () => {
    const uncaught = new Promise((resolve) => {
      // The test runner's own listeners stand back meanwhile.
      const others = process.listeners('uncaughtException');
      process.removeAllListeners('uncaughtException');
      process.once('uncaughtException', (error) => {
        for (const other of others) process.on('uncaughtException', other);
        resolve(error);
      });
    });
    const told: string[] = [];
    const error = new Error('first');
    tellAll([
      () => {
        throw error;
      },
      () => told.push('second'),
    ]);
    expect(told).toEqual(['second']);
    expect(await uncaught).toBe(error);
  });

  it('that work throw nothing', () => {
    let done = false;
    apart(() => (done = true));
    expect(done).toBe(true);
  });
});
