import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import process from 'node:process';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { localPrograms } from '../../../../src/sources/local/index.ts';

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'programs-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function setUp(PATH = folder) {
  const log: string[] = [];
  const local = localPrograms({
    env: { PATH, OURS: '1' },
    handOver: async (run) => {
      log.push('lent');
      try {
        return await run();
      } finally {
        log.push('back');
      }
    },
  });
  return { local, log };
}

/** A program that runs this script. */
function program(name: string, script: string): void {
  writeFileSync(join(folder, name), `#!${process.execPath}\n${script}`, { mode: 0o755 });
}

describe('a program with our terminal', () => {
  test('has its arguments and variables, and says how it ended', async () => {
    program(
      'edit',
      `process.exit(process.argv[2] === 'a b' && process.env.OURS + process.env.ITS === '12' ? 7 : 1)`,
    );
    const { local, log } = setUp();
    expect(await local.run('edit', ['a b'], { ITS: '2' })).toEqual({ code: 7, signal: '' });
    expect(log).toEqual(['lent', 'back']);
  });

  test('ended by a signal, says which', async () => {
    program('edit', `process.kill(process.pid, 'SIGKILL')`);
    expect(await setUp().local.run('edit', [])).toEqual({ code: null, signal: 'SIGKILL' });
  });

  test('is heard where it complains', async () => {
    program('edit', `process.stderr.write('not connected\\n'); process.exitCode = 3`);
    let said = '';
    const hear = (text: string): void => {
      said += text;
    };
    expect(await setUp().local.run('edit', [], {}, hear)).toEqual({ code: 3, signal: '' });
    expect(said).toBe('not connected\n');
  });

  test('that is not installed takes no terminal', async () => {
    const { local, log } = setUp();
    await expect(local.run('edit', [])).rejects.toThrow('edit is not installed (not on PATH)');
    expect(log).toEqual([]);
  });

  test('that cannot be started gives the terminal back', async () => {
    writeFileSync(join(folder, 'edit'), '#!/nowhere/interpreter\n', { mode: 0o755 });
    const { local, log } = setUp();
    await expect(local.run('edit', [])).rejects.toThrow('edit cannot be started (ENOENT)');
    expect(log).toEqual(['lent', 'back']);
  });

  test('that the working folder would give is not run', async () => {
    program('edit', '');
    const { local } = setUp(relative(process.cwd(), folder));
    await expect(local.run('edit', [])).rejects.toThrow('finds it in the working folder');
    expect(() => local.find('edit')).toThrow('finds it in the working folder');
  });
});
