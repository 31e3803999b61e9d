/** Panes with what AWS tells, as they look at three sizes, and in another theme. */
import { afterEach, describe, expect, it } from 'vitest';
import { Harness, type HarnessOptions } from './harness.ts';
import { looksOf } from './looks.ts';
import { awsPortOf } from './world-aws.ts';
import { NOW } from './world.ts';

let harness: Harness | null = null;
afterEach(async () => {
  await harness?.quit();
  harness = null;
});

async function start(options: HarnessOptions): Promise<Harness> {
  harness = await Harness.start({ ...options, aws: awsPortOf(NOW) });
  await harness.wait(200);
  return harness;
}

const PANES = [
  ...['clusters', 'nodegroups', 'subnets', 'loadbalancers', 'targetgroups', 'records', 'addons'],
  ...['accessentries', 'podidentities', 'volumes', 'filesystems', 'persistentvolumes', 'updates'],
  ...['traces', 'latticeservices'],
  ...['insights', 'costs', 'services'],
];

describe.each([
  [80, 24, PANES],
  [120, 40, PANES],
  [200, 60, ['nodegroups', 'loadbalancers', 'gateways', 'volumes', 'persistentvolumes']],
] as const)('at %i×%i', (columns, rows, panes) => {
  it.each(panes)('%s', async (command) => {
    const h = await start({ columns, rows, command });
    const golden = `./__frames__/aws-${command}-${columns}x${rows}.txt`;
    await expect(await h.screen()).toMatchFileSnapshot(golden);
  });
});

describe('in the light theme', () => {
  it.each(['nodegroups', 'targetgroups', 'filesystems', 'addons'])('%s', async (command) => {
    const light = { theme: 'light', depth: 'truecolor' } as const;
    const h = await start({ columns: 80, rows: 24, command, ...light });
    const golden = `./__frames__/aws-${command}-light.txt`;
    await expect(await looksOf(h)).toMatchFileSnapshot(golden);
  });
});

describe('described', () => {
  it.each([
    ['a volume claim on EFS', 'filesystems', 'filesystem'],
    ['a request that failed', 'traces', 'trace'],
    ['a node group in trouble', 'nodegroups', 'nodegroup'],
    ['a load balancer', 'loadbalancers /web', 'loadbalancer'],
    ['a service of VPC Lattice', 'latticeservices /partner', 'latticeservice'],
    ['a service behind one', 'services /web', 'service'],
  ])('%s', async (_, command, name) => {
    const h = await start({ columns: 120, rows: 40, command });
    await h.press('d');
    await h.wait(200);
    await expect(await h.screen()).toMatchFileSnapshot(`./__frames__/aws-describe-${name}.txt`);
  });
});
