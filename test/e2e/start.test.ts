/** A start loads nothing of Node that the program does not use: every start would pay for it. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const EKSCOPE = fileURLToPath(new URL('../../bin/ekscope.js', import.meta.url));
const TELL = "process.on('exit', () => process._rawDebug(process.moduleLoadList.join('\\n')));";

it('loads neither undici nor workers', () => {
  const preload = `data:text/javascript,${encodeURIComponent(TELL)}`;
  const args = ['--import', preload, EKSCOPE, '--version'];
  const { stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  const loaded = stderr.split('\n').map((line) => line.replace('NativeModule ', ''));
  expect(loaded).toContain('https');
  expect(loaded.filter((name) => /undici|^worker_threads$/.test(name))).toEqual([]);
});
