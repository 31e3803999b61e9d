/** A change of the screen is one write: nobody ever sees half of it. */
import { afterEach, expect, it } from 'vitest';
import { Harness } from './harness.ts';

let h: Harness;
afterEach(async () => h.quit());

it.each([
  ['the header goes', 'ctrl-e'],
  ['a prompt opens', ':'],
  ['a menu opens', 'ctrl-p'],
  ['help comes', '?'],
  ['another pane comes', 'enter'],
  ['rows are sorted', 'T'],
])('when %s', async (_, key) => {
  h = await Harness.start({ columns: 120, rows: 40 });
  h.stdout.vt.take();
  await h.press(key);
  const bodies = h.stdout.vt.writes.filter((write) => write.length > 60);
  // Moving within a pane paints the rows at once, and what the title says of them right after.
  expect(bodies.length).toBeLessThanOrEqual(key === 'T' ? 2 : 1);
  expect(h.stdout.vt.writes.length).toBeGreaterThan(0);
});

it('when the terminal is resized', async () => {
  h = await Harness.start({ columns: 120, rows: 40 });
  h.stdout.vt.take();
  h.stdout.resize(100, 30);
  await h.settle();
  expect(h.stdout.vt.writes).toHaveLength(1);
});
