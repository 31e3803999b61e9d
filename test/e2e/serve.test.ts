/** `demo --serve`: only the servers, for other programs. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const EKSCOPE = fileURLToPath(new URL('../../bin/ekscope.js', import.meta.url));

function serve(...args: readonly string[]) {
  return spawn(process.execPath, [EKSCOPE, 'demo', '--serve', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

it('prints what a shell can take over, and leaves nothing when it is told to end', async () => {
  const child = serve('--pods', '50');
  const names: string[] = [];
  let kubeconfig = '';
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === '# ready') break;
    const [, name = '', value = ''] = /^export (\w+)='(.*)'$/.exec(line) ?? [];
    names.push(name);
    if (name === 'KUBECONFIG') kubeconfig = value;
  }
  expect(names).toEqual(
    expect.arrayContaining(['KUBECONFIG', 'AWS_ENDPOINT_URL', 'AWS_CA_BUNDLE', 'AWS_REGION']),
  );
  expect(existsSync(kubeconfig)).toBe(true);
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
  expect(existsSync(kubeconfig)).toBe(false);
});

it('says once what is wrong with how it was asked', async () => {
  const child = serve('--scenario', 'stedy');
  const [said] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  expect(said).toBe(
    'ekscope: unknown scenario "stedy": one of steady, still, crashloop, spot, rbac-denied, auth-expired\n',
  );
  expect(child.exitCode).toBe(2);
});

it('says that the region was ended, where it did not end it itself', async () => {
  const seed = `${process.pid}7`;
  const child = serve('--pods', '50', '--seed', seed);
  for await (const line of createInterface({ input: child.stdout })) if (line === '# ready') break;
  const { stdout } = spawnSync('ps', ['-wweo', 'pid=,args='], { encoding: 'utf8' });
  const region = stdout
    .split('\n')
    .find((line) => line.includes('simulator.js') && line.includes(`--seed ${seed}`));
  process.kill(Number.parseInt(region ?? '', 10), 'SIGKILL');
  const [said] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  expect(said).toBe('ekscope: the simulated region was ended by SIGKILL\n');
  expect(child.exitCode).toBe(1);
});
