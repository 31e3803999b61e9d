/** Beginning where the last run on a cluster ended. */
import { describe, expect, it, onTestFinished } from 'vitest';
import type { KindRow } from '../../src/domain/kinds.ts';
import { IDLE } from '../../src/domain/status.ts';
import type { KubePort } from '../../src/ports/kube.ts';
import type { Memory, Remembered } from '../../src/ports/memory.ts';
import type { Sink } from '../../src/ports/sink.ts';
import { kindRow } from '../support/rows.ts';
import { Harness, type HarnessOptions } from './harness.ts';
import { NOW } from './world.ts';

/** A memory that lasts as long as the test. */
function memoryOf(before: Readonly<Record<string, Remembered>> = {}) {
  const kept = new Map(Object.entries(before));
  const memory: Memory = {
    recall: (cluster) => kept.get(cluster) ?? null,
    keep: (cluster, what) => void kept.set(cluster, what),
  };
  return { memory, kept };
}

async function start(options: HarnessOptions): Promise<Harness> {
  const harness = await Harness.start(options);
  onTestFinished(() => harness.quit());
  return harness;
}

const KEY = 'context:prod-eu@10.9.8.7';
const left = (what: Partial<Remembered>) => ({
  [KEY]: { pane: 'deployments', namespace: 'shop', favorites: [], ...what },
});

