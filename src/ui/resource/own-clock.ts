import type { BaseRow } from '../../domain/rows.ts';
import type { Column, RowContext } from '../../resources/define.ts';
import type { RowResource } from './row-resource.ts';

/**
 * A resource whose rows come from several servers, each with a clock of its own: ages, and what is
 * wrong since when, are reckoned with the time there.
 * @param ahead how far the clock of a row's server is before this machine's (ms)
 */
export function onOwnClocks(def: RowResource, ahead: (row: BaseRow) => number): RowResource {
  const there = (row: BaseRow, ctx: RowContext): RowContext => {
    const by = ahead(row);
    return by === 0 ? ctx : { ...ctx, now: ctx.now + by };
  };
  const onOwn = ({ cell, value, ...column }: Column<BaseRow>): Column<BaseRow> => ({
    ...column,
    value: (row, ctx) => value(row, there(row, ctx)),
    ...(cell && { cell: (row, ctx) => cell(row, there(row, ctx)) }),
  });
  return {
    ...def,
    ahead,
    health: (row, ctx) => def.health(row, there(row, ctx)),
    columns: def.columns.map(onOwn),
  };
}
