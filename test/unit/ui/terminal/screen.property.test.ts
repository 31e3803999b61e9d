import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Rect, Viewport } from '../../../../src/ui/terminal/geometry.ts';
import { Screen } from '../../../../src/ui/terminal/screen.ts';
import { Vt } from './vt.ts';

const style = fc.constantFrom(
  '',
  '0',
  '1',
  '2',
  '22',
  '7',
  '27',
  '4;31',
  '39',
  '38;5;110',
  '44',
  '48;2;1;2;3',
  '49',
  '1;2',
);
const word = fc.constantFrom(
  'pod',
  '1/1',
  ' ',
  '          ',
  '日本',
  '한',
  'é',
  'e\u0301',
  '🚀',
  '✅',
  '👨‍👩‍👧',
  '│',
  '─────',
  'x',
  '…',
  '0',
);
const line = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: word },
      { weight: 1, arbitrary: style.map((s) => `\x1b[${s}m`) },
    ),
    { maxLength: 14 },
  )
  .map((parts) => parts.join(''));
const rect: fc.Arbitrary<Rect> = fc.record({
  x: fc.integer({ min: 0, max: 20 }),
  y: fc.integer({ min: 0, max: 10 }),
  width: fc.integer({ min: 0, max: 40 }),
  height: fc.integer({ min: 0, max: 14 }),
});
/** Lines come from one pool, so that frames share lines and scrolls happen. */
const body = fc.record({ from: fc.nat({ max: 30 }), pool: fc.constant(0) });
const step = fc.oneof(
  fc.record({
    kind: fc.constant('base' as const),
    from: fc.nat({ max: 30 }),
    count: fc.nat({ max: 14 }),
  }),
  fc.record({ kind: fc.constant('view' as const), rect, from: body.map((b) => b.from) }),
  fc.record({ kind: fc.constant('scroll' as const), by: fc.integer({ min: -6, max: 6 }) }),
  fc.record({ kind: fc.constant('cut' as const), rects: fc.array(rect, { maxLength: 2 }) }),
  fc.record({ kind: fc.constant('cursor' as const), x: fc.nat({ max: 9 }), y: fc.nat({ max: 5 }) }),
  fc.record({
    kind: fc.constant('resize' as const),
    columns: fc.integer({ min: 8, max: 40 }),
    rows: fc.integer({ min: 3, max: 14 }),
  }),
);

function newScreen(vt: Vt): Screen {
  const screen = new Screen(vt, vt.term.cols, vt.term.rows);
  screen.setActive(true);
  return screen;
}

test('any sequence of changes shows what a full redraw shows', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { minLength: 20, maxLength: 40 }),
      fc.array(step, { minLength: 1, maxLength: 20 }),
      async (pool, steps) => {
        const at = (index: number): string =>
          pool[((index % pool.length) + pool.length) % pool.length] ?? '';
        const vt = new Vt(30, 10);
        const screen = newScreen(vt);
        let base: string[] = [];
        let view: { rect: Rect; from: number } = {
          rect: { x: 0, y: 1, width: 30, height: 8 },
          from: 0,
        };
        let cutouts: readonly Rect[] = [];
        let cursor: { x: number; y: number } | null = null;
        for (const change of steps) {
          if (change.kind === 'base')
            base = Array.from({ length: change.count }, (_, i) => at(change.from + i));
          else if (change.kind === 'view') view = change;
          else if (change.kind === 'scroll') view = { ...view, from: view.from + change.by };
          else if (change.kind === 'cut') cutouts = change.rects;
          else if (change.kind === 'cursor')
            cursor = { x: change.x % vt.term.cols, y: change.y % vt.term.rows };
          else {
            vt.term.resize(change.columns, change.rows);
            screen.resize(change.columns, change.rows);
          }
          const viewports: Viewport[] = [
            {
              rect: view.rect,
              lines: Array.from({ length: view.rect.height }, (_, i) => at(view.from + i)),
            },
          ];
          const fresh = new Vt(vt.term.cols, vt.term.rows);
          for (const target of [screen, newScreen(fresh)]) {
            target.setBase(base);
            target.setViewports(viewports);
            target.setCutouts(cutouts);
            target.setCursor(cursor);
            target.present();
          }
          expect(await vt.cells()).toEqual(await fresh.cells());
          vt.take();
          screen.present();
          expect(vt.take()).toBe('');
        }
      },
    ),
    { numRuns: 150 },
  );
});
