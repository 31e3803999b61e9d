import { describe, expect, it } from 'vitest';
import type { FoundColumn, FoundRow } from '../../../../src/domain/kinds.ts';
import type { KindRef } from '../../../../src/domain/ref.ts';
import { recorded } from '../../../recorded/fixtures.ts';
import { recordingSink } from '../../../support/recording-sink.ts';
import { openPort, until } from './open-port.ts';
import { json, type Answer } from './tls-server.ts';

const WIDGETS: KindRef = {
  group: 'alpha.example.com',
  version: 'v1',
  resource: 'widgets',
  kind: 'Widget',
  namespaced: true,
};

/** Follows a kind of a server that answers with `answer`. */
async function follow(answer: Answer, kind = WIDGETS) {
  const opened = await openPort(answer);
  const sink = recordingSink<FoundRow>();
  const columns: (readonly FoundColumn[])[] = [];
  opened.port.watchKind(
    kind,
    { namespace: '' },
    {
      ...sink,
      columns: (told) => columns.push(told),
    },
  );
  const rows = () =>
    [...sink.rows.values()]
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(({ cells }) => cells.slice(0, 4));
  return { ...opened, sink, columns, rows };
}

const isStreaming = (url: string): boolean => url.includes('sendInitialEvents');
const stream = (response: Parameters<Answer>[1], body: string | Buffer) =>
  response.writeHead(200, { 'Content-Type': 'application/json' }).write(body);

const column = (name: string, more: object = {}) => ({
  ...{ name, type: 'string', format: '', description: '', priority: 0 },
  ...more,
});
const table = (columns: readonly object[] | null, rows: readonly unknown[], version = '7') => ({
  kind: 'Table',
  metadata: { resourceVersion: version },
  columnDefinitions: columns,
  rows,
});
const row = (name: string, ...cells: readonly unknown[]) => ({
  cells: [name, ...cells],
  object: { metadata: { name, namespace: 'shop', uid: name, resourceVersion: '7' } },
});
const event = (type: string, object: unknown): string => `${JSON.stringify({ type, object })}\n`;
const END = { 'k8s.io/initial-events-end': 'true' };
const end = (columns: readonly object[] | null): string =>
  event(
    'BOOKMARK',
    table(columns, [
      { cells: [''], object: { metadata: { resourceVersion: '7', annotations: END } } },
    ]),
  );

describe('a kind is followed as the server prints it', () => {
  it('as a real server does, from its first list to what changes', async () => {
    const { sink, columns, rows, seen } = await follow(({ url }, response) => {
      const file = isStreaming(url) ? 'widgets.watchlist.table.jsonl' : 'widgets.watch.table.jsonl';
      stream(response, recorded(file));
      if (isStreaming(url)) response.end();
    });
    await sink.until(({ rows: known }) => known.size === 3);
    expect(columns).toHaveLength(1);
    expect(columns[0]?.map(({ name, type, priority }) => [name, type, priority])).toEqual([
      ['Name', 'string', 0],
      ['Size', 'integer', 0],
      ['Ratio', 'number', 0],
      ['On', 'boolean', 0],
      ['Color', 'string', 0],
      ['Ready', 'string', 0],
      ['Tags', 'string', 0],
      ['Tag', 'string', 1],
      ['Map', 'string', 1],
      ['Due', 'date', 1],
      ['Age', 'date', 0],
    ]);
    expect(rows()).toEqual([
      ['four', null, null, null],
      ['one', 4, 1.5, true],
      ['two', 12345678901, 2, false],
    ]);
    const one = [...sink.rows.values()].find(({ name }) => name === 'one');
    expect(one).toMatchObject({ kind: WIDGETS, namespace: 'default', labels: { a: 'b' } });
    expect(seen[0]?.headers.accept).toBe(
      'application/json;as=Table;v=v1;g=meta.k8s.io,application/json',
    );
  });

  it('page by page where the server has no streaming list', async () => {
    const { sink, columns, rows } = await follow(({ url }, response) => {
      if (isStreaming(url)) json(response, { kind: 'Status', message: 'no' }, 422);
      else if (url.includes('watch=1')) stream(response, '\n');
      else response.end(recorded('widgets.table.json'));
    });
    await sink.until(({ last }) => last?.state === 'live');
    expect(columns).toHaveLength(1);
    expect(rows()).toHaveLength(4);
  });

  it('of which nothing is there: its columns are known all the same', async () => {
    const { sink, columns } = await follow((_seen, response) =>
      stream(response, end([column('Name')])),
    );
    await sink.until(({ last }) => last?.state === 'live');
    expect(columns).toEqual([[column('Name')]]);
  });

  it('that cannot be watched: asked for now and then', async () => {
    const { sink, seen, clock, rows } = await follow(
      ({ url }, response) => {
        if (url.includes('watch=1')) json(response, { kind: 'Status', message: 'no' }, 405);
        else response.end(recorded('componentstatuses.table.json'));
      },
      { ...WIDGETS, group: '', resource: 'componentstatuses', namespaced: false },
    );
    await sink.until(({ last }) => last?.state === 'live');
    expect(rows().map(([name]) => name)).toEqual(['controller-manager', 'etcd-0', 'scheduler']);
    expect(seen).toHaveLength(2);
    clock.advance(30_000);
    await until(() => seen.length === 3);
    expect(seen[2]?.url).not.toContain('watch');
  });
});

