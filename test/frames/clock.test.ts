/** Ages and freshness go by the clock of the server, whatever this machine's says. */
import { afterEach, describe, expect, it } from 'vitest';
import { podRow } from '../support/rows.ts';
import { Harness } from './harness.ts';
import { NOW } from './world.ts';

let h: Harness;
afterEach(async () => h.quit());

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

describe.each([10 * MINUTE, -10 * MINUTE])('with a server whose clock is %i ms off', (offset) => {
  const server = NOW + offset;
  const crashed = podRow({
    name: 'crashed',
    uid: 'crashed',
    created: server - 90 * MINUTE,
    restarts: 1,
    lastRestart: server - 40 * SECOND,
    cause: 'OOMKilled 137',
    causeAt: server - 40 * SECOND,
  });
  const unready = { name: 'unready', created: server - 4 * MINUTE, isReady: false, ready: 0 };
  const young = { name: 'young', created: server - 30 * SECOND, isReady: false, ready: 0 };
  const start = async () => {
    const world = { pods: [crashed, podRow(unready), podRow(young)] };
    h = await Harness.start({ world, command: 'pods', kube: { clockOffset: offset } });
  };
  const line = async (text: string) => (await h.line(text)) ?? '';

  it('shows ages and causes as they are there, and finds what is new there', async () => {
    await start();
    expect(await line('crashed')).toMatch(/OOMKilled 137 · 40s .* 90m /);
    expect(await line('unready')).toMatch(/ 4m /);
    expect(await line('young')).toMatch(/ 30s /);
    await h.press('!');
    expect(await line('crashed')).not.toBe('');
    expect(await line('unready')).not.toBe('');
    expect(await line('young')).toBe('');
    await h.press('!', '/age:<1m', 'enter');
    expect(await line('young')).not.toBe('');
    expect(await line('unready')).toBe('');
  });

  it('counts since when a row is gone, and tells the difference in describe', async () => {
    await start();
    h.sink('pods')?.remove([{ uid: 'crashed' }]);
    await h.wait(1_100);
    expect(await line('crashed')).toContain('gone 1s');
    await h.press('d');
    await h.settle();
    await h.press('G');
    expect(await line("by the server's clock")).toContain(
      `10m ${offset > 0 ? 'ahead of' : 'behind'} this machine's`,
    );
  });
});

it('goes by the clock of each server where several are shown', async () => {
  const ahead = 10 * MINUTE;
  const clockOffset = (context: string): number => (context === 'staging' ? ahead : 0);
  // What is four minutes old here is fourteen minutes old there.
  const unready = { name: 'unready', created: NOW - 4 * MINUTE, isReady: false, ready: 0 };
  const young = { name: 'young', created: NOW - 30 * SECOND, isReady: false, ready: 0 };
  h = await Harness.start({
    world: { pods: [podRow(unready), podRow(young)] },
    command: 'pods @prod-eu,staging',
    kube: (context) => ({ clockOffset: clockOffset(context) }),
  });
  const of = async (cluster: string, name: string) =>
    (await h.screen()).split('\n').find((line) => line.includes(cluster) && line.includes(name)) ??
    '';
  expect(await of('prod-eu', 'unready')).toMatch(/ 4m /);
  expect(await of('staging', 'unready')).toMatch(/ 14m /);
  await h.press('!');
  expect(await of('prod-eu', 'young')).toBe('');
  expect(await of('staging', 'young')).toMatch(/ 10m /);
  await h.press('!', '/age:<5m', 'enter');
  expect(await of('prod-eu', 'unready')).not.toBe('');
  expect(await of('staging', 'unready')).toBe('');
});
