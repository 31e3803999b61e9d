import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HealthLevel } from '../../src/domain/health.ts';
import type { BaseRow } from '../../src/domain/rows.ts';
import { ANY_FOUND } from '../../src/resources/found.ts';
import { RESOURCES } from '../../src/resources/index.ts';
import { comparator } from '../../src/ui/table/order.ts';
import { clusterRow } from '../support/rows.ts';
import { generic, MINIMAL, randomRows, recordedRows } from './sample-rows.ts';

const NOW = Date.UTC(2026, 10, 24, 4, 4, 6);
const ctx = { now: NOW, time: 'age' } as const;
/** When all that has a term is over. */
const EVER = { now: Number.MAX_SAFE_INTEGER, time: 'age' } as const;

const definitions = [...RESOURCES, ANY_FOUND].map(generic);

/** Their state is a name: nothing of it is broken. */
const NAMES: ReadonlySet<string> = new Set(['records']);

describe('the key of states', () => {
  const states = definitions.flatMap((def) => {
    const column = def.columns.find(({ tells, sortKey }) => tells === 'state' && sortKey === 'S');
    return column === undefined || NAMES.has(def.id) ? [] : [{ ...def, column }];
  });

  it.each(states)('of $id compares more than words', ({ column }) => {
    expect(column.sortBy).toBeDefined();
  });

  it.each(states)('sorts $id with what is broken first', (def) => {
    const levels = (row: never): readonly HealthLevel[] =>
      [ctx, EVER].map((at) => def.health(row, at).level);
    const compare = comparator(
      def.columns,
      { column: def.column.id, descending: def.column.descending ?? false },
      ctx,
    );
    const seeds = [MINIMAL[def.id] ?? MINIMAL[def.table], ...recordedRows(def.table)].flatMap(
      (row) => row ?? [],
    );
    for (const seed of seeds) {
      const rows = fc
        .sample(randomRows(seed), { numRuns: 200, seed: 7 })
        .map((row): BaseRow => ({ ...row, gone: 0 })) as never[];
      const broken = rows.filter((row) => levels(row)[0] === 'bad');
      const well = rows.filter((row) => levels(row).every((level) => level === 'ok'));
      for (const bad of broken) for (const ok of well) expect(compare(bad, ok)).toBeLessThan(0);
    }
  });
});

/** A part of a whole, a share, an amount with its unit: what letters do not sort. */
const COUNTED = /^-?\d+(\.\d+)?( ?(%|[kKMGTP]i?B?|m|d|h)$|\/\d+$)/;

describe('what is counted', () => {
  it.each(definitions)('in $id is compared by its numbers', (def) => {
    const seeds = [MINIMAL[def.id] ?? MINIMAL[def.table], ...recordedRows(def.table)].flatMap(
      (row) => row ?? [],
    );
    const rows = seeds.flatMap((row) => [
      row,
      ...fc.sample(randomRows(row), { numRuns: 20, seed: 7 }),
    ]);
    for (const column of def.columns) {
      for (const row of rows as never[]) {
        const value = column.value(row, ctx);
        if (typeof value !== 'string' || !COUNTED.test(value)) continue;
        expect(column.sortBy, `${column.id}: ${value}`).toBeDefined();
        const key = column.sortBy?.(row) ?? null;
        if (key !== null) expect(typeof key, `${column.id}: ${value}`).toBe('number');
      }
    }
  });
});

describe('clusters by status', () => {
  const day = (month: number): number => Date.UTC(2026, month, 1);
  const names = (): readonly string[] => {
    const clusters = RESOURCES.find(({ id }) => id === 'clusters');
    if (clusters === undefined) throw new Error('no clusters');
    const rows = [
      clusterRow({ name: 'far', standardSupportEnd: day(20) }),
      clusterRow({ name: 'context', standardSupportEnd: null }),
      clusterRow({ name: 'extended', standardSupportEnd: day(2), extendedSupportEnd: day(14) }),
      clusterRow({ name: 'denied', error: 'needs eks:DescribeCluster' }),
      clusterRow({ name: 'soon', standardSupportEnd: day(12), status: 'UPDATING' }),
      clusterRow({ name: 'broken', status: 'FAILED', standardSupportEnd: day(30) }),
    ];
    const compare = comparator(
      generic(clusters).columns,
      { column: 'status', descending: false },
      ctx,
    );
    return (rows as never[]).sort(compare).map(({ name }: BaseRow) => name);
  };

  it('stand as they need a look: broken, not read, then what is out of support first', () => {
    expect(names()).toEqual(['broken', 'denied', 'extended', 'soon', 'far', 'context']);
  });
});
