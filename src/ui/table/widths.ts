/**
 * How wide the contents of each column are: learnt from the rows once they are complete, anew when
 * the user changes what is listed. Wider contents met while painting only widen their column, so that
 * columns neither dance nor come and go.
 */
import { shownCell } from '../../resources/cell-of.ts';
import type { Column, RowContext } from '../../resources/define.ts';
import { cellWidth } from './cells.ts';

/** Contents wider than this share of the sample are outliers: the first to be cut. */
const USUAL = 0.85;

/** A table that has become so many times as long is looked at anew. */
const GROWTH = 4;

/** The widths that contents need, by column id. */
export class ColumnWidths<Row> {
  readonly #most: number;
  readonly #content = new Map<string, number>();
  readonly #usual = new Map<string, number>();
  readonly #seen = new Map<string, number>();
  /** The columns that were looked at since the table had {@link #sampled} rows. */
  readonly #learnt = new Set<string>();
  #sampled = 0;
  #complete = '';
  /** Changes whenever a width does: what is laid out from widths is then stale. */
  version = 0;

  /** @param most rows looked at, spread over the table */
  constructor(most: number) {
    this.#most = most;
  }

  /** Cells of the widest content of the rows looked at. */
  get content(): ReadonlyMap<string, number> {
    return this.#content;
  }

  /** Cells that are enough for most contents. */
  get usual(): ReadonlyMap<string, number> {
    return this.#usual;
  }

  /** Cells of wider contents met since. */
  get seen(): ReadonlyMap<string, number> {
    return this.#seen;
  }

  /** Forgets all widths: the next paint learns them anew. */
  reset(): void {
    this.#content.clear();
    this.#usual.clear();
    this.#seen.clear();
    this.#learnt.clear();
    this.#sampled = 0;
    this.version++;
  }

  /**
   * Looks at rows spread over the table, unless it has not grown much since that was done for these
   * columns. `complete` names the tables that are: when that changes, what was learnt of halves counts
   * no more.
   *
   * @param columns those that may be shown: of others nothing need be known
   */
  sample(
    complete: string,
    length: number,
    at: (index: number) => Row | undefined,
    columns: readonly Column<Row>[],
    ctx: RowContext,
  ): void {
    if (complete !== this.#complete) this.reset();
    this.#complete = complete;
    if (length === 0) return;
    if (length >= this.#sampled * GROWTH) {
      this.#sampled = length;
      this.#learnt.clear();
    }
    const unknown = columns.filter(({ id }) => !this.#learnt.has(id));
    if (unknown.length === 0) return;
    const step = Math.max(1, Math.ceil(length / this.#most));
    const rows: Row[] = [];
    for (let i = 0; i < length; i += step) {
      const row = at(i);
      if (row !== undefined) rows.push(row);
    }
    for (const column of unknown) this.#learn(column, rows, ctx);
  }

  /** Notes the width of a content that is painted. */
  see(column: Column<Row>, width: number): void {
    const known = Math.max(this.#content.get(column.id) ?? 0, this.#seen.get(column.id) ?? 0);
    const wanted = Math.min(width, column.max);
    if (wanted <= known) return;
    this.#seen.set(column.id, wanted);
    this.version++;
  }

  #learn(column: Column<Row>, rows: readonly Row[], ctx: RowContext): void {
    this.#learnt.add(column.id);
    const widths = rows.map((row) => cellWidth(shownCell(column, row, ctx))).sort((a, b) => a - b);
    this.#content.set(column.id, Math.min(widths.at(-1) ?? 0, column.max));
    this.#usual.set(
      column.id,
      Math.min(widths[Math.ceil((widths.length - 1) * USUAL)] ?? 0, column.max),
    );
    this.version++;
  }
}
