import { expect, it } from 'vitest';
import { decoderOf } from '../../src/domain/tables/index.ts';
import { objectsOf, tableOf } from './fixtures.ts';

it('are printed as a real API server does', () => {
  const rows = objectsOf('priorityclasses').map((object) =>
    decoderOf('priorityclasses').json(object),
  );
  expect(tableOf('priorityclasses')).toMatchObject(
    rows.map((row) => ({
      Name: row.name,
      Value: row.value,
      'Global-Default': row.globalDefault,
      PreemptionPolicy: row.preemption,
    })),
  );
  expect(rows.find(({ name }) => name === 'batch')).toMatchObject({
    value: -10,
    description: 'Work that waits.',
  });
});
