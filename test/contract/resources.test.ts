import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plain } from '../../src/core/styled.ts';
import { sanitize, textWidth } from '../../src/core/text.ts';
import { DEFAULT_BINDINGS } from '../../src/keys/default-keymap.ts';
import { cellOf } from '../../src/resources/cell-of.ts';
import type { Column, RowContext } from '../../src/resources/define.ts';
import { ANY_FOUND } from '../../src/resources/found.ts';
import { RESOURCES } from '../../src/resources/index.ts';
import { IDLE } from '../../src/domain/status.ts';
import type { PodRow } from '../../src/domain/rows.ts';
import type { Query } from '../../src/ports/query.ts';
import { generic, MINIMAL, randomRows, recordedRows } from './sample-rows.ts';
import { resources } from '../support/resources.ts';

const NOW = Date.UTC(2026, 10, 24, 4, 4, 6);
const contexts: readonly RowContext[] = [
  { now: NOW, time: 'age' },
  { now: NOW, time: 'local' },
  { now: NOW, time: 'utc' },
];
const nothing: Query = {
  get: () => undefined,
  named: () => undefined,
  rows: () => [],
  size: () => 0,
  columns: () => [],
  status: () => IDLE,
};
const definitions = [...RESOURCES, ANY_FOUND].map(generic);
/** Cells of an 80-column screen between the borders and after the gutter. */
const NARROW = 76;
const SORT_KEYS = new Set(['N', 'A', 'S', 'P', 'C', 'M', 'T', 'I']);

/** Everything a column says of a row holds what is promised of it. */
function checkColumn(column: Column<never>, row: never): void {
  for (const ctx of contexts) {
    const cell = cellOf(column, row, ctx);
    const text = plain(cell);
    expect(sanitize(text)).toBe(text);
    expect(text).not.toMatch(/NaN|Infinity|undefined/);
    const value = column.value(row, ctx);
    if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
    else expect(['string', 'boolean', 'object']).toContain(typeof value);
    if (column.unit === 'time' && value !== null)
      expect(new Date(String(value)).toISOString()).toBe(value);
  }
  column.sortBy?.(row);
}

describe('every resource', () => {
  it('goes by names that no other goes by', () => {
    const names = RESOURCES.flatMap((resource) => resources.namesOf(resource));
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) {
      expect(name).toBe(name.toLowerCase());
      expect(resources.resolve(name, null).found, name).toBe('one');
    }
  });

  describe.each(definitions)('$id', (def) => {
    it('has columns with names of their own', () => {
      for (const key of ['id', 'title'] as const) {
        const names = def.columns.map((column) => column[key].toLowerCase());
        expect(new Set(names).size).toBe(names.length);
      }
      for (const { id, title, description } of def.columns) {
        expect(id).toMatch(/^[a-z][A-Za-z]*$/);
        expect(title).toBe(title.toUpperCase());
        expect(description).toMatch(/\.$/);
      }
    });

    it('gives each sort key to one column', () => {
      const keys = def.columns.flatMap(({ sortKey }) => sortKey ?? []);
      expect(new Set(keys).size).toBe(keys.length);
      for (const key of keys) expect(SORT_KEYS).toContain(key);
    });

    it('shows its heads in full and fits 80 columns', () => {
      for (const { title, min, max } of def.columns) {
        expect(min).toBeGreaterThanOrEqual(textWidth(title));
        expect(max).toBeGreaterThanOrEqual(min);
      }
      const narrow = def.columns.filter(({ tier }) => tier === 0);
      const width = narrow.reduce((sum, { min }) => sum + min + 1, -1);
      expect(width).toBeLessThanOrEqual(NARROW);
    });

    it('sorts by a column that it has', () => {
      expect(def.columns.map(({ id }) => id)).toContain(def.sort.column);
    });

    it('uses only keys that mean nothing else', () => {
      // What o and J mean everywhere is just what these links are.
      const free = new Set(['o', 'J']);
      const taken = DEFAULT_BINDINGS.filter(({ layer }) =>
        ['always', 'global', 'table'].includes(layer),
      ).flatMap(({ keys }) => keys);
      for (const key of Object.keys(def.links ?? {}).filter((chord) => !free.has(chord)))
        expect(taken).not.toContain(key);
    });

    it('leads only to panes that there are', () => {
      const entered = def.enter?.is === 'link' ? [def.enter] : [];
      for (const link of [...entered, ...Object.values(def.links ?? {})]) {
        expect(resources.byId(link.to)?.id).toBe(link.to);
        const target = link.target(MINIMAL[def.id] as PodRow, nothing);
        expect('none' in target ? target.none : target.label).not.toBe('');
      }
    });

    it('says something of every recorded row', () => {
      for (const row of [MINIMAL[def.id], ...recordedRows(def.table)] as PodRow[]) {
        for (const column of def.columns) checkColumn(column, row as never);
        for (const ctx of contexts) def.health(row, ctx);
      }
    });

    it('says something of any row', () => {
      fc.assert(
        fc.property(randomRows(MINIMAL[def.id] as PodRow), (row) => {
          for (const column of def.columns) checkColumn(column, row as never);
        }),
        { numRuns: 50 },
      );
    });

    it('describes any row', () => {
      fc.assert(
        fc.property(
          randomRows(MINIMAL[def.id] as PodRow),
          fc.constantFrom(...contexts),
          (one, ctx) => {
            const row = one as PodRow;
            for (const { lines } of def.describe({
              row,
              object: null,
              events: null,
              query: nothing,
              ctx,
            })) {
              const text = JSON.stringify(lines);
              expect(text).not.toMatch(/NaN|Infinity|undefined/);
            }
          },
        ),
        { numRuns: 30 },
      );
    });

    it('describes a row of which nothing more is known', () => {
      for (const ctx of contexts) {
        const row = MINIMAL[def.id] as PodRow;
        const sections = def.describe({ row, object: null, events: null, query: nothing, ctx });
        expect(sections.length).toBeGreaterThan(0);
        for (const { title, lines } of sections) {
          expect(title).not.toBe('');
          expect(lines.length).toBeGreaterThan(0);
        }
      }
    });
  });
});

const withParts = definitions.flatMap((def) =>
  def.enter?.is === 'parts' ? [{ id: def.id, def, parts: def.enter.parts }] : [],
);

describe.each(withParts)('parts of $id', ({ def, parts }) => {
  it('have a name of their own, and columns that fit 80 columns', () => {
    expect(resources.resolve(parts.id, null).found).toBe('none');
    const narrow = parts.columns.filter(({ tier }) => tier === 0);
    expect(narrow.reduce((sum, { min }) => sum + min + 1, -1)).toBeLessThanOrEqual(NARROW);
  });

  it('say something of every part of every recorded row', () => {
    for (const row of [MINIMAL[def.id], ...recordedRows(def.table)] as PodRow[]) {
      const rows = parts.rows({ row, object: null, query: nothing });
      for (const part of rows)
        for (const column of parts.columns) checkColumn(column, part as never);
    }
  });
});
