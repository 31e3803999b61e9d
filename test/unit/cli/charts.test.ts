import { describe, expect, it } from 'vitest';
import type { Flags } from '../../../src/cli/args.ts';
import { charts } from '../../../src/cli/charts.ts';
import type { ChosenWorkspace } from '../../../src/config/workspaces.ts';
import { contextKey } from '../../../src/domain/cluster-key.ts';
import { AwsFault } from '../../../src/domain/aws-fault.ts';
import { IDLE } from '../../../src/domain/status.ts';
import type { TableId } from '../../../src/domain/tables/index.ts';
import { MetricMeter } from '../../../src/session/metric-meter.ts';
import { Store } from '../../../src/store/index.ts';
import { metricsAws } from '../../frames/world-metrics.ts';
import { NOW } from '../../frames/world.ts';
import { resources } from '../../support/resources.ts';
import { rowOf } from '../../support/rows.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const cluster = contextKey('lab');
const SCOPE = { profile: '', region: 'eu-central-1' };

interface World {
  readonly fault?: AwsFault;
  readonly without?: readonly string[];
  readonly prometheus?: boolean;
  /** What the configuration says. */
  readonly chosen?: ChosenWorkspace;
  /** AWS does not tell of the cluster. */
  readonly unknown?: boolean;
}

/** Two volumes, of which CloudWatch tells. */
async function run(words: string, flags: Flags = {}, world: World = {}) {
  const clock = new VirtualClock(NOW);
  const store = new Store({ clock, cluster });
  store.sink('volumes').put(['vol-1', 'vol-2'].map((name) => rowOf('volumes', { name })));
  store.sink('namespaces').put([rowOf('namespaces', { name: 'shop', uid: 'shop' })]);
  store.sink('nodegroups').put([rowOf('nodegroups', { name: 'payments', uid: 'p' })]);
  const need = (tables: readonly TableId[]): (() => void) => {
    for (const table of tables) {
      store.sink(table).synced();
      store.sink(table).status({ ...IDLE, state: 'live', synced: true });
    }
    return () => undefined;
  };
  const aws = metricsAws({ calls: 0, arn: 'arn', ...world });
  const eks = { ...SCOPE, name: 'shop', arn: 'arn' };
  const printed = { out: '', err: '' };
  const code = await charts(
    words.split(' '),
    flags,
    { store, need, eks: world.unknown ? null : eks, door: aws.door(SCOPE, () => true) },
    {
      ...{ resources, clock, timeout: 1000, meter: new MetricMeter(), marks: 'ascii' },
      memory: { chosen: () => world.chosen ?? null, found: new Map() },
      output: {
        out: (text) => (printed.out += text),
        err: (text) => (printed.err += text),
        width: 60,
      },
    },
  );
  return { ...printed, code };
}

describe('ekscope charts', () => {
  it('draws them, and says what that cost beside it', async () => {
    const { out, err, code } = await run('volume/vol-1');
    expect(out).toContain('Operations /s  a reads ');
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(60);
    expect(err).toBe('ekscope: asked 5 metrics, <$0.0001\n');
    expect(code).toBe(0);
  });

  it('prints values for programs, null where there is none', async () => {
    const { out } = await run('volume vol-1', { output: 'json', since: '1h' });
    const told = JSON.parse(out) as {
      readonly charts: readonly { readonly lines: readonly { readonly points: unknown[] }[] }[];
    };
    expect(told).toMatchObject({
      ...{ resource: 'volumes', name: 'vol-1', span: '1h' },
      charts: [{ title: 'Operations', perSecond: true, periodSeconds: 60, empty: null }, {}, {}],
    });
    const points = told.charts[0]?.lines[0]?.points ?? [];
    expect(points).toHaveLength(60);
    expect(points[5]).toEqual(['2026-10-14T11:04:00.000Z', null]);
    expect(points[59]).toEqual(['2026-10-14T11:58:00.000Z', expect.closeTo(50, -2)]);
  });

  it('prints a table of each as CSV', async () => {
    const { out } = await run('volume vol-1', { output: 'csv', since: '2d' });
    expect(out).toMatch(
      /^time,Operations reads \(count\/s\),Operations writes \(count\/s\)\n2026-/,
    );
    expect(out.split('\n\n')).toHaveLength(3);
    expect(out.split('\n\n')[0]?.split('\n')).toHaveLength(169);
  });

  it.each([
    ['volume/vol-9', {}, 1, "no volume 'vol-9'"],
    ['nodegroup/payments', {}, 1, 'payments has no Auto Scaling group'],
    ['volume/vol-1', { unknown: true }, 3, 'AWS does not tell of this cluster'],
    [
      'volume/vol-1',
      { fault: new AwsFault('denied', 'needs cloudwatch:GetMetricData') },
      ...([3, 'ekscope: needs cloudwatch:GetMetricData'] as const),
    ],
  ] as const)('%s, %j: exit code %i', async (words, world, code, text) => {
    const result = await run(words, {}, world);
    expect(result.err).toContain(text);
    expect(result.code).toBe(code);
  });

  it('tells what a Prometheus has, and why it is the one that is asked', async () => {
    const { out, err, code } = await run('namespace/shop', {}, { prometheus: true });
    expect(out).toContain('CPU, in cores  a used ');
    expect(out).not.toContain('of the node');
    expect(err).toContain('asked 2 queries, <$0.0001');
    expect(err).toContain('Prometheus shop-metrics: scraper s-1 sends shop into it');
    expect(code).toBe(0);
    const json = await run('namespace/shop', { output: 'json' }, { prometheus: true });
    expect(JSON.parse(json.out)).toMatchObject({
      charts: [
        {
          ...{ title: 'CPU, in cores', workspace: 'ws-1', periodSeconds: 60 },
          lines: [
            { label: 'used', query: expect.stringContaining('cluster="shop"') as string },
            {},
            {},
          ],
        },
        ...[{}, {}, {}, {}, {}],
      ],
    });
  });

  it('tells what Container Insights has where there is none, and why', async () => {
    const { out, err } = await run('namespace/shop');
    expect(out).toContain('CPU, of the node');
    expect(err).toContain(
      'Container Insights of CloudWatch, as there is no Prometheus: needs aps:List',
    );
  });

  it('says what to do about a workspace that was chosen and is not there', async () => {
    const chosen = { workspace: 'metrics', label: null };
    const { err } = await run('namespace/shop', {}, { prometheus: true, chosen });
    expect(err).toContain(
      'as there is no Prometheus: there is no workspace metrics in eu-central-1',
    );
    expect(err).toContain('prometheus in the configuration: there are: shop-metrics (ws-1)');
  });

  it('says why what is empty is', async () => {
    const { out, code } = await run('volume/vol-1', {}, { without: ['AWS/EBS'] });
    expect(out).toContain('EBS has measured nothing in this time');
    expect(code).toBe(0);
  });

  it.each([
    ['job/api', {}, /nothing measures jobs: there are charts of clusters, /],
    ['volume/vol', {}, /'vol' may be any of 2: vol-1, vol-2/],
    ['volume/vol-1', { since: '9d' }, /unknown span '9d'/],
    ['', {}, /charts takes RESOURCE\/NAME/],
  ] as const)('refuses %j %j', async (words, flags, message) => {
    await expect(run(words, flags)).rejects.toThrow(message);
  });
});
