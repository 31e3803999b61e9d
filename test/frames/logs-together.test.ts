/** The logs of several clusters in one pane: whose lines are whose, and what is told of the one that fails. */
import { afterEach, describe, expect, it } from 'vitest';
import { IDLE, type SourceStatus } from '../../src/domain/status.ts';
import type { KubeTableId } from '../../src/domain/tables/index.ts';
import type { KubePort, LogOptions, LogSink } from '../../src/ports/kube.ts';
import type { Sink } from '../../src/ports/sink.ts';
import { Harness, type HarnessOptions } from './harness.ts';
import { MINUTE, NOW, SHOP } from './world.ts';

interface Stream {
  readonly context: string;
  readonly options: LogOptions;
  readonly sink: LogSink;
}

let streams: Stream[] = [];
let harness: Harness | null = null;
afterEach(async () => {
  await harness?.quit();
  harness = null;
  streams = [];
});

/** Both contexts have the same rows, with the same uids. */
async function together(command: string, options: HarnessOptions = {}): Promise<Harness> {
  harness = await Harness.start({
    command,
    columns: 120,
    rows: 24,
    kube: recording,
    ...options,
  });
  return harness;
}

/** A cluster that tells the test of its log streams. */
const recording = (context: string): Partial<KubePort> => ({
  logs: (asked, sink) => {
    streams.push({ context, options: asked, sink });
    return () => {};
  },
});

/** The streams of a cluster's containers of that name. */
const of = (context: string, container = ''): Stream[] =>
  streams.filter((each) => each.context === context && each.options.container.includes(container));

/** Lines of both, one after the other, each saying whose it is. */
function write(from: number, to: number): void {
  for (let n = from; n < to; n++) {
    const context = n % 2 === 0 ? 'prod-eu' : 'staging';
    const own = of(context, 'api').length > 0 ? of(context, 'api') : of(context);
    const time = new Date(NOW + n * 10).toISOString().replace('Z', '000000Z');
    own[Math.floor(n / 2) % own.length]?.sink.lines([
      { time, text: `INFO line ${n} of ${context}` },
    ]);
  }
}

const EXPIRED: SourceStatus = {
  ...IDLE,
  state: 'expired',
  since: NOW,
  asOf: NOW,
  reason: 'the token has expired',
  hint: 'aws sso login',
  synced: true,
};

const shown = async (h: Harness): Promise<string[]> =>
  (await h.screen()).split('\n').flatMap((line) => / line (\d+) of /.exec(line)?.[1] ?? []);

describe.each([
  [80, 24],
  [120, 40],
] as const)('at %i×%i', (columns, rows) => {
  it('shows the lines of both by time, and says how each stands', async () => {
    const h = await together('deployments @prod-eu,staging /api', { columns, rows });
    await h.press('l');
    write(0, 60);
    await h.wait(500);
    await expect(await h.screen()).toMatchFileSnapshot(
      `./__frames__/logs-together-${columns}x${rows}.txt`,
    );
    h.sink('pods', 'staging')?.status(EXPIRED);
    of('staging').forEach(({ sink }) => sink.end('the token has expired'));
    write(60, 62);
    await h.wait(3 * MINUTE);
    await expect(await h.screen()).toMatchFileSnapshot(
      `./__frames__/logs-together-expired-${columns}x${rows}.txt`,
    );
  });
});

