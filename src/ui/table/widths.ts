/**
 * How wide the contents of each column are, learnt from a sample of the rows and from every row
 * that is painted. Widths only grow while the user looks, so that columns do not dance; they are
 * learnt anew when the user changes what is listed.
 */
import { cellOf } from '../../resources/cell-of.ts';
import type { Column, RowContext } from '../../resources/define.ts';
import { cellWidth } from './cells.ts';

/** Rows looked at beside those on the screen. */
const SAMPLE = 200;

/** The widths that contents need, by column id. */
export class ColumnWidths<Row> {
  readonly #content = new Map<string, number>();
  #sampled = 0;
  /** Changes whenever a width does: what is laid out from widths is then stale. */
  version = 0;

  get content(): ReadonlyMap<string, number> {
    return this.#content;
  }

  /** Forgets all widths: the next paint learns them anew. */
  reset(): void {
    this.#content.clear();
    this.#sampled = 0;
    this.version++;
  }

  /** Looks at rows spread over the table, unless the table has not grown much since. */
  sample(
    length: number,
    at: (index: number) => Row | undefined,
    columns: readonly Column<Row>[],
    ctx: RowContext,
  ): void {
    if (length < this.#sampled * 2 || length === 0) return;
    this.#sampled = length;
    const step = Math.max(1, Math.floor(length / SAMPLE));
    for (let i = 0; i < length; i += step) {
      const row = at(i);
      if (row !== undefined) {
        for (const column of columns) this.see(column, cellWidth(cellOf(column, row, ctx)));
      }
    }
  }

  /** Notes the width of one content. */
  see(column: Column<Row>, width: number): void {
    const wanted = Math.min(width, column.max);
    if (wanted <= (this.#content.get(column.id) ?? 0)) return;
    this.#content.set(column.id, wanted);
    this.version++;
  }
}
