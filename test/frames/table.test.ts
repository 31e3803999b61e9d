/** What the keys of a table do, seen on the screen. */
import { afterEach, describe, expect, it } from 'vitest';
import { IDLE } from '../../src/domain/status.ts';
import { Harness, type HarnessOptions } from './harness.ts';
import { NOW, SHOP } from './world.ts';

let h: Harness;
const start = async (options: HarnessOptions = {}) => {
  h = await Harness.start({ columns: 120, rows: 40, ...options });
};
afterEach(async () => h.quit());

/** The line under the cursor. */
const cursor = async () => (await h.line('▌')) ?? '';
const title = async () => (await h.line('╭─')) ?? '';
const names = async () =>
  (await h.screen())
    .split('\n')
    .flatMap((line) => /^│.{2}\S+\s+(\S+)/.exec(line)?.[1] ?? [])
    .slice(1);

describe('the cursor', () => {
  it('moves at once, and stays on its object when rows come and go', async () => {
    await start();
    await h.press('j', 'j');
    const before = await cursor();
    expect(before).toContain('checkout-84f5c7b6d-x2k23');
    const gone = (SHOP.pods ?? []).slice(15, 16);
    h.sink('pods')?.remove(gone.map(({ uid }) => ({ uid })));
    await h.wait(100);
    expect(await cursor()).toBe(before);
  });

  it('pages, and jumps to either end', async () => {
    await start({ rows: 14 });
    await h.press('G');
    expect(await cursor()).toContain('web-5b8d4f7c9-x4k21');
    await h.press('g');
    expect(await cursor()).toContain('checkout-84f5c7b6d-x0k23');
    await h.press('pgdn', 'pgup');
    expect(await cursor()).toContain('checkout-84f5c7b6d-x0k23');
  });
});

describe('sorting', () => {
  it('goes by a key, and reverses when asked again', async () => {
    await start();
    await h.press('T');
    expect(await title()).toContain('↓RST');
    expect(await names()).toHaveProperty('0', expect.stringContaining('cart-66c7f9d4b-x7k22'));
    await h.press('T');
    expect(await title()).toContain('↑RST');
  });

  it('brings what comes first into view', async () => {
    await start({ rows: 14 });
    await h.press('G', 'T');
    expect(await cursor()).toContain('cart-66c7f9d4b-x7k22');
  });

  it('goes by any column under the column cursor', async () => {
    await start();
    await h.press('shift-right', 'shift-right', 'O');
    expect(await title()).toContain('READY');
  });
});

describe('filtering', () => {
  it('narrows while one types, and says how many of how many', async () => {
    await start();
    await h.press('/', 'cart');
    expect(await title()).toContain('Pods(all)[6/27] /cart');
    await h.press('enter');
    expect(await h.line('/ filter')).toBeDefined();
    await h.press('esc');
    expect(await title()).toContain('Pods(all)[27]');
  });

  it('says what is wrong with a pattern, and keeps the one before', async () => {
    await start();
    await h.press('/', 'cart', '(');
    expect(await h.line('/cart(')).toMatch(/group/i);
    expect(await title()).toContain('[6/27] /cart ');
    await h.press('enter');
    expect(await h.line('/cart(')).toBeDefined();
    await h.press('esc');
    expect(await title()).toContain('Pods(all)[27]');
  });

  it('says why nothing is left, and how to see all again', async () => {
    await start();
    await h.press('/', 'nothing-like-that', 'enter');
    expect(await h.screen()).toContain('no pods match /nothing-like-that');
    expect(await h.screen()).toContain('27 pods are hidden · esc clears the filter');
  });

  it('shows only problems, by cause', async () => {
    await start();
    await h.press('!');
    expect(await title()).toContain('[2/27] ! problems');
    expect(await h.screen()).toContain('OOMKilled 137');
    expect(await h.screen()).toContain('Pending · 6 Insufficient');
  });
});