describe('what was left', () => {
  it('is kept as the user goes about', async () => {
    const { memory, kept } = memoryOf();
    const harness = await start({ memory });
    expect(kept.get(KEY)).toEqual({ pane: 'pulse', namespace: '', favorites: [] });
    await harness.press(':', 'svc shop', 'enter');
    // Of the key that it had all along.
    const favorites = ['', 'shop'];
    expect(kept.get(KEY)).toEqual({ pane: 'services', namespace: 'shop', favorites });
  });

  it('is begun with, and said', async () => {
    const harness = await start({ ...memoryOf(left({})) });
    const screen = await harness.screen();
    expect(screen).toContain('Deployments(shop)');
    expect(screen).toContain('as you left it: namespace shop, 0 for all');
  });

  it('gives way to what the command line asks for', async () => {
    const { memory } = memoryOf(left({}));
    expect(await (await start({ memory, inNamespace: true })).screen()).toContain(
      'Deployments(all)',
    );
    const asked = await start({ ...memoryOf(left({})), command: 'nodes' });
    expect(await asked.screen()).toMatch(/Nodes\[/);
  });

  it('is no place to begin where it is gone: all are shown, with a word', async () => {
    const harness = await start({ ...memoryOf(left({ namespace: 'gone-since' })) });
    const screen = await harness.screen();
    expect(screen).toContain('Deployments(all)');
    expect(screen).toContain('namespace gone-since, where you left off, is gone: all are shown');
  });

  it('is a kind that the cluster tells of: shown as soon as it does', async () => {
    const widgets = kindRow('widgets', 'example.com', 'Widget', { namespaced: true });
    let told: Sink<KindRow> | null = null;
    const followKinds: KubePort['followKinds'] = (sink) => {
      told = sink;
      return () => undefined;
    };
    const { memory, kept } = memoryOf(left({ pane: 'widgets.example.com' }));
    const harness = await start({ memory, kube: { followKinds } });
    expect(await harness.screen()).toContain('Pods(shop)');
    const sink = told as Sink<KindRow> | null;
    sink?.put([widgets]);
    sink?.synced();
    sink?.status({ ...IDLE, state: 'live', since: NOW, asOf: NOW, synced: true });
    await harness.wait(200);
    expect(await harness.screen()).toContain('Widgets(shop)');
    expect(kept.get(KEY)?.pane).toBe('widgets.example.com');
  });

  it('waits for the list of namespaces before it says that one is gone', async () => {
    const harness = await start({ ...memoryOf(left({})), withhold: ['namespaces'] });
    expect(await harness.screen()).toContain('Deployments(shop)');
    harness.feed('namespaces');
    await harness.wait(100);
    expect(await harness.screen()).toContain('Deployments(shop)');
  });

  it('is the pods where its pane is of no kind that there is', async () => {
    const harness = await start({ ...memoryOf(left({ pane: 'wonders', namespace: '' })) });
    expect(await harness.screen()).toContain('Pods(all)');
  });

  it('is the pulse where that was looked at last, and where nothing is known', async () => {
    const harness = await start({ ...memoryOf(left({ pane: 'pulse' })) });
    expect(await harness.screen()).toContain('Pulse(shop)');
    expect(await (await start({ ...memoryOf() })).screen()).toContain('Pulse(all)');
  });

  it('gives the keys of namespaces back', async () => {
    const harness = await start({
      ...memoryOf(left({ namespace: '', favorites: ['kube-system'] })),
    });
    await harness.press('1');
    expect(await harness.screen()).toContain('Deployments(kube-system)');
  });

  it('is not that of another cluster under a context of the same name', async () => {
    const before = left({ bookmarks: { 1: { pane: 'nodes', namespace: '', filter: '' } } });
    const elsewhere = { 'context:prod-eu@10.6.6.6': before[KEY] };
    const { memory, kept } = memoryOf(elsewhere);
    const harness = await start({ memory });
    expect(await harness.screen()).toContain('Pulse(all)');
    await harness.press(':', 'pods', 'enter');
    expect(await harness.screen()).toContain('Pods(all)');
    expect(kept.get('context:prod-eu@10.6.6.6')).toBe(before[KEY]);
    expect(kept.get(KEY)).toMatchObject({ pane: 'pods', namespace: '' });
    expect(kept.get(KEY)).not.toHaveProperty('bookmarks');
  });

  it("is each cluster's own", async () => {
    const { memory, kept } = memoryOf({
      [KEY]: { pane: 'pods', namespace: '', favorites: ['kube-system'] },
      'context:staging@10.9.8.6': { pane: 'nodes', namespace: '', favorites: ['shop'] },
    });
    const harness = await start({ memory, connected: false });
    await harness.press('/', 'staging', 'enter', 'enter', '1');
    expect(await harness.screen()).toContain('Pulse(shop)');
    expect(kept.get('context:staging@10.9.8.6')).toMatchObject({ namespace: 'shop' });
    expect(kept.get(KEY)).toMatchObject({ namespace: '', favorites: ['kube-system'] });
  });
});

describe('filters and sorts', () => {
  it('are kept for each list, and begun with where it is shown again', async () => {
    const { memory, kept } = memoryOf();
    const harness = await start({ memory, command: 'pods' });
    await harness.press('/', 'checkout', 'enter', 'A', ':', 'svc', 'enter');
    expect(await harness.line('Services(')).not.toContain('checkout');
    await harness.press(':', 'pods', 'enter');
    expect(await harness.line('Pods(all)')).toMatch(/\/checkout.*[↑↓]AGE/);
    expect(kept.get(KEY)?.lists).toEqual({
      pods: {
        ...{ filter: 'checkout', problemsOnly: false },
        sort: { column: 'created', descending: true },
      },
    });
    const next = await start({ memory });
    expect(await next.line('Pods(all)')).toMatch(/\/checkout.*[↑↓]AGE/);
    await next.press('esc', ':', 'svc', 'enter', ':', 'pods', 'enter');
    expect(await next.line('Pods(all)')).not.toContain('checkout');
  });

  it('give way to what a command asks for, and to a column that is not there', async () => {
    const sort = { column: 'lost', descending: false };
    const lists = { pods: { filter: 'checkout', problemsOnly: false, sort } };
    const harness = await start({ ...memoryOf(left({ pane: 'pods', namespace: '', lists })) });
    expect(await harness.line('Pods(all)')).not.toContain('checkout');
    await harness.press(':', 'pods /api', 'enter');
    expect(await harness.line('Pods(all)')).toContain('/api');
  });
});

describe('bookmarks', () => {
  it('are kept, gone to and forgotten, by their menu or by ctrl and a digit', async () => {
    const { memory, kept } = memoryOf();
    const harness = await start({ memory });
    await harness.press(':', 'svc shop', 'enter', '/', 'api', 'enter', "'");
    expect(await harness.screen()).toContain('+ keep this place as 1: services shop /api');
    await harness.press('+');
    const place = { pane: 'services', namespace: 'shop', filter: 'api' };
    expect(kept.get(KEY)?.bookmarks).toEqual({ 1: place });
    await harness.press('esc', ':', 'nodes', 'enter', '0');
    await harness.press('\x1b[50;5u');
    expect(Object.keys(kept.get(KEY)?.bookmarks ?? {})).toEqual(['1', '2']);
    await harness.press("'", '1');
    expect(await harness.line('Services(shop)')).toContain('/api');
    await harness.press('\x1b[50;5u');
    expect(await harness.line('Nodes')).toBeDefined();
    await harness.press("'", '-');
    expect(Object.keys(kept.get(KEY)?.bookmarks ?? {})).toEqual(['1']);
    const next = await start({ memory });
    await next.press("'", '1');
    expect(await next.line('Services(shop)')).toContain('/api');
  });
});
