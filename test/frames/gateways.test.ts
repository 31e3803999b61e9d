/** What hangs on a gateway, told from either end. */
import { afterEach, expect, it } from 'vitest';
import { Harness } from './harness.ts';
import { awsPortOf } from './world-aws.ts';
import { NOW } from './world.ts';

let h: Harness;
const start = async (command: string) => {
  h = await Harness.start({ columns: 120, rows: 46, command, aws: awsPortOf(NOW) });
  await h.wait(200);
};
afterEach(async () => h.quit());

it.each([
  ['describe-gateway', 'gateways /public', 'd'],
  ['describe-httproute', 'httproutes /api', 'd'],
  ['why-httproute', 'httproutes /admin', 'W'],
  ['describe-lattice-gateway', 'gateways /partners', 'd'],
  ['describe-lattice-route', 'httproutes /partner-api', 'd'],
] as const)('%s', async (name, command, key) => {
  await start(command);
  await h.press(key);
  await h.settle();
  await expect(await h.screen()).toMatchFileSnapshot(`./__frames__/${name}-120x46.txt`);
});

it('enter leads from a gateway to its routes, from a route to its services, and J back', async () => {
  await start('gateways /public');
  await h.press('enter');
  expect(await h.screen()).toMatch(/HTTP routes\(public\)/);
  await h.press('N', 'down', 'J');
  expect(await h.screen()).toMatch(/Gateways\(api\)/);
  await h.press('esc', 'enter');
  expect(await h.screen()).toMatch(/Services\(api\)/);
});

it('targets and address are there however much the state and the listeners have to say', async () => {
  await start('gateways');
  const screen = await h.screen();
  const head = screen.split('\n').find((line) => line.includes('↑NAMESPACE  NAME')) ?? '';
  for (const title of ['STATUS', 'LISTENERS', 'TARGETS', 'ADDRESS']) expect(head).toContain(title);
});
