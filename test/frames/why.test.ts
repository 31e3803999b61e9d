/** Why: of the row under the cursor, of what is named, and as the first section of a description. */
import { afterEach, describe, expect, it } from 'vitest';
import type { KubeObject } from '../../src/ports/kube.ts';
import { Harness, type HarnessOptions } from './harness.ts';

let h: Harness;
const start = async (options: HarnessOptions = {}) => {
  h = await Harness.start({ columns: 100, rows: 30, ...options });
};
afterEach(async () => h.quit());

const event: KubeObject = {
  apiVersion: 'v1',
  kind: 'Event',
  metadata: { name: 'e1' },
  type: 'Normal',
  reason: 'NotTriggerScaleUp',
  message: "pod didn't trigger scale-up: 1 max node group size reached",
  reportingComponent: 'cluster-autoscaler',
};

const list = (): Promise<readonly KubeObject[]> => Promise.resolve([event]);

describe('why', () => {
  it('is a key of a row, reads what it needs, and says what it rests on', async () => {
    await start({ kube: { list } });
    await h.press('/', 'status:pending', 'enter', 'W');
    await h.settle();
    const screen = await h.screen();
    expect(screen).toContain('1 max node group size reached');
    expect(screen).toContain('condition PodScheduled');
    expect(screen).toContain('raise the maximum of a node group');
    await h.press('esc');
    expect(await h.screen()).toContain('Pods');
  });

  it('is the first section of a description', async () => {
    await start({ kube: { list } });
    await h.press('/', 'status:pending', 'enter', 'd');
    await h.settle();
    const screen = await h.screen();
    expect(screen.indexOf('Why')).toBeGreaterThan(0);
    expect(screen.indexOf('Why')).toBeLessThan(screen.indexOf('Namespace'));
  });

  it('leads to what its evidence is about', async () => {
    await start();
    await h.press(':', 'why deploy/cart', 'enter');
    await h.settle();
    expect(await h.screen()).toMatch(/▌ +pod cart-/);
    await h.press('enter');
    await h.settle();
    expect(await h.screen()).toMatch(/Pods\(.*cart-.*\)/);
    await h.press('esc');
    expect(await h.screen()).toContain('Evidence');
  });

  it('takes the keys that it advises: those of what it is about', async () => {
    await start({ kube: { list } });
    await h.press(':', 'why deploy/cart', 'enter');
    await h.settle();
    expect(await h.screen()).toMatch(/l logs/);
    await h.press('l');
    await h.settle();
    expect(await h.screen()).toContain('Logs(deployment/cart)');
    await h.press('esc', 'd');
    await h.settle();
    expect(await h.screen()).toContain('Describe(deployment');
    // Of a description too, and the way back is the way that was come.
    await h.press('W');
    await h.settle();
    expect(await h.screen()).toContain('Evidence');
    await h.press('s');
    await h.settle();
    expect(await h.screen()).toContain('Scale');
    await h.press('esc', 'esc', 'esc');
    expect(await h.screen()).toContain('Why(deployment');
  });

  it('leaves the keys of texts to texts, and sorts nothing', async () => {
    await start({ kube: { list } });
    await h.press(':', 'why deploy/cart', 'enter');
    await h.settle();
    await h.press('?');
    const top = await h.screen();
    await h.press('G');
    const end = await h.screen();
    expect(top).toContain('Help(why)');
    expect(top + end).not.toContain('Sort by');
    await h.press('/', 'next match', 'enter');
    expect(await h.screen()).toContain('Next match');
  });

  it('is asked by name behind the colon', async () => {
    await start();
    await h.press(':', 'why cart', 'enter');
    await h.settle();
    expect(await h.screen()).toMatch(/Why\(pod .*cart\).*the worst off of/);
    expect(await h.screen()).toContain('OOMKilled');
    await h.press('esc', ':', 'why pod/nobody', 'enter');
    await h.settle();
    expect(await h.screen()).toContain("no pod 'nobody'");
  });

  it('says what it is not asked of', async () => {
    await start();
    await h.press(':', 'why secrets/x', 'enter');
    await h.settle();
    expect(await h.screen()).toContain('nothing tells why of secrets');
  });
});
