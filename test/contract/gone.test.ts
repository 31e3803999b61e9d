import { describe, expect, it } from 'vitest';
import { plain } from '../../src/core/styled.ts';
import type { BaseRow } from '../../src/domain/rows.ts';
import { cellOf } from '../../src/resources/cell-of.ts';
import { containerRows, containers } from '../../src/resources/containers.ts';
import type { Column, RowContext } from '../../src/resources/define.ts';
import { ANY_FOUND } from '../../src/resources/found.ts';
import { RESOURCES } from '../../src/resources/index.ts';
import { tableDef } from '../../src/domain/tables/index.ts';
import { container, podRow } from '../support/rows.ts';
import { generic, MINIMAL, recordedRows } from './sample-rows.ts';

const NOW = Date.UTC(2026, 10, 24, 4, 4, 6);
const ctx: RowContext = { now: NOW, time: 'age' };

/** The pane's resources whose rows stay for a while when they are gone. */
const kept = [...RESOURCES, ANY_FOUND]
  .filter(({ table }) => tableDef(table).keepsGone)
  .map(generic);

const shown = (column: Column<never>, row: unknown, at = ctx): string =>
  plain(cellOf(column, row as never, at));

function left(row: BaseRow): BaseRow {
  return { ...row, gone: NOW - 75_000 };
}

describe.each(kept)('a row of $id that is gone', (def) => {
  const columns: readonly Column<never>[] = def.columns;
  const rows = [MINIMAL[def.id], ...recordedRows(def.table)].flatMap((row) => row ?? []).map(left);
  const states = columns.filter(({ tells }) => tells === 'state');

  it('says so in the one column of its state, which is always shown and ticks', () => {
    expect(states.map(({ tier }) => tier)).toEqual([0]);
    for (const row of rows) {
      for (const column of states) {
        expect(shown(column, row)).toMatch(/^- gone 75s( · .+)?$/);
        expect(shown(column, row, { ...ctx, now: NOW + 1_000 })).toMatch(/^- gone 76s/);
        expect(column.value(row as never, ctx)).toBe('gone');
      }
    }
  });

  it('keeps who it was, and none of its figures', () => {
    for (const row of rows) {
      for (const column of columns) {
        if (column.tells === 'state') continue;
        if (column.tells === 'identity') {
          expect(column.value(row as never, ctx)).toEqual(
            column.value({ ...row, gone: 0 } as never, ctx),
          );
          expect(column.align ?? 'left').toBe(column.id === 'created' ? 'right' : 'left');
        } else {
          expect([column.id, shown(column, row)]).toEqual([column.id, '']);
          expect(column.value(row as never, ctx)).toBeNull();
        }
      }
    }
    expect(columns.find(({ id }) => id === 'name')?.tells).toBe('identity');
  });
});

describe('the last words of a row that is gone', () => {
  const pods = kept.find(({ id }) => id === 'pods');
  const status = pods?.columns.find(({ tells }) => tells === 'state');
  const words = (given: Partial<Parameters<typeof podRow>[0]>): string => {
    const row = podRow({ name: 'api', created: NOW - 3_600_000, ...given, gone: NOW - 75_000 });
    return status === undefined ? '' : shown(status, row);
  };

  it('are what was wrong with it', () => {
    expect(words({ status: 'CrashLoopBackOff', cause: 'OOMKilled 137', isReady: false })).toBe(
      '- gone 75s · OOMKilled 137',
    );
    expect(words({ status: 'ImagePullBackOff', isReady: false })).toBe(
      '- gone 75s · ImagePullBackOff',
    );
  });

  it('are none where it was well, or only being deleted', () => {
    expect(words({})).toBe('- gone 75s');
    expect(words({ status: 'Terminating', deleting: NOW - 90_000, isReady: false, ready: 0 })).toBe(
      '- gone 75s',
    );
  });

  it('are those of its containers too', () => {
    const pod = podRow({ name: 'api', gone: NOW - 75_000, containers: [container({ name: 'a' })] });
    const [row] = containerRows(pod);
    const texts = containers.columns.map((column) => shown(column as Column<never>, row));
    expect(texts.filter((text) => text.startsWith('- gone 75s'))).toHaveLength(1);
  });
});
