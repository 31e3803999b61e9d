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

/** Contents wider than this share of the sample are outliers: the first to be cut. */
const USUAL = 0.85;

/** The widths that contents need, by column id. */
export class ColumnWidths<Row> {
  readonly #content = new Map<string, number>();
  readonly #usual = new Map<string, number>();
  #sampled = 0;
  /** Changes whenever a width does: what is laid out from widths is then stale. */
  version = 0;

  /** Cells of the widest content seen. */
  get content(): ReadonlyMap<string, number> {
    return this.#content;
  }

  /** Cells that are enough for most contents. */
  get usual(): ReadonlyMap<string, number> {
    return this.#usual;
  }

  /** Forgets all widths: the next paint learns them anew. */
  reset(): void {
    this.#content.clear();
    this.#usual.clear();
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
    const rows: Row[] = [];
    for (let i = 0; i < length; i += step) {
      const row = at(i);
      if (row !== undefined) rows.push(row);
    }
    for (const column of columns) this.#learn(column, rows, ctx);
  }

  /** Notes the width of one content. */
  see(column: Column<Row>, width: number): void {
    const wanted = Math.min(width, column.max);
    if (wanted <= (this.#content.get(column.id) ?? 0)) return;
    this.#content.set(column.id, wanted);
    this.version++;
  }

  #learn(column: Column<Row>, rows: readonly Row[], ctx: RowContext): void {
    const widths = rows.map((row) => cellWidth(cellOf(column, row, ctx))).sort((a, b) => a - b);
    this.see(column, widths.at(-1) ?? 0);
    const usual = Math.min(widths[Math.ceil((widths.length - 1) * USUAL)] ?? 0, column.max);
    if (usual <= (this.#usual.get(column.id) ?? 0)) return;
    this.#usual.set(column.id, usual);
    this.version++;
  }
}
