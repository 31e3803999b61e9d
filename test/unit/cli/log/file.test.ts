import { mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LogFile } from '../../../../src/cli/log/file.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ekscope-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

describe('the file of the log', () => {
  it('is ours alone, in a folder of ours, and goes on where it was', async () => {
    const path = join(folder, 'state', 'a.log');
    for (const line of ['one', 'two']) {
      const file = await LogFile.open(path);
      file.write(line);
      await file.close();
    }
    expect(read('state/a.log')).toBe('one\ntwo\n');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'state')).mode & 0o777).toBe(0o700);
  });

  it('is bounded: what was before is kept once', async () => {
    const file = await LogFile.open(join(folder, 'a.log'), 100);
    for (let i = 0; i < 40; i++) {
      file.write(`line ${i}`.padEnd(30));
      await file.idle();
    }
    await file.close();
    const kept = ['a.log.1', 'a.log'].flatMap((name) => read(name).trimEnd().split('\n'));
    for (const name of ['a.log', 'a.log.1']) expect(read(name).length).toBeLessThanOrEqual(100);
    expect(kept.map((line) => line.trim()).at(-1)).toBe('line 39');
  });

  it('counts what a slow disk could not take', async () => {
    const file = await LogFile.open(join(folder, 'a.log'));
    const long = 'x'.repeat(300_000);
    for (let i = 0; i < 10; i++) file.write(long);
    await file.idle();
    file.write('after');
    await file.close();
    const lines = read('a.log').trimEnd().split('\n');
    expect(lines.length).toBeLessThan(10);
    expect(lines.at(-2)).toMatch(/^\{"level":"warn","event":"lost","lines":\d+\}$/);
    expect(lines.at(-1)).toBe('after');
  });

  it('is complete at a sudden end', async () => {
    const file = await LogFile.open(join(folder, 'a.log'));
    file.write('first');
    file.write('last words');
    file.flushSync();
    await file.close();
    expect(read('a.log').split('\n').sort()).toEqual(['', 'first', 'last words']);
  });

  it('is not written through a link, and says so before anything else happens', async () => {
    writeFileSync(join(folder, 'other'), '');
    symlinkSync(join(folder, 'other'), join(folder, 'a.log'));
    await expect(LogFile.open(join(folder, 'a.log'))).rejects.toThrow(/symbolic link/);
  });
});
