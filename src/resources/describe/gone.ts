/** What there is to say of an object that is gone, before its last state. */
import type { BaseRow } from '../../domain/rows.ts';
import { cellOf } from '../cell-of.ts';
import type { Column, RowContext, Section } from '../define.ts';
import { when } from './common.ts';

/** Since when it is gone, its last words, and what the rest of a description then is; null while it is there. */
export function goneSection<Row extends BaseRow>(
  columns: readonly Column<Row>[],
  row: Row,
  ctx: RowContext,
): Section | null {
  if (row.gone === 0) return null;
  const state = columns.find(({ tells }) => tells === 'state');
  return {
    title: 'Gone',
    lines: [
      ...(state ? [['State', cellOf(state, row, ctx)] as const] : []),
      ['Left', when(row.gone, ctx)],
      ['Below', 'its last state as it was seen, and the events that the API still has'],
    ],
  };
}
