/** The one dialog of an action on rows of several clusters. */
import { afterEach, describe, expect, it } from 'vitest';
import type { KubePort } from '../../src/ports/kube.ts';
import { Harness, type HarnessOptions } from './harness.ts';

let harness: Harness | null = null;
afterEach(async () => {
  await harness?.quit();
  harness = null;
});

/** The same deployment of both clusters is marked. */
async function marked(options: HarnessOptions = {}): Promise<Harness> {
  harness = await Harness.start({ command: 'deployments @prod-eu,staging /web', ...options });
  await harness.press('space', 'j', 'space');
  return harness;
}

const golden = (name: string): string => `./__frames__/joint-action-${name}.txt`;

describe.each([
  [80, 24],
  [120, 40],
] as const)('at %i×%i', (columns, rows) => {
  const size = `${columns}x${rows}`;

  it('asks once, and shows the plan of each cluster', async () => {
    const h = await marked({ columns, rows });
    await h.press('s');
    await h.wait(200);
    await expect(await h.screen()).toMatchFileSnapshot(golden(`form-${size}`));
    await h.press('2', 'enter');
    await h.wait(200);
    await expect(await h.screen()).toMatchFileSnapshot(golden(`plan-${size}`));
  });

  it('names the cluster that has yet to answer, and goes on without it', async () => {
    const h = await marked({ columns, rows, kube: prodSays(new Promise(() => undefined)) });
    await h.press('r');
    await h.wait(200);
    await expect(await h.screen()).toMatchFileSnapshot(golden(`slow-${size}`));
    await h.press('w');
    await h.wait(200);
    await expect(await h.screen()).toMatchFileSnapshot(golden(`without-${size}`));
    await h.press('tab', 'enter');
    await h.wait(200);
    expect(new Set(sent(h))).toEqual(new Set(['context:staging']));
  });

  it('says on which cluster nothing is done', async () => {
    const no = Promise.resolve({ allowed: false, reason: 'no RBAC policy matched' });
    const h = await marked({ columns, rows, kube: prodSays(no) });
    await h.press('r');
    await h.wait(200);
    await expect(await h.screen()).toMatchFileSnapshot(golden(`refused-${size}`));
  });
});

/** What one cluster says; the other allows all. */
const prodSays =
  (answer: ReturnType<KubePort['can']>): NonNullable<HarnessOptions['kube']> =>
  (context) =>
    context === 'prod-eu' ? { can: () => answer } : {};

const sent = ({ patches }: Harness): readonly string[] =>
  patches.filter(({ patch }) => patch.dryRun !== true).map(({ ref }) => ref.cluster);

describe('an action on rows of two clusters', () => {
  it('is done by the connection of each, and told of with its name', async () => {
    const h = await marked();
    await h.press('s');
    await h.wait(200);
    await h.press('2', 'enter');
    await h.wait(200);
    expect(sent(h)).toEqual([]);
    await h.press('tab', 'enter');
    await h.wait(200);
    expect(sent(h)).toEqual(['context:prod-eu', 'context:staging']);
    expect(await h.line('prod-eu: scaling')).toContain('staging: scaling');
    await h.press('U');
    await h.wait(200);
    expect(await h.line('Undo: scale')).toContain('2 deployments in 2 clusters');
  });

  it('is taken back in their table, as the list of actions says', async () => {
    const h = await marked();
    await h.press('@', 'U');
    expect(await h.line('several clusters are looked at')).toContain('U takes back there');
  });

  it('is left by one key, and sends nothing: Cancel has the keys', async () => {
    const h = await marked();
    await h.press('r');
    await h.wait(200);
    await h.press('enter');
    await h.wait(200);
    expect(await h.line('Restart ·')).toBeUndefined();
    expect(sent(h)).toEqual([]);
  });

  it('is refused where it takes one object only', async () => {
    const h = await marked();
    await h.press('R');
    expect(await h.line('one at a time')).toContain('prod-eu and staging');
  });
});

describe('rows that are marked and hidden by a filter', () => {
  it('are said not to be listed, and no row is meant in their place', async () => {
    const h = await marked();
    await h.press('/', '\x15', 'checkout', 'enter');
    expect(await h.line('Deployments(all)')).toContain('2 marked not listed');
    await h.press('r');
    await h.wait(200);
    expect(await h.line('the 2 marked rows are not listed')).toBeDefined();
    expect(await h.line('Restart ·')).toBeUndefined();
    await h.press('ctrl-\\', 'r');
    await h.wait(200);
    expect(await h.line('Restart ·')).toContain('checkout');
  });
});
