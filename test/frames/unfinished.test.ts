/** What an earlier run of the program began and did not see to its end. */
import { expect, it, onTestFinished } from 'vitest';
import { Harness } from './harness.ts';
import { NOW } from './world.ts';

const begun = (cluster: string, title: string, id: string): string =>
  JSON.stringify({
    ...{ ts: new Date(NOW - 60_000).toISOString(), phase: 'intent', id, pid: 99 },
    ...{ action: 'restart', title, cluster, targets: ['deployments shop/api'], values: {} },
  });

async function start(): Promise<Harness> {
  const harness = await Harness.start({
    audited: [
      begun('context:prod-eu', 'Restart deployment/api', 'a'),
      begun('arn:aws:eks:eu-west-1:111122223333:cluster/far', 'Upgrade far', 'b'),
    ],
  });
  onTestFinished(() => harness.quit());
  await harness.press('@');
  return harness;
}

it('is listed with the cluster that it is of, as people call it', async () => {
  const screen = await (await start()).screen();
  expect(screen).toContain('Restart deployment/api  on prod-eu');
  expect(screen).toContain('Upgrade far  on far · account 111122223333 · eu-west-1');
});

it('is gone on with by its own plan, of the cluster that is connected to', async () => {
  const harness = await start();
  await harness.press('enter');
  const menu = await harness.screen();
  expect(menu).toContain('Go on: Restart deployment/api');
  expect(menu).toContain('Let it be: Upgrade far');
});

it('says where to go first, of a cluster that nothing leads to', async () => {
  const harness = await start();
  // The latest is first.
  await harness.press('enter', 'enter');
  expect(await harness.screen()).toContain('connect there first');
});
