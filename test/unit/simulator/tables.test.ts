import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { encodeColumns, encodeRow } from '../../../src/simulator/kube-api/table.ts';
import { KUBE_TABLES } from '../../../src/domain/tables/index.ts';
import { humanDuration } from '../../../src/simulator/kube-api/tables/human.ts';
import { kindOf } from '../../../src/simulator/world/kinds.ts';
import type { BuiltIn } from '../../../src/simulator/world/kinds.ts';
import type { KubeObject } from '../../../src/simulator/world/objects.ts';
import { RECORDED } from '../../recorded/fixtures.ts';

/** What a real API server answered: the same objects as a list and as a Table. */
const ANSWERS: readonly (readonly [file: string, resource: BuiltIn])[] = [
  ...RECORDED.map((table) => [table, KUBE_TABLES[table].kind.resource as BuiltIn] as const),
  ['controllerrevisions', 'controllerrevisions'],
];

function read(name: string): unknown {
  const path = new URL(`../../fixtures/apiserver-1.36/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(path, 'utf8'));
}

interface Table {
  readonly columnDefinitions: readonly { name: string; type: string; priority: number }[];
  readonly rows: readonly { cells: readonly (string | number)[] }[];
}

/** Ages pass while a fixture is recorded: only that there is one can be compared. */
function withoutAges(cells: readonly (string | number)[]): (string | number)[] {
  return cells.map((cell) =>
    typeof cell === 'string' ? cell.replace(/\b(\d+[smhdy])+\b/g, 'AGE') : cell,
  );
}

describe('tables', () => {
  it.each(ANSWERS)('%s have the columns and cells of a real server', (file, resource) => {
    const list = read(file) as { items: KubeObject[] };
    const table = read(`${file}.table`) as Table;
    const kind = kindOf(resource);
    const columns = JSON.parse(encodeColumns(kind)) as Table['columnDefinitions'];
    expect(columns.map(({ name, priority, type }) => [name, priority, type])).toEqual(
      table.columnDefinitions.map(({ name, priority, type }) => [name, priority, type]),
    );
    const now = Date.parse('2026-12-01T00:00:00Z');
    const rows = new Map(table.rows.map(({ cells }) => [nameOf(table, cells), cells]));
    for (const object of list.items) {
      const row = JSON.parse(encodeRow(kind, object, now, 'None')) as Table['rows'][number];
      const recorded = rows.get(object.metadata.name);
      // The list may be a moment younger than the table.
      if (recorded) expect(shape(row.cells, file)).toEqual(shape(recorded, file));
    }
    expect(list.items.some((object) => rows.has(object.metadata.name))).toBe(true);
  });

  it('prints durations as kubectl does', () => {
    const cases: [number, string][] = [
      [0, '0s'],
      [119, '119s'],
      [120, '2m'],
      [192, '3m12s'],
      [600, '10m'],
      [10_799, '179m'],
      [10_800, '3h'],
      [18_120, '5h2m'],
      [86_400, '24h'],
      [172_800, '2d'],
      [280_800, '3d6h'],
      [691_200, '8d'],
      [63_072_000, '2y'],
    ];
    for (const [seconds, text] of cases) expect(humanDuration(seconds * 1000)).toBe(text);
  });
});

function nameOf(table: Table, cells: readonly (string | number)[]): string {
  return String(cells[table.columnDefinitions.findIndex(({ name }) => name === 'Name')]);
}

function shape(cells: readonly (string | number)[], file: string): (string | number)[] {
  const plain = withoutAges(cells);
  // The autoscaler's reading and a job's progress have moved between the two recordings.
  if (file === 'hpas') return plain.map((cell) => String(cell).replace(/\d+%\//, 'N%/'));
  return plain;
}
