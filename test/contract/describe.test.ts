import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plain, type Cell } from '../../src/core/styled.ts';
import { IDLE } from '../../src/domain/status.ts';
import type { PodRow } from '../../src/domain/rows.ts';
import type { KubeObject } from '../../src/ports/kube.ts';
import type { Query } from '../../src/ports/query.ts';
import type { Section } from '../../src/resources/define.ts';
import { RESOURCES } from '../../src/resources/index.ts';
import { generic, MINIMAL, recordedRows } from './sample-rows.ts';

const ctx = { now: Date.UTC(2026, 10, 24, 4, 4, 6), time: 'age' } as const;

/** The recorded cluster, as the store would answer. */
const tables = new Map(
  RESOURCES.map(({ table }) => [table as string, recordedRows(table)] as const),
);
const query: Query = {
  get: (table, uid) => tables.get(table)?.find((row) => row.uid === uid) as never,
  named: (table, namespace, name) =>
    tables.get(table)?.find((row) => row.name === name && row.namespace === namespace) as never,
  rows: (table) => (tables.get(table) ?? []) as never,
  size: () => 0,
  columns: () => [],
  status: () => ({ ...IDLE, state: 'live', synced: true }),
};

function recordedObjects(table: string): readonly KubeObject[] {
  try {
    const file = new URL(`../fixtures/apiserver-1.36/${table}.json`, import.meta.url);
    return (JSON.parse(readFileSync(file, 'utf8')) as { items: KubeObject[] }).items;
  } catch {
    return [];
  }
}

/** Every line has text that is text, and no section is empty. */
function checkSections(sections: readonly Section[]): void {
  expect(sections.length).toBeGreaterThan(0);
  for (const { title, lines } of sections) {
    expect(title).not.toBe('');
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) {
      const labelled = typeof line !== 'string' && typeof line[0] === 'string';
      const cell = labelled ? (line as readonly [string, Cell])[1] : (line as Cell);
      expect(plain(cell)).toBeTypeOf('string');
      expect(plain(cell)).not.toMatch(/undefined|\[object|NaN/);
    }
  }
}

/** The value with random parts of it replaced by something else entirely. */
function mangled(value: unknown): fc.Arbitrary<unknown> {
  const other = fc.constantFrom<unknown>(null, '', 'x', 7, true, [], {}, [null], [['a']], { a: 1 });
  if (Array.isArray(value)) {
    return fc.oneof(
      { weight: 9, arbitrary: fc.tuple(...value.map(mangled)) },
      { weight: 1, arbitrary: other },
    );
  }
  if (typeof value !== 'object' || value === null) {
    return fc.oneof({ weight: 19, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: other });
  }
  const fields = Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, mangled(inner)] as const),
  );
  return fc.oneof({ weight: 19, arbitrary: fc.record(fields) }, { weight: 1, arbitrary: other });
}

describe.each(RESOURCES.filter(({ ref }) => ref !== undefined).map(generic))(
  'describe of $id',
  (def) => {
    const objects = recordedObjects(def.table);
    const rows = recordedRows(def.table);
    const events = recordedObjects('events');

    it('says something of every recorded object', () => {
      for (const [i, object] of objects.entries()) {
        const row = rows[i] as PodRow;
        checkSections(def.describe({ row, object, events, query, ctx }));
      }
    });

    it('survives objects that are not as they should be', () => {
      const object = objects[0] ?? { metadata: { name: 'x' } };
      const row = (rows[0] ?? MINIMAL[def.id]) as PodRow;
      const { metadata, ...rest } = object;
      fc.assert(
        fc.property(mangled(rest), mangled(events.slice(0, 2)), (random, some) => {
          const strange = { ...(random as object), metadata } as KubeObject;
          const list = Array.isArray(some)
            ? some.map((one) => ({ metadata, ...(one as object) }))
            : null;
          checkSections(def.describe({ row, object: strange, events: list, query, ctx }));
        }),
        { numRuns: 40 },
      );
    });
  },
);
