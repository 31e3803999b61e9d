import { describe, expect, it } from 'vitest';
import type { PodRow } from '../../../../src/domain/tables/pods.ts';
import type { Column, RowContext } from '../../../../src/resources/define.ts';
import { planColumns } from '../../../../src/ui/table/columns.ts';
import { RowPainter } from '../../../../src/ui/table/row-painter.ts';
import { ColumnWidths } from '../../../../src/ui/table/widths.ts';
import { plainPainter } from '../../../support/plain-painter.ts';
import { podRow } from '../../../support/rows.ts';

/** A painter of two columns, one of which looks at the time, and how often each was asked. */
function bench() {
  const asked = { name: 0, age: 0 };
  const column = (id: string, text: (row: PodRow, ctx: RowContext) => string): Column<PodRow> => ({
    id,
    title: id.toUpperCase(),
    description: '',
    tier: 0,
    min: 8,
    max: 20,
    value: text,
  });
  const columns = [
    column('name', ({ name }) => {
      asked.name++;
      return name;
    }),
    column('age', ({ created }, { now }) => {
      asked.age++;
      return `${Math.floor((now - created) / 60_000)}m`;
    }),
  ];
  const none = new Map<string, number>();
  const plan = planColumns({
    columns,
    width: 40,
    wide: false,
    offset: 0,
    content: none,
    usual: none,
    seen: none,
    hidden: new Set(),
    pinned: new Set(),
    causes: false,
  });
  const painter = new RowPainter<PodRow>(new ColumnWidths(1));
  painter.use(plan, plainPainter, 40);
  const still = { cursor: false, marked: false, busy: false };
  const line = (row: PodRow, now: number, marking = still) =>
    painter.line('key', row, marking, { now, time: 'age' });
  return { asked, painter, line, still };
}

describe('a line that was painted', () => {
  const row = podRow({ name: 'web', created: 0 });

  it('is kept, and nothing is asked, until time has passed', () => {
    const { asked, line } = bench();
    const first = line(row, 90_000);
    expect(first).toContain('1m');
    expect(line(row, 500_000)).toBe(first);
    expect(asked).toEqual({ name: 1, age: 1 });
  });

  it('asks only the cells that look at the time once it has passed', () => {
    const { asked, painter, line } = bench();
    const first = line(row, 90_000);
    painter.tick();
    expect(line(row, 91_000)).toBe(first);
    expect(line(row, 91_000)).toBe(first);
    expect(asked).toEqual({ name: 1, age: 2 });
  });

  it('is painted anew where they say something else', () => {
    const { painter, line } = bench();
    line(row, 90_000);
    painter.tick();
    expect(line(row, 120_000)).toContain('2m');
  });

  it('is painted anew for another row, and for another marking', () => {
    const { line, still } = bench();
    line(row, 90_000);
    expect(line(podRow({ name: 'api', created: 0 }), 90_000)).toContain('api');
    expect(line(row, 90_000, { ...still, marked: true })).toContain('*');
  });
});
