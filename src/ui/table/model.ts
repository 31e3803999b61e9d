/** What a table shows: its rows in an order, the cursor, the marks. Knows nothing of the screen but its height. */
import type { BaseRow } from '../../domain/rows.ts';
import type { Filter } from '../../core/filter.ts';
import { isProblem } from '../../domain/health.ts';
import type { SourceStatus } from '../../domain/status.ts';
import type { Stop } from '../../ports/sink.ts';
import type { Column, RowContext } from '../../resources/define.ts';
import { RowFilters } from '../../resources/filtering.ts';
import { Notifier } from '../../core/notifier.ts';
import type { ModelOptions, RowSpec, RowView, TableDef } from './def.ts';
import { freeze } from './freeze.ts';
import type { Listing } from './listing.ts';
import { markedIn, markRange, NO_MARKS, toggleMark, type Marks } from './marks.ts';
import { comparator, sortBy, type Sort } from './order.ts';
import { HOME, jump, move, page, followRows, type Cursor } from './scroll.ts';

/** A filter that is none. */
const NO_FILTER = { test: () => true, columns: [], words: [] } as const;

export class TableModel<Row extends BaseRow> {
  /** Rows on the screen; the painting keeps it right. */
  height = 1;
  /** Told of everything that the user does here; changes of rows come from {@link rows}. */
  readonly changes = new Notifier();
  readonly live: RowView<Row>;
  readonly #context: () => RowContext;
  #def: TableDef<Row>;
  #filters: RowFilters<Row>;
  readonly #stop: Stop;
  #status: SourceStatus;
  #frozen: { readonly rows: RowView<Row>; readonly at: number } | null = null;
  #cursor: Cursor = HOME;
  #marks: Marks = NO_MARKS;
  #sort: Sort;
  #filter = '';
  #parsed: Omit<Extract<Filter<Row>, { ok: true }>, 'ok'> = NO_FILTER;
  #problemsOnly = false;
  #showsGone = false;
  #compare: RowSpec<Row>['compare'] | null = null;
  #comparedBy: Sort | null = null;

