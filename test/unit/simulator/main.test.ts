import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

it('a mistake is said in its own words: whoever started the region puts its name before them', () => {
  const program = fileURLToPath(new URL('../../../src/simulator/main.ts', import.meta.url));
  const { status, stderr } = spawnSync(process.execPath, [program, '--scenario', 'calm'], {
    encoding: 'utf8',
  });
  expect(status).toBe(2);
  expect(stderr).toMatch(/^unknown scenario "calm": one of .*\n$/);
});