describe('logs of several clusters', () => {
  it('are of what is called as the current row, in each', async () => {
    const h = await together('deployments @prod-eu,staging /api');
    await h.press('l');
    expect(new Set(streams.map(({ context }) => context))).toEqual(new Set(['prod-eu', 'staging']));
    expect(of('prod-eu').map(({ options }) => options)).toMatchObject(
      of('staging').map(({ options: { namespace, pod, container } }) => ({
        namespace,
        pod,
        container,
      })),
    );
    expect(await h.line('Logs(')).toContain('Logs(deployment/api)');
    await h.press('esc');
    expect(await h.line('Deployments(all)')).toBeDefined();
  });

  it('are of the marked rows, each in its own', async () => {
    const h = await together('deployments @prod-eu,staging /api|web');
    await h.press('space', 'j', 'j', 'j', 'space', 'l');
    expect(new Set(of('prod-eu').map(({ options }) => options.pod.split('-')[0]))).toEqual(
      new Set(['api']),
    );
    expect(new Set(of('staging').map(({ options }) => options.pod.split('-')[0]))).toEqual(
      new Set(['web']),
    );
    expect(await h.line('Logs(2 deployments)')).toBeDefined();
  });

  it('are of no other row where a filter hides what is marked', async () => {
    const h = await together('deployments @prod-eu,staging /api|web');
    await h.press('space', '/', '\x15', 'cart', 'enter', 'l');
    expect(streams).toEqual([]);
    expect(await h.screen()).toContain('ctrl-\\ clears');
  });

  it('are of one where only rows of one are marked', async () => {
    const h = await together('deployments @prod-eu,staging /api|web');
    await h.press('space', 'l');
    expect(of('staging')).toEqual([]);
    write(0, 1);
    await h.wait(500);
    expect(await h.line('Logs(deployment/api)')).not.toContain('prod-eu');
    await h.press(':', 'pods', 'enter');
    expect(await h.line('CLUSTER')).toBeUndefined();
  });

  it('count what may still write, and say where nothing does', async () => {
    const h = await together('deployments @prod-eu,staging /api');
    await h.press('l');
    of('staging')[0]?.sink.end('');
    for (const { sink } of of('prod-eu')) sink.end('');
    await h.wait(500);
    expect(await h.line('Logs(')).toContain('prod-eu ended  staging 9 streams');
    await h.press('p');
    await h.wait(500);
    expect(await h.line('Logs(')).toContain('prod-eu not restarted  staging not restarted');
  });

  it('go on where one is dead, and name it with its reason', async () => {
    const h = await together('deployments @prod-eu,staging /api');
    await h.press('l');
    for (const { sink } of of('staging')) sink.cut('connection refused');
    await h.wait(MINUTE);
    write(0, 1);
    await h.wait(500);
    expect(await shown(h)).toEqual(['0']);
    const title = await h.line('Logs(');
    expect(title).toContain('staging ◌ 10 of 10 cut 60s: connection refused, retrying');
    expect(title).toContain('● following');
  });

  it('tell of one whose rows have yet to come, and follow it when they have', async () => {
    const sinks = new Map<KubeTableId, Sink<never>>();
    const h = await together('deployments @prod-eu,staging /api', {
      kube: (context) => ({
        ...recording(context),
        ...(context === 'staging' && {
          watch: (table: KubeTableId, _scope: unknown, sink: Sink<never>) => {
            sinks.set(table, sink);
            return () => {};
          },
        }),
      }),
    });
    await h.press('l');
    write(0, 1);
    await h.wait(500);
    expect(await shown(h)).toEqual(['0']);
    expect(await h.line('Logs(')).toContain('staging …');
    for (const table of ['deployments', 'pods'] as const) {
      sinks.get(table)?.put((SHOP[table] ?? []).map((row) => ({ ...row })) as never[]);
      sinks.get(table)?.synced();
    }
    await h.wait(500);
    expect(of('staging')).toHaveLength(10);
  });

  it('name one that cannot be connected to at all, with the reason', async () => {
    const h = await together('deployments @prod-eu,staging /api', {
      kube: (context) => {
        if (context === 'staging') throw new Error('user alice has no certificate');
        return recording(context);
      },
    });
    await h.press('l');
    expect(await h.line('Logs(')).toContain('staging user alice has no certificate');
    expect(await h.screen()).toContain('staging: user alice has no certificate');
    write(0, 1);
    await h.wait(500);
    expect(await shown(h)).toEqual(['0']);
  });

  it('find a line by its pattern, whosever it is', async () => {
    const h = await together('deployments @prod-eu,staging /api');
    await h.press('l');
    write(0, 20);
    await h.wait(500);
    await h.press('/', 'line 1\\d of staging', 'enter');
    expect(await shown(h)).toEqual(['11', '13', '15', '17', '19']);
  });

  it('are fetched anew from both, and paused and followed as one', async () => {
    const h = await together('deployments @prod-eu,staging /api');
    await h.press('l');
    write(0, 4);
    await h.wait(500);
    await h.press('s');
    write(4, 6);
    await h.wait(500);
    expect(await h.line('Logs(')).toContain('paused +2');
    streams = [];
    await h.press('3');
    expect(of('prod-eu').length).toBe(10);
    expect(of('staging').every(({ options }) => options.sinceSeconds === 300)).toBe(true);
    await h.press('p');
    expect(await h.line('Logs(')).toContain('before the last restart');
  });

  it('keep what one writes now and then beside one that never stops, and show it alone', async () => {
    const h = await together('deployments @prod-eu,staging /api');
    await h.press('l');
    const time = new Date(NOW).toISOString().replace('Z', '000000Z');
    for (let n = 0; n < 4; n++) {
      of('staging', 'api')[0]?.sink.lines([{ time, text: `line ${n} of staging` }]);
      const flood = Array.from({ length: 30_000 }, () => ({ time, text: 'flood' }));
      of('prod-eu', 'api')[0]?.sink.lines(flood);
      await h.wait(500);
    }
    expect(await h.line('Logs(')).toContain('older of prod-eu dropped');
    await h.press('o', 'o');
    expect(await shown(h)).toEqual(['0', '1', '2', '3']);
    expect(await h.line('Logs(')).toContain('only staging');
    await h.press('o');
    expect(await h.line('Logs(')).not.toContain('only');
  });

  it('lead to tables of the same clusters', async () => {
    const h = await together('deployments @prod-eu,staging /api');
    await h.press('l', ':', 'pods', 'enter');
    expect(await h.line('CLUSTER')).toBeDefined();
  });

  it('say that a clock is hours off', async () => {
    const h = await together('deployments @prod-eu,staging /api', {
      kube: (context) => ({
        ...recording(context),
        clockOffset: context === 'staging' ? 3 * 60 * MINUTE : null,
      }),
    });
    await h.press('l');
    const at = (ms: number) => new Date(NOW + ms).toISOString().replace('Z', '000000Z');
    of('staging')[0]?.sink.lines([{ time: at(3 * 60 * MINUTE + 10), text: 'line 1 of staging' }]);
    of('prod-eu')[0]?.sink.lines([{ time: at(20), text: 'line 2 of prod-eu' }]);
    await h.wait(500);
    expect(await shown(h)).toEqual(['1', '2']);
    expect(await h.line('Logs(')).toContain("staging clock 3h ahead of this machine's");
  });
});