describe('namespaces', () => {
  it('are chosen by digits, and then need no column', async () => {
    await start();
    expect(await h.line('0 all')).toContain('1 payments  2 shop');
    await h.press('2');
    await h.wait(100);
    expect(await title()).toContain('Pods(shop)[16]');
    expect(await title()).toContain('↑NAME ');
    expect(await h.screen()).not.toContain('NAMESPACE');
    await h.press('0');
    await h.wait(100);
    expect(await title()).toContain('Pods(all)[27]');
  });

  it('are gone to by w, and are said where the pane is of a namespace that has none', async () => {
    await start();
    await h.press('w');
    await h.wait(100);
    expect(await title()).toContain('Pods(payments)');
    await h.press(':events', 'enter');
    await h.wait(100);
    expect(await h.screen()).toContain('no events in payments');
  });
});

describe('marks', () => {
  it('collect rows for what comes next', async () => {
    await start();
    await h.press('space', 'j', 'space');
    expect(await title()).toContain('2 marked');
    await h.press('c');
    expect(await h.line('copied name')).toContain('checkout-84f5c7b6d-x0k23');
    await h.press('ctrl-\\');
    expect(await title()).not.toContain('marked');
  });

  it('reach from the last mark to the cursor', async () => {
    await start();
    await h.press('space', 'j', 'j', 'ctrl-space');
    expect(await title()).toContain('3 marked');
  });

  it('leave the cursor where it is: the same key takes the mark away', async () => {
    await start();
    const before = await cursor();
    await h.press('space');
    expect(await cursor()).toBe(before.replace('▌ ', '▌*'));
    await h.press('space');
    expect(await cursor()).toBe(before);
  });
});

describe('columns', () => {
  it('are all there in wide, under a window that the arrows move', async () => {
    await start({ columns: 80, rows: 24 });
    const narrow = (await h.line('NAMESPACE')) ?? '';
    expect(narrow).not.toContain('QOS');
    await h.press('ctrl-w');
    expect(await h.line('NAMESPACE NAME')).toContain('›');
    for (let i = 0; i < 30; i++) await h.press('right');
    const last = (await h.screen()).split('\n')[3] ?? '';
    expect(last).toContain('‹');
    expect(last).not.toContain('›');
  });
});