  constructor({ def, open, context, listing }: ModelOptions<Row>) {
    this.#def = def;
    this.#context = context;
    this.#filters = this.#filtersOf(def);
    this.#sort = listing?.sort ?? def.sort;
    this.#problemsOnly = listing?.problemsOnly ?? false;
    this.#showsGone = listing?.showsGone ?? false;
    if (listing) this.#parse(listing.filter);
    this.live = open(this.#spec());
    this.#status = this.live.status;
    this.#stop = this.live.subscribe(() => {
      this.#status = this.live.status;
    });
  }

  close(): void {
    this.#stop();
    this.live.close();
  }

  get def(): TableDef<Row> {
    return this.#def;
  }

  /** Lists the same rows by another declaration: a server has told what its columns are. */
  redefine(def: TableDef<Row>): void {
    this.#def = def;
    this.#filters = this.#filtersOf(def);
    this.#compare = null;
    this.#comparedBy = null;
    this.#parse(this.#filter);
    this.live.update(this.#spec());
    this.changes.notify();
  }

  #filtersOf({ columns, ref, ahead }: TableDef<Row>): RowFilters<Row> {
    return new RowFilters(columns, () => this.#context().now, {
      labelled: ref !== undefined,
      ahead,
    });
  }

  /**
   * How true the rows are, as of the moment when they were delivered: a source that is complete
   * says so before the view has its rows.
   */
  get status(): SourceStatus {
    return this.#status;
  }

  get rows(): RowView<Row> {
    return this.#frozen?.rows ?? this.live;
  }

  /** Moment of what is shown, and how times are written. */
  get context(): RowContext {
    const context = this.#context();
    return this.#frozen ? { ...context, now: this.#frozen.at } : context;
  }

  /** For how long it is frozen (ms); null when it lives. */
  get frozenFor(): number | null {
    return this.#frozen && this.#context().now - this.#frozen.at;
  }

  get sort(): Sort {
    return this.#sort;
  }

  get filter(): string {
    return this.#filter;
  }

  /** Ids of the columns that the filter asks for by name. */
  get filteredBy(): readonly string[] {
    return this.#parsed.columns;
  }

  /** The words of the filter that may be anywhere in a row. */
  get words(): readonly ((text: string) => boolean)[] {
    return this.#parsed.words;
  }

  get listing(): Listing {
    return {
      sort: this.#sort,
      filter: this.#filter,
      problemsOnly: this.#problemsOnly,
      showsGone: this.#showsGone,
    };
  }

  get problemsOnly(): boolean {
    return this.#problemsOnly;
  }

  /** Are all rows listed that are gone, not only those that left lately. */
  get showsGone(): boolean {
    return this.#showsGone;
  }

  get marks(): Marks {
    return this.#marks;
  }

  /** The cursor where the rows of this moment put it. */
  get cursor(): Cursor {
    this.#cursor = followRows(this.#cursor, this.rows, this.height);
    return this.#cursor;
  }

  /** The row under the cursor. */
  get current(): Row | undefined {
    return this.rows.at(this.cursor.index);
  }

  /** The marked rows that are listed; the one under the cursor where none is marked. */
  get targets(): readonly Row[] {
    const { listed, unlisted } = markedIn(this.#marks, this.rows);
    // Who has marked something does not mean what the cursor happens to stand on.
    if (listed.length > 0 || unlisted > 0) return listed;
    const { current } = this;
    return current ? [current] : [];
  }

  /** How many marked rows are there, and how many of them are not listed: a filter hides them. */
  get marked(): { readonly listed: number; readonly unlisted: number } {
    const { listed, unlisted } = markedIn(this.#marks, this.rows);
    return { listed: listed.length, unlisted };
  }

  /** Moves the cursor by rows. */
  move(delta: number): void {
    this.#moved(move(this.cursor, delta, this.rows, this.height));
  }

  page(direction: 1 | -1): void {
    this.#moved(page(this.cursor, direction, this.rows, this.height));
  }

  jump(to: 'top' | 'bottom'): void {
    this.#moved(jump(to, this.rows, this.height));
  }

  /** Puts the cursor on the row of a key. */
  focus(key: string): void {
    this.#moved({ key, index: Math.max(0, this.rows.indexOf(key)), top: 0 });
  }

  /** The namespace changed: other rows come. */
  restart(): void {
    this.#marks = NO_MARKS;
    this.#frozen = null;
    this.#moved(HOME);
  }

  /** Marks the row under the cursor, or takes its mark away. */
  toggleMark(): void {
    const { cursor, current } = this;
    if (!current) return;
    const key = this.rows.keyOf(current);
    this.#marks = toggleMark(this.#marks, key);
    // From now on the cursor means this row, also where it has not been moved so far.
    this.#moved({ ...cursor, key });
  }

  markRange(): void {
    this.#marks = markRange(this.#marks, this.cursor.index, this.rows);
    this.changes.notify();
  }

  clearMarks(): void {
    this.#marks = NO_MARKS;
    this.changes.notify();
  }

  /** Sorts by a column, again reverses; what comes first is what was asked for: it comes into view. */
  sortBy(column: Column<Row>): void {
    this.#sort = sortBy(this.#sort, column);
    this.#cursor = HOME;
    this.#respec();
  }

  /** What is wrong with the text, and then the filter before stays; empty: nothing. */
  setFilter(text: string): string {
    const error = this.#parse(text);
    if (error === '') this.#respec();
    return error;
  }

  toggleProblems(): void {
    this.#problemsOnly = !this.#problemsOnly;
    this.#respec();
  }

  toggleGone(): void {
    this.#showsGone = !this.#showsGone;
    this.#respec();
  }

  /** Holds what is shown, or lets it live again. */
  toggleFreeze(): void {
    this.#frozen = this.#frozen ? null : { rows: freeze(this.live), at: this.#context().now };
    this.changes.notify();
  }

  #parse(text: string): string {
    const filter = this.#filters.parse(text);
    if (!filter.ok) return filter.error;
    this.#filter = text.trim();
    this.#parsed = this.#filter === '' ? NO_FILTER : filter;
    return '';
  }

  /** Another order or filter asks the world anew: nothing stays frozen. */
  #respec(): void {
    this.#frozen = null;
    this.live.update(this.#spec());
    this.changes.notify();
  }

  /** The same function while the sort is the same: another one would sort all rows anew. */
  #comparator(): RowSpec<Row>['compare'] {
    if (this.#compare === null || this.#comparedBy !== this.#sort) {
      this.#compare = comparator(this.def.columns, this.#sort, this.#context());
      this.#comparedBy = this.#sort;
    }
    return this.#compare;
  }

  /** Does the filter ask for states or figures: what is gone has none, whatever it is compared with. */
  #asksOfMoment(): boolean {
    const asked = new Set(this.#parsed.columns);
    return this.def.columns.some(({ id, tells }) => asked.has(id) && tells !== 'identity');
  }

  #spec(): RowSpec<Row> {
    const { def } = this;
    const { test } = this.#parsed;
    const column = def.columns.find(({ id }) => id === this.#sort.column);
    const context = this.#context;
    return {
      filter: this.#problemsOnly
        ? (row) => test(row) && isProblem(def.health(row, context()))
        : this.#parsed === NO_FILTER
          ? undefined
          : test,
      compare: this.#comparator(),
      // Numbers change by themselves; ages do too, but all at once.
      steady: column?.align === 'right' && column.ticking !== true,
      gone: this.#showsGone ? 'all' : this.#asksOfMoment() ? 'none' : 'recent',
    };
  }

  #moved(cursor: Cursor): void {
    this.#cursor = cursor;
    this.changes.notify();
  }
}
