import { expect, it } from 'vitest';
import { namespaceHealth } from '../../src/domain/health.ts';
import { decoderOf } from '../../src/domain/tables/index.ts';
import { whyNamespace } from '../../src/domain/why/namespace.ts';
import { objectsOf, tableOf } from './fixtures.ts';

const MINUTE = 60_000;
const rows = objectsOf('namespaces').map((object) => decoderOf('namespaces').json(object));
const held = rows.filter(({ held: holds }) => holds.length > 0);
const [row] = held;
if (row === undefined) throw new Error('none that is held up is recorded');

it('are printed as a real API server does', () => {
  expect(tableOf('namespaces')).toMatchObject(
    rows.map(({ name, phase }) => ({ Name: name, Status: phase })),
  );
});

it('say on their line what keeps them from being gone, and for how long that is all right', () => {
  expect(held.map(({ name }) => name)).toEqual(['held']);
  const cause = 'dead.example.com/v1 does not answer';
  expect(namespaceHealth(row, row.deleting + MINUTE)).toEqual({ level: 'busy', cause });
  expect(namespaceHealth(row, row.deleting + 10 * MINUTE)).toEqual({ level: 'warn', cause });
});

it('say why with the API that does not answer, and with their finalizers', () => {
  const found = whyNamespace(row);
  expect(found?.sentence).toBe(
    'it is not gone yet: dead.example.com/v1 does not answer; finalizers: example.com/hold in 1 resource instances',
  );
  expect(found?.evidence[0]).toMatchObject({
    source: 'apiservice v1.dead.example.com',
    about: { kind: 'APIService', name: 'v1.dead.example.com' },
  });
  expect(found?.next).toHaveLength(2);
});

it('that are only being emptied have no cause', () => {
  expect(whyNamespace({ ...row, held: [] })).toBeNull();
  expect(whyNamespace({ ...row, deleting: 0 })).toBeNull();
  const [, , remaining] = row.held;
  if (remaining === undefined) throw new Error('it is not told what is left');
  expect(whyNamespace({ ...row, held: [remaining] })?.sentence).toContain(
    'still there: configmaps',
  );
});
