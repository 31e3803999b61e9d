/** Rows as lines of text: a table as wide as what it says, or as a terminal that shows it. */
import { plain } from '../core/styled.ts';
import { fit, pad, sanitize, textWidth, truncateMiddle } from '../core/text.ts';
import { cellOf } from '../resources/cell-of.ts';
import type { Column, RowContext } from '../resources/define.ts';
import { planColumns } from '../ui/table/columns.ts';
import { ColumnWidths } from '../ui/table/widths.ts';

/** A longer text does not widen its column for all rows: it only moves the rest of its own. */
const LONG = 64;
const GAP = '   ';

/** Which columns there are, and how wide: settled by the first rows. */
export interface TextTable<Row> {
  readonly head: string;
  /** One row as a line, without a line break. */
  readonly line: (row: Row, ctx: RowContext) => string;
}

/** A table that says everything. Names are whole, so that other programs can take them. */
export function wholeTable<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  ctx: RowContext,
): TextTable<Row> {
  const texts = (row: Row, at: RowContext): readonly string[] =>
    columns.map((column) => wholeText(column, row, at));
  const widths = columns.map(({ title }) => textWidth(title));
  for (const row of rows) {
    for (const [i, text] of texts(row, ctx).entries()) {
      const width = textWidth(text);
      if (width <= LONG) widths[i] = Math.max(widths[i] ?? 0, width);
    }
  }
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => pad(cell, widths[i] ?? 0, columns[i]?.align))
      .join(GAP)
      .trimEnd();
  return {
    head: line(columns.map(({ title }) => title)),
    line: (row, at) => line(texts(row, at)),
  };
}

/** A table that fits a terminal: the columns that its pane shows at that width, cut as there. */
export function fittedTable<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  ctx: RowContext,
  width: number,
): TextTable<Row> {
  const { content, usual, seen } = measured(columns, rows, ctx);
  const plan = {
    columns,
    width,
    wide: false,
    offset: 0,
    content,
    usual,
    seen,
    hidden: new Set<string>(),
    pinned: new Set<string>(),
    causes: false,
  };
  const { placed, gap } = planColumns(plan);
  const line = (textOf: (column: Column<Row>) => string): string =>
    placed
      .map(({ column, width: room }) => {
        const text = textOf(column);
        const cut = column.cut === 'middle' ? truncateMiddle(text, room) : text;
        return fit(cut, room, column.align);
      })
      .join(' '.repeat(gap))
      .trimEnd();
  return {
    head: line(({ title }) => title),
    line: (row, at) => line((column) => shownText(column, row, at)),
  };
}

/** Rows from which widths are learnt: nobody waits for a key here. */
const SAMPLE = 800;

function measured<Row>(columns: readonly Column<Row>[], rows: readonly Row[], ctx: RowContext) {
  const widths = new ColumnWidths<Row>(SAMPLE);
  widths.sample('all', rows.length, (index) => rows[index], columns, ctx);
  return widths;
}

/** As the pane shows it, without the signs in front that are for the eye: scripts split at blanks. */
function shownText<Row>(column: Column<Row>, row: Row, ctx: RowContext): string {
  return plain(cellOf(column, row, ctx))
    .trim()
    .replace(/^(?:[✓✗!…]|[▁▇]+) +/u, '');
}

/** What may be cut in its middle is a name: here it is not short. */
function wholeText<Row>(column: Column<Row>, row: Row, ctx: RowContext): string {
  const value = column.cut === 'middle' ? column.value(row, ctx) : null;
  return typeof value === 'string' && value !== '' ? sanitize(value) : shownText(column, row, ctx);
}
