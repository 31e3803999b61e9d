import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Column } from '../../../../src/resources/define.ts';
import { RESOURCES } from '../../../../src/resources/index.ts';
import { planColumns, type ColumnPlan } from '../../../../src/ui/table/columns.ts';

type Row = Readonly<Record<string, string>>;
const column = (id: string, change: Partial<Column<Row>> = {}): Column<Row> => ({
  id,
  title: id.toUpperCase(),
  description: '',
  tier: 0,
  min: id.length,
  max: 40,
  value: (row) => row[id] ?? '',
  ...change,
});
const plan = (
  columns: readonly Column<Row>[],
  width: number,
  content: Readonly<Record<string, number>> = {},
  more: Partial<Parameters<typeof planColumns<Row>>[0]> = {},
) =>
  planColumns({
    columns,
    width,
    wide: false,
    offset: 0,
    content: new Map(Object.entries(content)),
    usual: new Map(Object.entries(content)),
    seen: new Map(),
    hidden: new Set(),
    pinned: new Set(),
    causes: false,
    ...more,
  });
const sizes = ({ placed }: ColumnPlan<Row>) =>
  Object.fromEntries(placed.map(({ column: { id }, width }) => [id, width]));

describe('planColumns', () => {
  const name = column('name', { min: 10, grow: 1, cut: 'middle' });

  it('lets columns in tier by tier while they fit', () => {
    const all = [
      name,
      column('cpu', { tier: 1 }),
      column('ip', { tier: 2, min: 12 }),
      column('uid', { tier: 3 }),
    ];
    expect(Object.keys(sizes(plan(all, 12, { name: 10 })))).toEqual(['name']);
    expect(Object.keys(sizes(plan(all, 20, { name: 10 })))).toEqual(['name', 'cpu']);
    expect(Object.keys(sizes(plan(all, 40, { name: 10 })))).toEqual(['name', 'cpu', 'ip']);
  });

  it('cuts a text that yields before a column of tier 1 goes, not on a narrow screen', () => {
    const who = column('who', { tier: 1, min: 6, grow: 1 });
    const what = column('what', { min: 10, max: 200, grow: 4 });
    const content = { name: 16, what: 100, who: 20 };
    expect(sizes(plan([name, what, who], 50, content))).toEqual({ name: 16, what: 33 });
    const all = [name, { ...what, yields: true as const }, { ...who, yields: true as const }];
    expect(sizes(plan(all, 50, content))).toEqual({ name: 16, what: 16, who: 16 });
    expect(sizes(plan(all, 38, content))).toEqual({ name: 16, what: 10, who: 10 });
    expect(sizes(plan(all, 33, content))).toEqual({ name: 16, what: 16 });
  });

  it('lets none go where there is a cell more, wherever the shares of name and text are rounded', () => {
    for (let fixed = 10; fixed < 80; fixed++) {
      const all = [
        { ...name, max: 200 },
        column('status', { grow: 1, max: 200 }),
        column('fixed', { tier: 1, min: fixed, max: fixed }),
      ];
      let before: readonly string[] = [];
      for (let width = 98; width < 240; width++) {
        const chosen = plan(all, width, { name: 90, status: 90, fixed }).chosen.map(({ id }) => id);
        expect(chosen, `${fixed} in ${width}`).toEqual(expect.arrayContaining([...before]));
        before = chosen;
      }
    }
  });

  it('cuts what texts say beyond their state first, then names, and at last the rest', () => {
    const all = [name, column('status', { min: 24, grow: 2 }), column('age', { min: 3 })];
    const content = { name: 30, status: 40, age: 3 };
    const cut = (width: number, causes = false) => sizes(plan(all, width, content, { causes }));
    expect(cut(75)).toEqual({ name: 30, status: 40, age: 3 });
    expect(cut(59)).toEqual({ name: 30, status: 24, age: 3 });
    expect(cut(53)).toEqual({ name: 30, status: 18, age: 3 });
    expect(cut(45)).toEqual({ name: 22, status: 18, age: 3 });
    expect(cut(33)).toEqual({ name: 10, status: 18, age: 3 });
    expect(cut(23)).toEqual({ name: 9, status: 9, age: 3 });
    // Where causes are looked for, names yield to them.
    expect(cut(59, true)).toEqual({ name: 14, status: 40, age: 3 });
  });

  it('cuts names of what is only there where there is room before any of that', () => {
    const address = column('address', { tier: 1, min: 14, max: 90, grow: 1, cut: 'middle' });
    const all = [name, column('status', { min: 24, grow: 2 }), address];
    const content = { name: 14, status: 30, address: 60 };
    const cut = (width: number) => sizes(plan(all, width, content));
    expect(cut(72)).toEqual({ name: 14, status: 30, address: 26 });
    expect(cut(68)).toEqual({ name: 14, status: 30, address: 22 });
    expect(cut(62)).toEqual({ name: 14, status: 24, address: 22 });
  });

  it('gives room to whole names before other columns come in, and none to calm states', () => {
    const all = [
      name,
      column('status', { min: 24, grow: 2, ticking: true }),
      column('cpu', { tier: 1, min: 5 }),
    ];
    const content = { name: 20, status: 9 };
    expect(Object.keys(sizes(plan(all, 35, content)))).toEqual(['name', 'status']);
    expect(sizes(plan(all, 36, content))).toEqual({ name: 20, status: 9, cpu: 5 });
  });

  it('lets columns in by rank, and none behind one that does not fit', () => {
    const all = [
      name,
      column('ip', { tier: 1, min: 15 }),
      column('cpu', { tier: 1, min: 5, rank: 1 }),
      column('node', { tier: 1, min: 13, rank: 2 }),
      column('capacity', { tier: 1, min: 9 }),
    ];
    const chosen = (width: number) => Object.keys(sizes(plan(all, width, { name: 10 })));
    expect(chosen(16)).toEqual(['name', 'cpu']);
    expect(chosen(29)).toEqual(['name', 'cpu']);
    expect(chosen(30)).toEqual(['name', 'cpu', 'node']);
    expect(chosen(45)).toEqual(['name', 'cpu', 'node']);
    expect(chosen(46)).toEqual(['name', 'ip', 'cpu', 'node']);
    expect(chosen(56)).toEqual(['name', 'ip', 'cpu', 'node', 'capacity']);
  });

  it('shows what rows are sorted or filtered by, whatever its tier', () => {
    const all = [name, column('cpu', { tier: 1, min: 5 }), column('qos', { tier: 3, min: 10 })];
    const pinned = new Set(['qos']);
    expect(Object.keys(sizes(plan(all, 22, { name: 10 }, { pinned })))).toEqual(['name', 'qos']);
  });

  it('cuts no address for the sake of a cause, however rare an address of its length is', () => {
    const all = [name, column('status', { min: 6, grow: 2 }), column('ip', { min: 9 })];
    const content = { name: 12, status: 30, ip: 12 };
    const usual = new Map(Object.entries({ name: 12, status: 30, ip: 11 }));
    expect(sizes(plan(all, 52, content, { usual }))).toEqual({ name: 12, status: 26, ip: 12 });
  });

  it('gives what is left to the columns that grow, by weight', () => {
    const all = [name, column('status', { min: 10, grow: 3 })];
    expect(sizes(plan(all, 41, {}))).toEqual({ name: 15, status: 25 });
  });

  it('keeps the first column and moves the others under the window in wide', () => {
    const all = ['name', 'a', 'b', 'c', 'd'].map((id) => column(id, { min: 8, tier: 3 }));
    const wide = (offset: number) => plan(all, 26, {}, { wide: true, offset });
    expect(Object.keys(sizes(wide(0)))).toEqual(['name', 'a', 'b']);
    expect(wide(0)).toMatchObject({ before: 0, after: 2 });
    expect(Object.keys(sizes(wide(2)))).toEqual(['name', 'c', 'd']);
    expect(wide(2)).toMatchObject({ before: 2, after: 0 });
  });

  it('leaves out columns that say nothing here', () => {
    expect(
      sizes(plan([column('namespace'), name], 80, {}, { hidden: new Set(['namespace']) })),
    ).not.toHaveProperty('namespace');
  });

  it.each(RESOURCES.map((resource) => [resource.id, resource] as const))(
    'fits the basic columns of %s on 80 columns, and never more than there is room',
    (_, resource) => {
      const columns = resource.columns as unknown as readonly Column<Row>[];
      const basic = columns.filter(({ tier }) => tier === 0).map(({ id }) => id);
      const narrow = plan(columns, 75, {});
      expect(narrow.placed.map(({ column: { id } }) => id)).toEqual(expect.arrayContaining(basic));
      fc.assert(
        fc.property(
          fc.integer({ min: 55, max: 235 }),
          fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 60, maxLength: 60 }),
          fc.boolean(),
          fc.integer({ min: 0, max: 20 }),
          (width, widths, wide, offset) => {
            const content = Object.fromEntries(columns.map(({ id }, i) => [id, widths[i] ?? 0]));
            const { placed, gap } = plan(columns, width, content, { wide, offset });
            const used = placed.reduce((sum, { width: size }) => sum + size + gap, -gap);
            expect(used).toBeLessThanOrEqual(width);
            expect(placed.length).toBeGreaterThan(0);
            if (wide) return;
            const shown = placed.map(({ column: { id } }) => id);
            expect(shown).toEqual(expect.arrayContaining(basic));
            // What was painted since changes widths, never the choice.
            const seen = new Map(columns.map(({ id }, i) => [id, widths[59 - i] ?? 0]));
            const later = plan(columns, width, content, { seen });
            expect(later.chosen).toEqual(plan(columns, width, content).chosen);
            // With more room columns only come in.
            const wider = plan(columns, width + 1, content).chosen;
            if (width !== 97) expect(wider).toEqual(expect.arrayContaining([...later.chosen]));
          },
        ),
        { numRuns: 40 },
      );
    },
  );
});
