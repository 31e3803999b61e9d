import { describe, expect, it } from 'vitest';
import type { Column } from '../../../../src/resources/define.ts';
import { candidates } from '../../../../src/ui/table/columns.ts';
import { ColumnWidths } from '../../../../src/ui/table/widths.ts';

type Row = string;

/** Two columns, the second for wide only, and whose cells were asked for since that was asked last. */
function bench() {
  let asked: string[] = [];
  const column = (id: string, tier: 0 | 3): Column<Row> => ({
    id,
    title: id.toUpperCase(),
    description: '',
    tier,
    min: 1,
    max: 20,
    value: (row) => {
      asked.push(id);
      return row;
    },
  });
  const columns = [column('name', 0), column('uid', 3)];
  const widths = new ColumnWidths<Row>(100);
  const sample = (rows: readonly Row[], wide: boolean, complete = 'pods') => {
    asked = [];
    const shown = candidates(columns, { wide, hidden: new Set(), pinned: new Set() });
    const context = { now: 0, time: 'age' as const };
    widths.sample(complete, rows.length, (i) => rows[i], shown, context);
    return [...new Set(asked)];
  };
  return { widths, sample };
}

describe('the widths of contents', () => {
  it('are learnt of the columns that may be shown, of others once they may', () => {
    const { widths, sample } = bench();
    expect(sample(['web', 'queue'], false)).toEqual(['name']);
    expect(sample(['web', 'queue'], false)).toEqual([]);
    expect(sample(['web', 'queue'], true)).toEqual(['uid']);
    expect(Object.fromEntries(widths.content)).toEqual({ name: 5, uid: 5 });
  });

  it('are learnt anew of all of them where the table has grown, or is complete', () => {
    const { widths, sample } = bench();
    sample(['web'], true);
    expect(sample(['web', 'queue', 'a'], true)).toEqual([]);
    expect(sample(['web', 'queue', 'a', 'billing'], false)).toEqual(['name']);
    expect(sample(['web', 'queue', 'a', 'billing'], true)).toEqual(['uid']);
    expect(Object.fromEntries(widths.content)).toEqual({ name: 7, uid: 7 });
    expect(sample(['web'], true, 'pods complete')).toEqual(['name', 'uid']);
    expect(Object.fromEntries(widths.content)).toEqual({ name: 3, uid: 3 });
  });
});
