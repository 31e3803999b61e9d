import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { findCommand } from '../../../../src/sources/local/command-path.ts';

const folder = mkdtempSync(join(tmpdir(), 'path-'));
afterAll(() => rmSync(folder, { recursive: true }));
const plugin = join(folder, 'plugin');
writeFileSync(plugin, '#!/bin/sh\n');
chmodSync(plugin, 0o755);
writeFileSync(join(folder, 'text'), '');
mkdirSync(join(folder, 'folder'));

it('is the first program of that name on PATH', () => {
  expect(findCommand('plugin', `/nowhere:${folder}`)).toEqual({ path: plugin });
});

it.each(['text', 'folder', 'none'])('is no file that cannot be run: %s', (name) => {
  expect(findCommand(name, folder)).toBeNull();
});

it('is not looked for where it is a path', () => {
  expect(findCommand('/opt/plugin', '')).toEqual({ path: '/opt/plugin' });
});

it('through a relative entry is told apart, also before an absolute one', () => {
  const entry = relative(process.cwd(), folder);
  expect(findCommand('plugin', `${entry}:${folder}`)).toEqual({ relative: entry });
  expect(findCommand('plugin', `${folder}:${entry}`)).toEqual({ path: plugin });
});

it.each(['', '.', './'])('the entry "%s" is the working folder', (entry) => {
  const before = process.cwd();
  process.chdir(folder);
  try {
    expect(findCommand('plugin', `${entry}:/usr/bin`)).toEqual({ relative: entry });
  } finally {
    process.chdir(before);
  }
});
