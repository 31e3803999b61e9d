/** Two marked rows side by side. */
import { afterEach, describe, expect, it } from 'vitest';
import { Harness } from './harness.ts';

let h: Harness;
afterEach(async () => h.quit());

describe('D', () => {
  it('compares the two marked rows, what differs first', async () => {
    h = await Harness.start({ command: 'nodes', columns: 100, rows: 40 });
    await h.press('space', 'j', 'space', 'D');
    const screen = await h.screen();
    expect(screen).toContain('Compare(');
    expect(screen).toMatch(/≠ /);
    expect(screen).toMatch(/\d+ lines are equal · e shows them/);
    expect(screen).not.toMatch(/│\s+= /);
    await h.press('e', 'G');
    expect(await h.screen()).toMatch(/│\s+= /);
    await h.press('esc');
    expect(await h.screen()).toContain('Nodes[');
  });

  it('says what it needs where not two are marked', async () => {
    h = await Harness.start({ command: 'nodes' });
    await h.press('D');
    expect(await h.screen()).toContain('mark two rows with space');
    await h.press('space', 'j', 'space', 'j', 'space', 'D');
    expect(await h.screen()).toContain('mark two rows with space');
  });

  it('compares the clusters of the fleet, and a row with its namesake in another cluster', async () => {
    h = await Harness.start({ command: 'clusters', columns: 100, rows: 40 });
    await h.press('space', 'j', 'space', 'D');
    expect(await h.screen()).toContain('Compare(prod-eu | staging)');
    await h.press('esc');
    await h.press(...Array.from(':deployments @prod-eu,staging'), 'enter');
    await h.wait(200);
    await h.press('D');
    expect(await h.screen()).toMatch(/Compare\(\S+ in prod-eu \| \S+ in staging\)/);
  });
});
