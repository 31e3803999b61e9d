/** Paints a table into the room it has, and remembers what is costly to find out. */
import type { Cell } from '../../core/styled.ts';
import type { BaseRow } from '../../domain/rows.ts';
import type { Column, RowContext } from '../../resources/define.ts';
import type { Painter } from '../../theme/index.ts';
import { paintMessage } from '../message.ts';
import type { BodySize } from '../pane.ts';
import {
  candidates,
  planColumns,
  type Candidacy,
  type ColumnPlan,
  type PlacedColumn,
} from './columns.ts';
import { paintHead } from './head.ts';
import type { TableModel } from './model.ts';
import { shownSort } from './order.ts';
import { GUTTER, RowPainter } from './row-painter.ts';
import { ColumnWidths } from './widths.ts';

/** Cells between the last column and the border. */
const MARGIN = 1;

/** Rows from which widths are learnt: as many as are looked at within a part of a frame. */
const SAMPLE = 100;

/** What a table is painted with, beside its model. */
export interface TablePaint<Row> {
  readonly size: BodySize;
  readonly painter: Painter;
  readonly wide: boolean;
  /** Columns that say nothing here. */
  readonly hidden: ReadonlySet<string>;
  /** Names what is complete of what the columns are filled from. */
  readonly complete: string;
  /** Does an action work on a row. */
  readonly isBusy: (row: Row) => boolean;
  /** What is said where there are no rows. */
  readonly empty: () => readonly Cell[];
  /** Which columns take part: what they need must be followed. */
  readonly onColumns: (columns: readonly Column<Row>[]) => void;
}

export class TablePainter<Row extends BaseRow> {
  readonly #model: TableModel<Row>;
  readonly #widths = new ColumnWidths<Row>(SAMPLE);
  readonly #rows = new RowPainter<Row>(this.#widths);
  #plan: ColumnPlan<Row> | null = null;
  #planKey = '';
  #columnCursor: string | null = null;
  #offset = 0;
  #time: RowContext['time'] = 'age';

  constructor(model: TableModel<Row>) {
    this.#model = model;
  }

  /** What rows are painted with has changed, or may have. */
  invalidate(): void {
    this.#rows.invalidate();
  }

  /** Time has passed, and nothing else. */
  tick(): void {
    this.#rows.tick();
  }

  /** The user changed what is listed: columns may become narrower. */
  resetWidths(): void {
    this.#widths.reset();
  }

  /** The columns as they were painted last. */
  get placed(): readonly PlacedColumn<Row>[] {
    return this.#plan?.placed ?? [];
  }

  /** The column under the column cursor, if it is shown. */
  get columnCursor(): Column<Row> | undefined {
    return this.#plan?.chosen.find(({ id }) => id === this.#columnCursor);
  }

  /** Moves the column cursor; it begins at the sorted column. */
  moveColumnCursor(delta: 1 | -1): void {
    const chosen = this.#plan?.chosen ?? [];
    const from = chosen.findIndex(
      ({ id }) => id === (this.#columnCursor ?? this.#model.sort.column),
    );
    const to = chosen[Math.max(0, Math.min(chosen.length - 1, from + delta))];
    this.#columnCursor = to?.id ?? null;
  }

  /** Moves the window over the columns. False: there is nothing more in that direction. */
  scrollColumns(delta: 1 | -1): boolean {
    const plan = this.#plan;
    if (!plan || (delta > 0 ? plan.after === 0 : plan.before === 0)) return false;
    this.#offset = plan.before + delta;
    return true;
  }

  /** At most `size.rows` lines: the heads, then rows. */
  paint(input: TablePaint<Row>): readonly string[] {
    const model = this.#model;
    const { size, painter, isBusy } = input;
    model.height = Math.max(1, size.rows - 1);
    const { rows, context, cursor, marks } = model;
    if (context.time !== this.#time) {
      this.invalidate();
      this.resetWidths();
    }
    this.#time = context.time;
    const candidacy = this.#candidacy(input);
    const columns = candidates(model.def.columns, candidacy);
    this.#widths.sample(input.complete, rows.length, (i) => rows.at(i), columns, context);
    const visible = rows.window(cursor.top, cursor.top + model.height);
    const keys = visible.map((row) => rows.keyOf(row));
    const draw = (): string[] => {
      this.#rows.use(this.#layOut(input, candidacy), painter, size.columns);
      return visible.map((row, i) => {
        const marking = {
          cursor: cursor.top + i === cursor.index,
          marked: marks.has(keys[i] ?? ''),
          busy: isBusy(row),
        };
        return this.#rows.line(keys[i] ?? '', row, marking, context);
      });
    };
    let lines = draw();
    const before = this.#plan;
    // Painting may have met a wider content than the sample had; widths only grow, so this ends.
    if (this.#layOut(input, candidacy) !== before) lines = draw();
    if (rows.length === 0) {
      const room = { columns: size.columns, rows: size.rows - 1 };
      lines = [...paintMessage(input.empty(), room, painter)];
    }
    const plan = this.#layOut(input, candidacy);
    return [
      paintHead(
        plan,
        shownSort(model.sort, input.hidden),
        this.#columnCursor,
        size.columns,
        painter,
      ),
      ...lines,
    ];
  }

  #candidacy({ wide, hidden }: TablePaint<Row>): Candidacy {
    const { sort, filteredBy } = this.#model;
    return { wide, hidden, pinned: new Set([sort.column, ...filteredBy]) };
  }

  #layOut(
    { size, onColumns }: TablePaint<Row>,
    { wide, hidden, pinned }: Candidacy,
  ): ColumnPlan<Row> {
    const { problemsOnly } = this.#model;
    const { version } = this.#widths;
    const parts = [size.columns, wide, this.#offset, version, problemsOnly, ...pinned, '|'];
    const key = [...parts, ...hidden].join(' ');
    if (this.#plan && key === this.#planKey) return this.#plan;
    this.#planKey = key;
    this.#plan = planColumns({
      columns: this.#model.def.columns,
      width: size.columns - GUTTER - MARGIN,
      wide,
      offset: this.#offset,
      content: this.#widths.content,
      usual: this.#widths.usual,
      seen: this.#widths.seen,
      hidden,
      pinned,
      causes: problemsOnly,
    });
    onColumns(this.#plan.chosen);
    return this.#plan;
  }
}