describe('what is true', () => {
  it('is said while rows arrive', async () => {
    await start({ withhold: ['pods'] });
    expect(await h.screen()).toContain('loading pods…');
    h.sink('pods')?.relist();
    h.sink('pods')?.put((SHOP.pods ?? []).slice(0, 10) as never[]);
    await h.wait(100);
    expect(await title()).toContain('loading 10…');
    expect(await title()).toContain('[10]');
    h.feed('pods');
    await h.wait(100);
    expect(await title()).not.toContain('loading');
  });

  it('says how long it takes when rows are long in coming', async () => {
    await start({ withhold: ['pods'] });
    h.sink('pods')?.status({ ...IDLE, state: 'loading', since: NOW });
    await h.wait(12_000);
    expect(await title()).toContain('loading… 12s');
    expect(await h.screen()).toContain('loading pods… 12s');
  });

  it('tells of a namespace that goes, and that is gone', async () => {
    await start();
    await h.press('2');
    expect(await title()).toContain('Pods(shop)');
    const shop = (SHOP.namespaces ?? []).find(({ name }) => name === 'shop');
    if (!shop) throw new Error('no namespace');
    h.sink('namespaces')?.put([{ ...shop, phase: 'Terminating' }] as never[]);
    await h.wait(1000);
    expect(await title()).toContain('the namespace is terminating');
    h.sink('namespaces')?.remove([{ uid: shop.uid }]);
    await h.wait(1000);
    expect(await title()).toContain('the namespace does not exist');
  });

  it('is marked with its age when the connection is lost; the rows stay', async () => {
    await start();
    h.sink('pods')?.status({
      ...IDLE,
      state: 'stale',
      since: NOW,
      asOf: NOW,
      reason: 'connection refused',
      retryAt: NOW + 47_000,
      synced: true,
    });
    await h.wait(42_000);
    expect(await title()).toContain('stale 42s: connection refused, retry in 5s');
    expect(await h.line('prod-eu')).toContain('◌ stale');
    expect(await title()).toContain('[27]');
  });

  it('is marked with its age when reading is refused later, with what to do at the bottom', async () => {
    await start();
    h.sink('pods')?.status({
      ...IDLE,
      state: 'expired',
      since: NOW,
      asOf: NOW,
      reason: 'Unauthorized',
      hint: 'log in again',
      retryAt: NOW + 60_000,
      synced: true,
    });
    await h.wait(42_000);
    expect(await title()).toContain('stale 42s: Unauthorized');
    expect(await title()).toContain('[27]');
    expect(await h.line('prod-eu')).toContain('✗ not logged in 42s');
    expect(await h.screen()).toMatch(/log in again · retrying by itself · ctrl-r tries now\s*$/);
  });

  it('names the columns that cannot be filled, and why', async () => {
    await start({ withhold: ['podusage'] });
    h.sink('podusage')?.status({
      ...IDLE,
      state: 'absent',
      since: NOW,
      reason: 'metrics-server is not installed or not answering',
      hint: 'install it',
      retryAt: NOW + 60_000,
    });
    await h.wait(1000);
    expect(await title()).toContain('CPU, MEM unknown');
    expect(await h.screen()).toMatch(
      /metrics-server is not installed .* · install it · .*tries now\s*$/,
    );
  });

  it('is not zero before anything is known', async () => {
    await start({ withhold: ['pods'] });
    expect(await title()).toContain('Pods(all)[?]');
    const state = { ...IDLE, state: 'stale', since: NOW, reason: 'etcdserver: no leader' } as const;
    h.sink('pods')?.status(state);
    await h.wait(9000);
    expect(await title()).toContain('no data: etcdserver: no leader, retrying');
    expect(await h.screen()).toContain('no data for 9s: etcdserver: no leader');
  });

  it('is said to be incomplete where the list was cut', async () => {
    await start({ withhold: ['pods'] });
    h.sink('pods')?.relist();
    h.sink('pods')?.put((SHOP.pods ?? []).slice(0, 10) as never[]);
    const state = { ...IDLE, state: 'stale', since: NOW, reason: 'the list was cut' } as const;
    h.sink('pods')?.status(state);
    await h.wait(1000);
    expect(await title()).toContain('incomplete: the list was cut, retrying');
  });

  it('is never an empty table where reading is forbidden', async () => {
    await start({ withhold: ['pods'] });
    h.sink('pods')?.status({
      ...IDLE,
      state: 'denied',
      since: NOW,
      reason: 'pods is forbidden: alice cannot list pods',
      hint: 'ask for the view ClusterRole',
    });
    await h.wait(100);
    expect(await h.screen()).toContain('alice cannot list pods');
    expect(await h.screen()).toContain('ask for the view ClusterRole');
  });

  it('is said when only some namespaces may be read', async () => {
    await start();
    h.sink('pods')?.status({
      ...IDLE,
      state: 'live',
      since: NOW,
      asOf: NOW,
      namespaces: ['shop', 'payments'],
      synced: true,
    });
    await h.wait(100);
    expect(await title()).toContain('only shop, payments');
  });

  it('stays as it was while frozen, and says so', async () => {
    await start();
    await h.press('z');
    h.sink('pods')?.remove((SHOP.pods ?? []).map(({ uid }) => ({ uid })));
    await h.wait(5000);
    expect(await title()).toContain('Pods(all)[27]');
    expect(await title()).toContain('frozen 5s ago');
    await h.press('z');
    expect(await title()).toContain('Pods(all)[0]');
  });

  it('a pod that is gone stays, dimmed and out of the count', async () => {
    await start();
    h.sink('pods')?.remove((SHOP.pods ?? []).slice(0, 1).map(({ uid }) => ({ uid })));
    await h.wait(1000);
    expect(await title()).toContain('Pods(all)[26]');
    expect(await names()).toContain('api-7d9f8c6b5-x0k20');
  });
});

describe('times', () => {
  it('written otherwise lay the columns out anew, and back they are as they were', async () => {
    await start({ columns: 100, command: 'cronjobs' });
    const body = async () => (await h.screen()).split('\n').slice(3, -2);
    const ages = await body();
    await h.press('t');
    const dates = await body();
    expect(dates).not.toEqual(ages);
    // What there is no more room for goes, and no name is cut for it.
    expect(dates.join('\n')).not.toMatch(/^│.{2}\S+\s+\S*…/m);
    await h.press('t', 't');
    expect(await body()).toEqual(ages);
  });
});