describe('a kind that is defined anew', () => {
  const BEFORE = [column('Name'), column('Old')];
  const AFTER = [column('Name'), column('Young'), column('New')];

  /** A server that lists two rows, at first in two columns, then in three. */
  async function defined(onWatch: (response: Parameters<Answer>[1]) => void) {
    const lists: Parameters<Answer>[1][] = [];
    const followed = await follow(({ url }, response) => {
      if (!isStreaming(url)) {
        onWatch(response);
        return;
      }
      lists.push(response);
      const [columns, cells] = lists.length === 1 ? [BEFORE, [1]] : [AFTER, [2, 3]];
      stream(response, event('ADDED', table(columns, [row('a', ...cells)])));
      response.write(event('ADDED', table(null, [row('b', ...cells)])) + end(null));
    });
    await followed.sink.until(({ last }) => last?.state === 'live');
    return { ...followed, endWatch: () => lists[0]?.end(), lists };
  }

  const RENEWED = [
    ['a', 2, 3],
    ['b', 2, 3],
  ];

  it('is listed again where a watch brings rows of other columns', async () => {
    const { columns, rows, clock, endWatch } = await defined((response) =>
      stream(response, event('MODIFIED', table(AFTER, [row('a', 2, 3)], '8'))),
    );
    // Its time is over.
    clock.advance(300_000);
    endWatch();
    await until(() => columns.length === 2 && rows().flat().length === 6);
    expect(columns).toEqual([BEFORE, AFTER]);
    expect(rows()).toEqual(RENEWED);
  });

  it('is listed again where a watch ends before its time', async () => {
    const { columns, rows, clock, endWatch, lists } = await defined(() => undefined);
    clock.advance(5_000);
    endWatch();
    await until(() => columns.length === 2 && rows().flat().length === 6);
    expect(rows()).toEqual(RENEWED);
    expect(lists).toHaveLength(2);
  });
});

describe('a server that does not print', () => {
  const plain = (name: string) => ({
    kind: 'Widget',
    metadata: { name, uid: name, creationTimestamp: '2026-01-01T00:00:00Z', resourceVersion: '7' },
    spec: { size: 1 },
  });

  it('has names and ages', async () => {
    const { sink, columns, rows } = await follow(({ url }, response) => {
      if (isStreaming(url)) json(response, { kind: 'Status', message: 'no' }, 422);
      else if (url.includes('watch=1')) stream(response, event('ADDED', plain('b')));
      else json(response, { metadata: { resourceVersion: '7' }, items: [plain('a')] });
    });
    await sink.until(({ rows: known }) => known.size === 2);
    expect(columns.map((told) => told.map(({ name }) => name))).toEqual([['Name', 'Age']]);
    expect(rows()).toEqual([
      ['a', '2026-01-01T00:00:00Z'],
      ['b', '2026-01-01T00:00:00Z'],
    ]);
  });

  it('what changes, though its lists are printed', async () => {
    const { sink, columns, rows } = await follow(({ url, headers }, response) => {
      const printed = headers.accept?.includes('as=Table') === true;
      if (isStreaming(url)) json(response, { kind: 'Status', message: 'no' }, 422);
      else if (url.includes('watch=1')) stream(response, event('ADDED', plain('b')));
      else if (printed) json(response, table([column('Name'), column('Size')], [row('a', 1)]));
      else json(response, { metadata: { resourceVersion: '7' }, items: [plain('a'), plain('b')] });
    });
    await until(() => columns.length === 2 && rows().length === 2);
    await sink.until(({ last }) => last?.state === 'live');
    expect(columns.at(-1)?.map(({ name }) => name)).toEqual(['Name', 'Age']);
  });
});

it('what is beyond all measure is cut, what is no text is made one, and secrets are left out', async () => {
  const cells = ['x'.repeat(100_000), { a: [1] }, 'password=hunter2hunter2', undefined, 1e300];
  const columns = Array.from({ length: 500 }, (_, i) => column('n'.repeat(1_000), { priority: i }));
  const { sink, columns: told } = await follow((_seen, response) =>
    stream(response, event('ADDED', table(columns, [row('a', ...cells)])) + end(null)),
  );
  await sink.until(({ last }) => last?.state === 'live');
  expect(told[0]).toHaveLength(100);
  expect(told[0]?.[0]?.name).toHaveLength(100);
  const [name, long, ...others] = [...sink.rows.values()][0]?.cells ?? [];
  expect(name).toBe('a');
  expect(String(long).length).toBeLessThan(5_000);
  expect(others).toEqual(['{"a":[1]}', 'password=•••', null, 1e300]);
});
