/** Charts of what CloudWatch measures of a row. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { AwsFault } from '../../src/domain/aws-fault.ts';
import { Harness, type HarnessOptions } from './harness.ts';
import { metricsAws, type MetricsWorld } from './world-metrics.ts';
import { MINUTE } from './world.ts';

async function start(
  metrics: Partial<MetricsWorld> = {},
  options: HarnessOptions = {},
): Promise<{ readonly h: Harness; readonly world: MetricsWorld }> {
  const world: MetricsWorld = { calls: 0, ...metrics };
  const h = await Harness.start({
    ...{ columns: 120, rows: 40, command: 'nodes', aws: metricsAws(world) },
    ...options,
  });
  onTestFinished(() => h.quit());
  await h.wait(100);
  return { h, world };
}

const open = async (h: Harness): Promise<void> => {
  await h.press('%');
  await h.wait(100);
  await h.settle();
};

const title = async (h: Harness): Promise<string> => (await h.line('╭─')) ?? '';

describe.each([
  [80, 24],
  [120, 40],
  [200, 60],
] as const)('at %i×%i', (columns, rows) => {
  it.each([
    ['cluster', 'clusters', []],
    ['cluster-alone', 'clusters', ['enter', '4']],
    ['node', 'nodes', []],
  ] as const)('of a %s', async (name, command, keys) => {
    const { h } = await start({}, { columns, rows, command });
    await open(h);
    for (const key of keys) {
      await h.press(key);
      await h.wait(100);
    }
    const golden = `./__frames__/charts-${name}-${columns}x${rows}.txt`;
    await expect(await h.screen()).toMatchFileSnapshot(golden);
  });

  it.each([
    ['pods', 'prom-pod'],
    ['namespaces', 'prom-namespace'],
    ['services', 'prom-service'],
    ['nodegroups', 'prom-nodegroup'],
  ])('of what a Prometheus has of %s', async (command, name) => {
    const { h } = await start({ prometheus: true }, { columns, rows, command });
    await open(h);
    const golden = `./__frames__/charts-${name}-${columns}x${rows}.txt`;
    await expect(await h.screen()).toMatchFileSnapshot(golden);
  });

  it('of what sends nothing', async () => {
    const without = ['ContainerInsights', 'AWS/EC2'];
    const { h } = await start({ without }, { columns, rows });
    await open(h);
    const golden = `./__frames__/charts-empty-${columns}x${rows}.txt`;
    await expect(await h.screen()).toMatchFileSnapshot(golden);
  });
});

it('say which right is missing', async () => {
  const fault = new AwsFault('denied', 'needs cloudwatch:GetMetricData', 'ask for it');
  const { h } = await start({ fault });
  await open(h);
  expect(await h.line('needs cloudwatch:GetMetricData')).toBeDefined();
  expect((await h.screen()).trimEnd().split('\n').at(-1)).toContain('ask for it');
});

it('are asked for while they are on the screen, and once a minute', async () => {
  const { h, world } = await start({}, { columns: 200, rows: 60 });
  await open(h);
  // What AWS itself measures does not wait for whose figures stand beside it.
  expect(world.calls).toBe(2);
  for (let i = 0; i < 5; i++) await h.wait(MINUTE);
  expect(world.calls).toBe(7);
  await h.press('?');
  for (let i = 0; i < 5; i++) await h.wait(MINUTE);
  expect(world.calls).toBe(7);
  await h.press('esc');
  await h.wait(100);
  expect(world.calls).toBe(8);
});

describe('of a Prometheus', () => {
  it('are shown where there is one, and those of Container Insights by a key', async () => {
    const queries: string[] = [];
    const { h, world } = await start({ prometheus: true, queries }, { command: 'namespaces' });
    await open(h);
    expect(await title(h)).toContain('Prometheus shop-metrics');
    expect(world.calls).toBe(0);
    expect(queries).toHaveLength(2);
    await h.press('s');
    await h.wait(100);
    expect(await title(h)).toContain('Container Insights');
    expect(await h.line('CPU, of the node')).toBeDefined();
    expect(world.calls).toBe(1);
    await h.press('s');
    await h.wait(100);
    const why = 'Prometheus shop-metrics: scraper s-1 sends shop into it';
    expect(await h.line(why)).toBeDefined();
    expect(queries).toHaveLength(2);
  });

  it('say that there is none where nothing else measures it', async () => {
    const { h } = await start({}, { command: 'nodegroups' });
    await open(h);
    expect(await h.line('needs aps:List')).toBeDefined();
    await h.press('s');
    expect(await h.line('there is no Prometheus: needs aps:List')).toBeDefined();
  });

  it('say that the one that the user chose is not there, and what to do', async () => {
    const workspaces = () => ({ workspace: 'mine', label: null });
    const { h } = await start({ prometheus: true }, { command: 'namespaces', workspaces });
    await open(h);
    expect(await h.line('there is no workspace mine in eu-central-1')).toBeDefined();
    await h.wait(20_000);
    expect(await h.line('prometheus in the configuration: there are: shop-metrics')).toBeDefined();
  });

  it('are none where nobody may ask, which a key tells', async () => {
    const { h } = await start({}, { command: 'namespaces' });
    await open(h);
    expect(await title(h)).toContain('Container Insights');
    await h.press('s');
    expect(await h.line('no Prometheus: needs aps:List')).toBeDefined();
  });

  it('say which right is missing for a question', async () => {
    const promFault = new AwsFault('denied', 'needs aps:QueryMetrics', 'ask for it');
    const { h } = await start({ prometheus: true, promFault }, { command: 'namespaces' });
    await open(h);
    await h.press('s');
    expect(await h.line('no Prometheus: needs aps:QueryMetrics')).toBeDefined();
  });

  it('can be taken along as questions', async () => {
    const { h } = await start({ prometheus: true }, { command: 'namespaces' });
    await open(h);
    await h.press('c');
    await h.press('c');
    expect(await h.line('the PromQL that asks for them')).toContain('# used');
  });
});

describe('keys', () => {
  it('choose how far back it is', async () => {
    const { h } = await start();
    await open(h);
    expect(await title(h)).toContain(' 3h ');
    for (const [key, span] of [
      ['1', ' 1h '],
      ['5', ' 7d '],
      ['right', ' 1d '],
      ['left', ' 7d '],
      ['left', ' 7d '],
    ] as const) {
      await h.press(key);
      expect(await title(h)).toContain(span);
    }
  });

  it('move a cursor, enlarge what is under it, and come back', async () => {
    const { h } = await start();
    await open(h);
    await h.press('j');
    expect(await h.line('▌')).toContain('Pods that run');
    await h.press('enter');
    await h.wait(100);
    expect(await h.line('a pods')).toMatch(/now .*least .*most .*mean /);
    expect(await h.line('CPU')).toBeUndefined();
    await h.press('G');
    await h.wait(100);
    expect(await h.line('▌')).toContain('Status checks');
    await h.press('esc');
    expect(await h.line('▌')).toContain('Status checks');
    await h.press('esc');
    expect(await title(h)).toContain('Nodes');
  });

  it('copy figures, and the line that asks for them', async () => {
    const { h } = await start();
    await open(h);
    await h.press('c');
    expect(await h.line('copied the figures of Use as CSV: time,Use CPU (percent)')).toBeDefined();
    await h.press('c');
    expect(await h.line('the aws line that asks for them')).toContain('aws cloudwatch get-me');
  });
});

it('are none where AWS does not tell of the cluster, and of what has no metrics', async () => {
  const { h } = await start({}, { command: 'configmaps' });
  await open(h);
  expect(await title(h)).toContain('Config maps');
  const other = await Harness.start({ columns: 120, rows: 40, command: 'nodes' });
  onTestFinished(() => other.quit());
  await open(other);
  expect(await other.line('CloudWatch cannot be asked')).toBeDefined();
});
