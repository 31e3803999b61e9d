import { expect, it } from 'vitest';
import { decoderOf } from '../../src/domain/tables/index.ts';
import { objectsOf, tableOf } from './fixtures.ts';

const rows = objectsOf('configmaps').map((object) => decoderOf('configmaps').json(object));

it('counts the data of config maps as the server does', () => {
  expect(tableOf('configmaps')).toMatchObject(
    rows.map(({ name, keys }) => ({ Name: name, Data: keys.length })),
  );
});

it('tells the sizes of values and which are no text, and keeps no value', () => {
  const keys = Object.fromEntries(rows.map((row) => [row.name, row.keys]));
  expect(keys).toMatchObject({
    blobs: [
      { name: 'blob.bin', size: 300, binary: true },
      { name: 'note', size: 1, binary: false },
    ],
    empty: [],
    settings: [
      { name: 'APP_ENV', size: 10, binary: false },
      // é is two bytes.
      { name: 'app.yaml', size: 22, binary: false },
    ],
  });
  expect(rows.find(({ immutable }) => immutable)?.name).toBe('fixed');
  expect(JSON.stringify(rows)).not.toContain('production');
});
