import { expect, it } from 'vitest';
import { decoderOf } from '../../src/domain/tables/index.ts';
import { apiservices } from '../../src/resources/apiservices.ts';
import { objectsOf, tableOf } from './fixtures.ts';

const rows = objectsOf('apiservices').map((object) => decoderOf('apiservices').json(object));
const ctx = { now: Date.parse('2026-11-30T08:00:00Z'), time: 'age' } as const;

it('are printed as a real API server does', () => {
  const printed = (row: (typeof rows)[number]): string =>
    row.available === true ? 'True' : `False (${row.reason})`;
  expect(tableOf('apiservices')).toMatchObject(
    rows.map((row) => ({
      Name: row.name,
      Service: row.service || 'Local',
      Available: printed(row),
    })),
  );
});

it('are broken where nobody serves them, and say of what nothing can be read', () => {
  const dead = rows.find(({ name }) => name === 'v1.dead.example.com');
  if (dead === undefined) throw new Error('it is not recorded');
  expect(apiservices.health(dead, ctx)).toEqual({
    level: 'bad',
    cause: 'ServiceNotFound: service/nosvc in "lab" is not present',
  });
  const broken = rows.filter((row) => apiservices.health(row, ctx).level !== 'ok');
  expect(broken).toEqual([dead]);
});
