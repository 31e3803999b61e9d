import { expect, it } from 'vitest';
import type { SecretRow } from '../../src/domain/tables/secrets.ts';
import { decoderOf } from '../../src/domain/tables/index.ts';
import { plain } from '../../src/core/styled.ts';
import { secrets } from '../../src/resources/secrets.ts';
import { rowOf } from '../support/rows.ts';
import { objectsOf, tableOf } from './fixtures.ts';

const DAY = 86_400_000;
const objects = objectsOf('secrets') as readonly { readonly data: Record<string, string> }[];
const rows = objects.map((object) => decoderOf('secrets').json(object));
const of = (name: string): SecretRow =>
  rows.find((row) => row.name === name) ?? rowOf('secrets', { name: 'none' });
const cell = (id: string, row: SecretRow, now = 0): string => {
  const column = secrets.columns.find((each) => each.id === id);
  return plain(column?.cell?.(row, { now, time: 'age' }) ?? '');
};

it('prints secrets as the server does', () => {
  expect(tableOf('secrets')).toMatchObject(
    rows.map(({ name, type, keys }) => ({ Name: name, Type: type, Data: keys.length })),
  );
});

it('keeps sizes and no value', () => {
  expect(of('plain').keys).toEqual([
    { name: 'empty', size: 0, binary: false },
    { name: 'password', size: 14, binary: false },
  ]);
  expect(of('fixed')).toMatchObject({ keys: [{ name: 'blob', size: 5, binary: true }] });
  const kept = JSON.stringify(rows);
  const values = objects.flatMap(({ data }) => Object.values(data)).filter(Boolean);
  for (const value of values) {
    expect(kept).not.toContain(value);
    expect(kept).not.toContain(Buffer.from(value, 'base64').toString());
  }
});

it('says what they are for', () => {
  expect(rows.map((row) => [row.name, cell('purpose', row)])).toEqual([
    ['fixed', '-'],
    ['plain', '-'],
    ['registry', 'registry logins'],
    ['sh.helm.release.v1.shop.v3', 'Helm shop v3 deployed'],
    ['web', 'TLS shop.example.com, *.shop.example.com'],
  ]);
  const token = { name: 'robot-token', type: 'kubernetes.io/service-account-token' };
  expect(cell('purpose', rowOf('secrets', { ...token, account: 'robot' }))).toBe('token of robot');
});

it('tells when a certificate ends, and before it does', () => {
  const web = of('web');
  const end = web.expires;
  const at = (now: number): readonly string[] => [
    secrets.health(web, { now, time: 'age' }).cause,
    cell('expires', web, now),
  ];
  expect(at(end - 60 * DAY)).toEqual(['', 'in 60d']);
  expect(at(end - 13 * DAY)).toEqual(['expires in 13d', '! in 13d']);
  expect(at(end + 3 * DAY)).toEqual(['expired 3d ago', '✗ 3d ago']);
});

it('says of a TLS secret that its certificate cannot be read', () => {
  const object = { type: 'kubernetes.io/tls', data: { 'tls.crt': 'bm8gY2VydGlmaWNhdGU=' } };
  const row = decoderOf('secrets').json({ metadata: { name: 'web' }, ...object });
  expect(secrets.health(row, { now: 0, time: 'age' }).cause).toBe('tls.crt is no certificate');
});
