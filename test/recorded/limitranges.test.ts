import { expect, it } from 'vitest';
import { plain } from '../../src/core/styled.ts';
import { decoderOf } from '../../src/domain/tables/index.ts';
import { cellOf } from '../../src/resources/cell-of.ts';
import { limitranges as pane } from '../../src/resources/limitranges.ts';
import { objectsOf, tableOf } from './fixtures.ts';

const rows = objectsOf('limitranges').map((object) => decoderOf('limitranges').json(object));
const ctx = { now: 0, time: 'age' } as const;

it('are printed as a real API server does', () => {
  expect(tableOf('limitranges')).toEqual(
    rows.map(({ name, created }) => ({
      Name: name,
      'Created At': new Date(created).toISOString().replace('.000', ''),
    })),
  );
});

it('say what containers get, and what is refused', () => {
  const told = ['defaults', 'max', 'min', 'maxRatio'].map((id) =>
    rows.map((row) => {
      const column = pane.columns.find((each) => each.id === id);
      return column === undefined ? '' : plain(cellOf(column, row, ctx));
    }),
  );
  expect(told).toEqual([
    ['cpu 100m/500m, memory 128Mi/512Mi', '-'],
    ['container cpu 4, memory 8Gi; pod cpu 8; claim storage 500Gi', 'pod memory 16Gi'],
    ['container cpu 10m; claim storage 1Gi', '-'],
    ['container cpu 10', '-'],
  ]);
});
