/** One table of several clusters: whose row is whose, what is told of the one that fails. */
import { afterEach, describe, expect, it } from 'vitest';
import { IDLE, type SourceStatus } from '../../src/domain/status.ts';
import { Harness, type HarnessOptions } from './harness.ts';
import { MINUTE, NOW, SHOP } from './world.ts';

let harness: Harness | null = null;
afterEach(async () => {
  await harness?.quit();
  harness = null;
});

const STALE: SourceStatus = {
  ...IDLE,
  state: 'stale',
  since: NOW,
  asOf: NOW,
  reason: 'connection refused',
  retryAt: NOW + 3 * MINUTE + 4000,
  synced: true,
};

/** Both contexts have the same rows, with the same uids. */
async function together(command: string, options: HarnessOptions = {}): Promise<Harness> {
  harness = await Harness.start({ command, ...options });
  return harness;
}

describe.each([
  [80, 24],
  [120, 40],
] as const)('at %i×%i', (columns, rows) => {
  it('lists the rows of both, and says which of them are old', async () => {
    const h = await together('pods @prod-eu,staging', { columns, rows });
    // The cluster that was connected to last.
    h.sink('pods')?.status(STALE);
    await h.wait(3 * MINUTE);
    const golden = `./__frames__/several-clusters-${columns}x${rows}.txt`;
    await expect(await h.screen()).toMatchFileSnapshot(golden);
  });
});

describe('several clusters in trouble', () => {
  const denied: SourceStatus = {
    ...STALE,
    state: 'denied',
    reason: 'pods is forbidden: alice cannot list them at the cluster scope',
  };

  it('are named with the reason of each, whatever room there is', async () => {
    const h = await together('pods @prod-eu,staging', { columns: 80, rows: 24 });
    h.sink('pods', 'staging')?.status(STALE);
    h.sink('pods', 'prod-eu')?.status(denied);
    await h.wait(3 * MINUTE);
    expect(await h.line('Pods(all)')).toContain('prod-eu denied 3m  staging stale 3m');
    expect(await h.line('staging: connection refused')).toContain(
      'prod-eu: pods is forbidden: alice can',
    );
  });

  it('have room for the age of their rows, whatever stood there before', async () => {
    const pods = (SHOP.pods ?? []).slice(0, 4).map((pod, i) => ({
      ...{ ...pod, name: `api-${i}`, node: '', ip: '', status: 'Pending' },
    }));
    const h = await together('pods shop @prod-eu,staging', {
      ...{ columns: 80, rows: 24, world: { ...SHOP, pods } },
    });
    expect(await h.line('CPU')).toBeDefined();
    h.sink('pods', 'staging')?.status(STALE);
    await h.wait(3 * MINUTE);
    expect(await h.line('staging ◌3m')).toContain('Pending ');
  });

  it('say each for itself why it has no rows', async () => {
    const h = await together('pods @prod-eu,staging', {
      ...{ columns: 80, rows: 24, world: { ...SHOP, pods: [] } },
    });
    h.sink('pods', 'staging')?.status({ ...STALE, asOf: 0, synced: false });
    await h.wait(3 * MINUTE);
    expect(await h.line('prod-eu: No pods')).toBeDefined();
    expect(await h.line('staging: no data for 3m: connection refused')).toBeDefined();
  });
});

describe('rows of several clusters', () => {
  it('are marked one by one though they have the same uids', async () => {
    const h = await together('pods @prod-eu,staging /crash');
    await h.press('space');
    expect(await h.line('1 marked')).toContain('Pods(all)[2/');
  });

  it('are acted on by their own connection', async () => {
    const h = await together('deployments @prod-eu,staging /web');
    await h.press('j', 's', '7', 'enter');
    await h.wait(200);
    await h.press('tab', 'enter');
    await h.wait(200);
    expect(h.patches.map(({ ref }) => ref.cluster)).toEqual(h.patches.map(() => 'context:staging'));
    expect(h.patches.length).toBeGreaterThan(0);
  });

  it('are described by their own connection', async () => {
    const h = await together('pods @prod-eu,staging /crash');
    await h.press('j', 'd');
    expect(await h.screen()).toContain('staging');
  });

  it('are still what is looked at, with help or the list of actions before them', async () => {
    for (const [key, title] of [
      ['?', 'Help('],
      ['@', 'Actions'],
    ] as const) {
      const h = await together('pods @prod-eu,staging');
      await h.press('esc', key);
      expect(await h.line(title)).toBeDefined();
      expect(await h.line('2 clusters')).toBeDefined();
      await h.press(':', 'deploy', 'enter');
      expect(await h.line('CLUSTER')).toBeDefined();
      await h.quit();
    }
    harness = null;
  });

  it('have one namespace', async () => {
    const h = await together('pods payments @prod-eu,staging');
    expect(await h.line('Pods(payments)')).toBeDefined();
    await h.press('0');
    expect(await h.line('Pods(all)')).toBeDefined();
    await h.press(':', 'deploy', 'enter');
    expect(await h.line('Deployments(all)')).toBeDefined();
    expect(await h.line('CLUSTER')).toBeDefined();
  });
});

describe('clusters that are marked', () => {
  it('are opened together by enter, and one is disconnected with its panes', async () => {
    const h = await together('clusters');
    await h.press('space', 'j', 'space', 'enter');
    await h.wait(200);
    expect(await h.line('Pods(all)')).toBeDefined();
    expect(await h.line('2 clusters')).toBeDefined();
    await h.press(':', 'disconnect staging', 'enter');
    expect([...h.session.connections].map(({ title }) => title)).toEqual(['prod-eu']);
    expect(await h.line('disconnected from staging')).toBeDefined();
    await h.press(':', 'clusters', 'enter', 'ctrl-\\', '/', 'prod-eu', 'enter', '\x18');
    expect(await h.line('disconnected from prod-eu')).toBeDefined();
    expect([...h.session.connections]).toEqual([]);
  });

  it('are left alone when the last pane on them went some minutes ago', async () => {
    const h = await together('pods @prod-eu,staging');
    for (let i = 0; i < 12; i++)
      await h.press(':', 'nodes @prod-eu', 'enter', ':', 'pods', 'enter');
    expect([...h.session.connections]).toHaveLength(2);
    await h.wait(5 * MINUTE);
    expect([...h.session.connections].map(({ title }) => title)).toEqual(['prod-eu']);
  });
});

it('counts a cluster once that two contexts lead to', async () => {
  const h = await together('pods @prod-eu,staging', { sameServer: true });
  expect(await h.line('1 cluster by 2 contexts')).toMatch(/6 nodes · 27 pods/);
  await h.press(':', 'pods @prod-eu', 'enter');
  expect(await h.line('6 nodes · 27 pods')).toContain('prod-eu');
});
