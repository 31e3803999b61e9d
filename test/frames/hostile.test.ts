/** Rows that no cluster should have: every pane shows them or says why not, and the program goes on. */
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { BaseRow } from '../../src/domain/row.ts';
import { RESOURCES } from '../../src/resources/index.ts';
import { MINIMAL, randomRows } from '../contract/sample-rows.ts';
import { Harness } from './harness.ts';
import type { Rows } from './world.ts';

let harness: Harness | null = null;
afterEach(async () => {
  await harness?.quit();
  harness = null;
});

/** Texts longer than any screen, of all that is hard to measure. */
const ENDLESS = ['x', '\x9d', '\u0301', '日', '\x1b[31m', '\u202e', '👨‍👩‍👧'].map((unit) =>
  unit.repeat(50_000),
);

function hostileRows(table: string): readonly BaseRow[] {
  const row = MINIMAL[table];
  if (row === undefined) return [];
  const random = fc.sample(randomRows(row), { numRuns: 20, seed: 285 });
  const endless = ENDLESS.map((name) => ({ ...row, name, status: name, cause: name }));
  return [...random, ...endless].map((each, i) => ({ ...each, uid: `${table}-${i}`, gone: 0 }));
}

describe.each(RESOURCES.map(({ id, table }) => [id, table] as const))('%s', (id, table) => {
  it('shows rows of hostile texts, times and numbers', async () => {
    const world = { [table]: hostileRows(table) } as unknown as Rows;
    harness = await Harness.start({ columns: 120, rows: 40, command: id, world });
    for (const key of ['ctrl-w', 'j', 'd', 'esc', 'G', 'd', 'esc', 'y', 'esc', 't', 't', 'c']) {
      await harness.press(key);
      const screen = await harness.screen();
      expect(screen).not.toMatch(/cannot be drawn|failed: |RangeError|TypeError/);
      expect(screen).not.toMatch(/NaN|undefined/);
    }
    // Keys still work, and so do other panes.
    await harness.press(':namespaces', 'enter');
    expect(await harness.line('Namespaces')).toBeDefined();
  });
});
