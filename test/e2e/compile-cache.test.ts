/** The launcher keeps compiled code where nobody but us can put any, or nowhere. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { giveAway, tempFolder } from '../support/temp-folder.ts';

const EKSCOPE = fileURLToPath(new URL('../../bin/ekscope.js', import.meta.url));

/** Starts the program, which must work whatever stands in the way of its cache. */
function start(folder: string, env: NodeJS.ProcessEnv): void {
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary);
  const said = execFileSync(process.execPath, [EKSCOPE, '--version'], {
    env: { PATH: process.env['PATH'], HOME: folder, TMPDIR: temporary, ...env },
    encoding: 'utf8',
  });
  expect(said).toMatch(/^\d+\.\d+\.\d+\n$/);
  // Node's own choice, where everybody can write.
  expect(readdirSync(temporary)).toEqual([]);
}

const files = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' });

it('in the cache folder of the user, closed to others', () => {
  const home = tempFolder();
  start(home, {});
  const cache = join(home, '.cache', 'ekscope', 'compiled');
  expect(files(cache).length).toBeGreaterThan(1);
  expect(statSync(cache).mode & 0o777).toBe(0o700);
  expect(statSync(join(home, '.cache', 'ekscope')).mode & 0o777).toBe(0o700);
});

it('in XDG_CACHE_HOME where that is set, not where it is relative', () => {
  const home = tempFolder();
  start(home, { XDG_CACHE_HOME: join(home, 'cache') });
  expect(files(join(home, 'cache')).length).toBeGreaterThan(2);
  const other = tempFolder();
  start(other, { XDG_CACHE_HOME: 'cache' });
  expect(readdirSync(other).sort()).toEqual(['.cache', 'tmp']);
});

it('not in a folder that others can write', () => {
  const home = tempFolder();
  const cache = join(home, '.cache', 'ekscope', 'compiled');
  mkdirSync(cache, { recursive: true });
  chmodSync(cache, 0o777);
  start(home, {});
  expect(files(cache)).toEqual([]);
});

it('not where somebody else was first', () => {
  const home = tempFolder();
  // Everybody may make names here, as in the folder for temporary files.
  const shared = join(home, 'shared');
  const theirs = join(shared, 'ekscope');
  mkdirSync(theirs, { recursive: true });
  chmodSync(home, 0o755);
  chmodSync(shared, 0o1777);
  giveAway(theirs);
  // Unless we are root, a folder of ours that everybody can write must do for a foreign one.
  if (process.geteuid?.() !== 0) chmodSync(theirs, 0o777);
  start(home, { XDG_CACHE_HOME: shared });
  expect(files(theirs)).toEqual([]);
});

it('not through a file or a link that leads nowhere', () => {
  for (const plant of [
    (path: string) => writeFileSync(path, ''),
    (path: string) => symlinkSync(path, path),
  ]) {
    const home = tempFolder();
    mkdirSync(join(home, '.cache'));
    plant(join(home, '.cache', 'ekscope'));
    start(home, {});
  }
});
