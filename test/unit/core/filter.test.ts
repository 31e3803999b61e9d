import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFilter, type FilterFields } from '../../../src/core/filter.ts';
import type { FilterColumn } from '../../../src/core/filter-value.ts';

const NOW = Date.UTC(2026, 10, 24);
const ago = (ms: number): string => new Date(NOW - ms).toISOString();

interface Row {
  readonly name: string;
  readonly namespace: string;
  readonly status: string;
  readonly restarts: number;
  readonly created: string;
  readonly cpu: number | null;
  readonly version: string;
  readonly labels: Readonly<Record<string, string>>;
}

const rows: readonly Row[] = [
  {
    name: 'api-7d9f-x2x',
    namespace: 'shop',
    status: 'Running',
    restarts: 0,
    created: ago(3 * 3_600_000),
    cpu: 0.012,
    version: 'v1.34.2',
    labels: { app: 'api', tier: 'back' },
  },
  {
    name: 'api-7d9f-zz1',
    namespace: 'shop',
    status: 'CrashLoopBackOff',
    restarts: 17,
    created: ago(9 * 60_000),
    cpu: null,
    version: 'v1.33.0',
    labels: { app: 'api', canary: '' },
  },
  {
    name: 'web-0',
    namespace: 'front',
    status: 'Running',
    restarts: 2,
    created: ago(40 * 86_400_000),
    cpu: 1.5,
    version: 'v1.9.0',
    labels: { app: 'web', tier: 'front' },
  },
];

const column = (
  id: keyof Omit<Row, 'labels'>,
  unit: FilterColumn<Row>['unit'] = null,
): [string, FilterColumn<Row>] => [
  id,
  {
    id,
    name: id,
    unit,
    value: (row) => row[id],
    shown: (row) => (unit === 'time' ? '9m' : `‹${String(row[id])}›`),
  },
];

const fields: FilterFields<Row> = {
  haystack: (row) => `${row.namespace}\n${row.name}\n${row.status}\n`,
  name: (row) => `${row.namespace}/${row.name}`,
  labels: (row) => row.labels,
  columns: new Map([
    column('name'),
    column('namespace'),
    column('status'),
    column('restarts'),
    column('created', 'time'),
    column('cpu', 'cores'),
    column('version'),
  ]),
  now: () => NOW,
};

/** Indexes of the rows that the filter keeps. */
function kept(text: string): readonly number[] {
  const filter = parseFilter(text, fields);
  if (!filter.ok) throw new Error(filter.error);
  return rows.flatMap((row, i) => (filter.test(row) ? [i] : []));
}

describe('a filter', () => {
  it.each<[string, readonly number[]]>([
    ['', [0, 1, 2]],
    ['  ', [0, 1, 2]],
    ['api', [0, 1]],
    ['API', [0, 1]],
    ['^web', [2]],
    ['z{2}|web', [1, 2]],
    ['api crash', [1]],
    ['api !crash', [0]],
    ['!api', [2]],
    ['"api-7d9f"', [0, 1]],
    ['"."', []],
    ['!"crash"', [0, 2]],
    ['-f a9x', [0]],
    ['-f shz1', [1]],
    ['-l app=api', [0, 1]],
    ['-l app==web', [2]],
    ['-l tier!=back', [1, 2]],
    ['-l tier', [0, 2]],
    ['-l !tier', [1]],
    ['-l app in (web, db)', [2]],
    ['-l app notin (web),tier', [0]],
    ['-l app=api,canary crash', [1]],
    ['-l "app in (api)" x2x', [0]],
    ['status:run', [0, 2]],
    ['status:=running', [0, 2]],
    ['STATUS:run', [0, 2]],
    ['!status:run', [1]],
    ['status:!=Running', [1]],
    ['status:~^C.*Off$', [1]],
    ['status:"crashloop"', [1]],
    ['status:^run', [0, 2]],
    ['status:run$', []],
    ['status:C.*Off$', [1]],
    ['status:!run', [1]],
    ['status:!~^run', [1]],
    ['!status:!run', [0, 2]],
    ['status:‹run', [0, 2]],
    ['name:^api|^web', [0, 1, 2]],
    ['version:1.9', [2]],
    // What is not known is neither the one nor its opposite.
    ['cpu:!12m', [2]],
    ['!cpu:>100m', [0]],
    ['!cpu:?', [0, 2]],
    ['restarts:2', [2]],
    ['restarts:>2', [1]],
    ['restarts:>=2', [1, 2]],
    ['restarts:<1', [0]],
    ['created:>1h', [0, 2]],
    ['created:<10m', [1]],
    ['created:^9', [0, 1, 2]],
    ['cpu:>100m', [2]],
    ['cpu:12m', [0]],
    ['cpu:<2', [0, 2]],
    ['cpu:?', [1]],
    ['version:>1.33', [0, 1]],
    ['version:<1.10', [2]],
  ])('%j keeps %j', (text, expected) => {
    expect(kept(text)).toEqual(expected);
  });

  it.each(['!', '-l', '-l ', '-f ', 'status:', 'restarts:>', '"', '! '])(
    'keeps all while %j is being typed',
    (text) => {
      expect(kept(text)).toEqual([0, 1, 2]);
    },
  );

  it.each([
    ['(api', 0, 'Unterminated group'],
    ['web (', 4, 'Unterminated group'],
    ['status:~[', 0, 'Unterminated character class'],
    ['status:run(', 0, 'Unterminated group'],
    ['restarts:>many', 0, 'with a number or a version'],
    ['created:>soon', 0, 'a time such as'],
    ['cpu:>lots', 0, 'cores such as'],
    ['-l app in (a', 0, 'not closed'],
    ['-l =', 0, 'label is missing'],
  ])('%j is wrong at %i: %s', (text, at, error) => {
    const filter = parseFilter(text, fields);
    expect(filter).toMatchObject({ ok: false, at });
    expect(filter.ok ? '' : filter.error).toContain(error);
  });

  it('refuses an unknown column, names the nearest, and how text with a colon is looked for', () => {
    expect(parseFilter('api statsu:run', fields)).toMatchObject({
      ok: false,
      at: 4,
      error:
        'no column statsu, did you mean status? · text with a colon goes in quotes: "statsu:run"',
    });
    expect(parseFilter('nginx:1.25', fields)).toMatchObject({
      ok: false,
      error: 'no column nginx · text with a colon goes in quotes: "nginx:1.25"',
    });
    expect(parseFilter('"nginx:1.25"', fields)).toMatchObject({ ok: true });
  });

  it('names the columns that it asks for, and looks for its words in any text', () => {
    const filter = parseFilter('cpu:>1 !status:run api "x2x" !web -l app', fields);
    if (!filter.ok) throw new Error(filter.error);
    expect(filter.columns).toEqual(['cpu', 'status']);
    expect(filter.words.map((word) => word('API x2'))).toEqual([true, false]);
  });

  it('refuses labels where rows have none', () => {
    expect(parseFilter('-l app', { ...fields, labels: null })).toMatchObject({
      ok: false,
      error: 'nothing here has labels',
    });
  });

  it('never throws, and never accepts a row differently when asked again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const filter = parseFilter(text, fields);
        if (!filter.ok) return;
        for (const row of rows) expect(filter.test(row)).toBe(filter.test(row));
      }),
    );
  });
});
