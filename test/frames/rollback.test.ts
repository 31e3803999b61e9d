/** A rollback from its revisions to its end, as it stands on the screen. */
import { afterEach, describe, expect, it } from 'vitest';
import type { KubeObject } from '../../src/ports/kube.ts';
import { Harness } from './harness.ts';
import { DAY, NOW, SHOP } from './world.ts';

const cart = SHOP.deployments?.find(({ name }) => name === 'cart');
if (cart === undefined) throw new Error('there is no cart');
const { uid, generation } = cart;

const template = (version: string, limit: string) => ({
  metadata: { labels: { app: 'cart' } },
  spec: {
    containers: [
      {
        name: 'cart',
        image: `registry.example/cart:${version}`,
        env: [{ name: 'LOG_LEVEL', value: version === 'v2.14.0' ? 'debug' : 'info' }],
        resources: { limits: { memory: limit } },
      },
    ],
  },
});

const NUMBER = 'deployment.kubernetes.io/revision';
const CAUSE = 'kubernetes.io/change-cause';

const replicaSet = (number: number, days: number, cause: string, of: object): KubeObject => ({
  metadata: {
    name: `cart-${number}`,
    uid: `rs-${number}`,
    creationTimestamp: new Date(NOW - days * DAY).toISOString(),
    labels: { app: 'cart', 'pod-template-hash': `h${number}` },
    ownerReferences: [{ controller: true, uid, kind: 'Deployment', name: 'cart' }],
    annotations: { [NUMBER]: String(number), [CAUSE]: cause },
  },
  spec: { template: of },
});

const KUBE = {
  get: () =>
    Promise.resolve({
      kind: 'Deployment',
      metadata: {
        name: 'cart',
        namespace: 'shop',
        uid,
        generation,
        annotations: { [NUMBER]: '3' },
      },
      spec: { template: template('v2.14.0', '512Mi') },
    }),
  list: () =>
    Promise.resolve([
      replicaSet(1, 20, 'first release', template('v2.12.0', '128Mi')),
      replicaSet(2, 9, 'more memory', template('v2.13.4', '256Mi')),
      replicaSet(3, 1, 'debug the checkout', template('v2.14.0', '512Mi')),
    ]),
};

describe.each([
  [80, 24],
  [120, 40],
])('at %i×%i', (columns, rows) => {
  let h: Harness;
  afterEach(() => h.quit());
  const golden = (name: string): string => `./__frames__/rollback-${name}-${columns}x${rows}.txt`;

  it('shows revisions with what each changes, then its plan, with Cancel focused', async () => {
    h = await Harness.start({ columns, rows, command: 'deployments /^cart$', kube: KUBE });
    await h.press('R');
    await h.wait(100);
    await expect(await h.screen()).toMatchFileSnapshot(golden('form'));
    await h.press('down');
    await h.wait(100);
    expect(await h.screen()).toContain('Go back to revision 1');
    await h.press('up', 'enter');
    await h.wait(100);
    await expect(await h.screen()).toMatchFileSnapshot(golden('plan'));
    await h.press('enter');
    expect(await h.screen()).not.toContain('Roll back');
    expect(h.patches.filter(({ patch }) => patch.dryRun !== true)).toEqual([]);
  });

  it('sends what kubectl sends once it is confirmed', async () => {
    h = await Harness.start({ columns, rows, command: 'deployments /^cart$', kube: KUBE });
    await h.press('R');
    await h.wait(100);
    await h.press('enter');
    await h.wait(100);
    await h.press('tab', 'enter');
    await h.wait(100);
    const [sent] = h.patches.filter(({ patch }) => patch.dryRun !== true);
    expect(sent?.patch).toMatchObject({ type: 'json' });
    expect(JSON.stringify(sent?.patch.body)).toContain('v2.13.4');
  });
});

describe('on a line of what changed', () => {
  it('acts on the object that changed, of a pod on its workload', async () => {
    const h = await Harness.start({ columns: 120, rows: 40, command: 'changes', kube: KUBE });
    expect(await h.line('▌')).toContain('pod/cart-');
    await h.press('R');
    await h.wait(100);
    expect(await h.line('Roll back · shop/cart ')).toBeDefined();
    await h.press('esc', 'j');
    expect(await h.line('▌')).toContain('deploy/web');
    await h.press('R');
    expect(await h.line('Roll back · shop/web')).toBeDefined();
    await h.press('esc', 's');
    expect(await h.line('Scale · shop/web')).toBeDefined();
    await h.quit();
  });
});
