import { expect, it } from 'vitest';
import { decoderOf } from '../../src/domain/tables/index.ts';
import { customresourcedefinitions } from '../../src/resources/customresourcedefinitions.ts';
import { objectsOf, tableOf } from './fixtures.ts';

const rows = objectsOf('customresourcedefinitions').map((object) =>
  decoderOf('customresourcedefinitions').json(object),
);
const ctx = { now: Date.parse('2026-11-29T08:00:00Z'), time: 'age' } as const;

it('names definitions as the server does', () => {
  expect(tableOf('customresourcedefinitions')).toMatchObject(
    rows.map(({ name }) => ({ Name: name })),
  );
});

it('says what is served, stored and converted, and which names are taken', () => {
  expect(rows.map((row) => [row.name, customresourcedefinitions.health(row, ctx)])).toEqual([
    ['gadgets.example.com', { level: 'bad', cause: 'ShortNamesConflict: "wd" is already in use' }],
    ['widgets.example.com', { level: 'ok', cause: '' }],
  ]);
  expect(rows[1]).toMatchObject({
    served: ['v1beta1', 'v1'],
    storage: 'v1',
    stored: ['v1'],
    deprecated: ['v1beta1'],
    conversion: 'Webhook',
    webhook: 'shop/widget-webhook',
  });
});

it('leads to the objects of the kind, unless it is not served', () => {
  const { enter } = customresourcedefinitions;
  const targets = rows.map((row) => enter?.is === 'link' && enter.target(row, null as never));
  expect(targets).toEqual([
    { none: expect.stringContaining('gadgets is not served') as string },
    { to: 'widgets.example.com', label: 'widgets' },
  ]);
});
