import { expect, it } from 'vitest';
import { decoderOf } from '../../src/domain/tables/index.ts';
import { resourcequotas as pane } from '../../src/resources/resourcequotas.ts';
import { objectsOf, tableOf } from './fixtures.ts';

const rows = objectsOf('resourcequotas').map((object) => decoderOf('resourcequotas').json(object));
const ctx = { now: 0, time: 'age' } as const;

it('are printed as a real API server does', () => {
  const column = (id: string) => pane.columns.find((each) => each.id === id);
  expect(tableOf('resourcequotas')).toMatchObject(
    rows.map((row) => ({
      Name: row.name,
      Request: column('request')?.value(row, ctx),
      Limit: column('limit')?.value(row, ctx),
    })),
  );
});

it('name what is used up, and how much is used of what is nearest to its end', () => {
  const told = rows.map((row) => {
    const used = pane.columns.find(({ id }) => id === 'used')?.value(row, ctx);
    return [row.name, used, pane.health(row, ctx).cause];
  });
  expect(told).toEqual([
    ['batch', 30, ''],
    // No load balancer is allowed, and none is there: nothing is wrong with that.
    ['compute', 100, 'no more pods'],
    ['objects', 100, 'no more configmaps'],
  ]);
  expect(rows[0]?.scopes).toBe('NotTerminating, PriorityClass In high');
});
