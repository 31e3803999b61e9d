/**
 * The pane of a table. What the keys of one resource do beside moving, sorting, filtering and
 * marking (links, actions, describe, logs) comes in as its {@link TableExtra}.
 */
import type { BaseRow } from '../../domain/rows.ts';
import type { KeyEvent } from '../../keys/key-event.ts';
import type { Stop } from '../../ports/sink.ts';
import type { ClusterKey } from '../../domain/cluster-key.ts';
import type { Member } from '../resource/cluster-part.ts';
import type { UiConnection } from '../session.ts';
import { Notifier } from '../../core/notifier.ts';
import type {
  BodySize,
  CopyChoice,
  Pane,
  PaneCommand,
  PaneFrame,
  PaneHost,
  PaneTitle,
  PromptTarget,
  TitlePart,
} from '../pane.ts';
import { rowsAsCsv } from './csv.ts';
import type { RowSpec, RowView, TableDef } from './def.ts';
import type { Listing } from './listing.ts';
import { TableModel } from './model.ts';
import type { TableExtra } from './extra.ts';
import { adviceOf, remarkOf, titleOf, whyEmptyOf, type Told } from './remarks.ts';
import { TablePainter } from './table-painter.ts';

/** What a table pane is made of. */
export interface TableOptions<Row extends BaseRow> {
  readonly host: PaneHost;
  readonly def: TableDef<Row>;
  readonly layers: readonly string[];
  readonly crumb: string;
  readonly connection: UiConnection | null;
  /** The clusters that it shows together; absent: those of the connection. */
  readonly clusters?: readonly Member[];
  readonly open: (spec: RowSpec<Row>) => RowView<Row>;
  readonly extra: TableExtra<Row>;
  /** Commands of tables that make no sense for these rows. */
  readonly unavailable: ReadonlySet<string>;
  /** The uid to begin at. */
  readonly focus?: string | undefined;
  /** How it begins; absent: as the resource is declared. */
  readonly listing?: Listing | undefined;
  /** The id of the resource that it lists, where it lists all that there is in its scope. */
  readonly lists?: string | undefined;
}

/** Commands that ask for another list, or for none. */
const LISTS = /^(sort|columns)[.:]|^(problems|gone)$/;

export class TablePane<Row extends BaseRow> implements Pane {
  readonly layers: readonly string[];
  readonly crumb: string;
  readonly connection: UiConnection | null;
  readonly clusters: readonly Member[] | undefined;
  readonly unavailable: ReadonlySet<string>;
  readonly lists: string | undefined;
  readonly model: TableModel<Row>;
  readonly #options: TableOptions<Row>;
  readonly #painter: TablePainter<Row>;
  readonly #notifier = new Notifier();
  readonly #stopRows: Stop;
  readonly #stopModel: Stop;
  /** Tables say that they are complete before what is joined from them is in the rows. */
  #complete: string;

  constructor(options: TableOptions<Row>) {
    const { host, def, open, listing } = options;
    this.#options = options;
    this.lists = options.lists;
    this.layers = options.layers;
    this.crumb = options.crumb;
    this.connection = options.connection;
    this.clusters = options.clusters;
    this.unavailable = options.unavailable;
    const store = options.connection?.store ?? host.session.fleet;
    const context = () => ({ now: store.now(), time: host.settings.time });
    this.model = new TableModel({ def, open, context, listing });
    this.#painter = new TablePainter(this.model);
    if (options.focus !== undefined) this.model.focus(options.focus);
    this.#complete = options.extra.complete;
    this.#stopRows = this.model.live.subscribe(() => {
      this.#complete = options.extra.complete;
      this.#notifier.notify();
    });
    this.#stopModel = this.model.changes.subscribe(() => this.#notifier.notify());
  }

  get marked(): readonly ClusterKey[] {
    const { model } = this;
    return model.marks.size > 0 ? model.targets.map(({ cluster }) => cluster) : [];
  }

  get profile(): string | undefined {
    const { def, current } = this.model;
    return current && def.profile?.(current);
  }

  listing(): Listing {
    return this.model.listing;
  }

  title(): PaneTitle {
    return titleOf(this.#told());
  }

  advice(): readonly string[] {
    return adviceOf(this.#told());
  }

  remark(): readonly TitlePart[] {
    return remarkOf(this.#told(), this.#painter.placed);
  }

  paint(size: BodySize): PaneFrame {
    const { host, extra } = this.#options;
    const lines = this.#painter.paint({
      size,
      painter: host.painter,
      wide: host.settings.wide,
      hidden: extra.hidden,
      isBusy: (row) => extra.isBusy(row),
      complete: this.#complete,
      empty: () => whyEmptyOf(this.#told()),
      onColumns: (columns) => extra.columnsShown(columns),
    });
    return { lines, fixed: 1 };
  }

  run(command: string, key: KeyEvent): boolean {
    // What a key does, it does to the rows that were asked for, also where they are still sorted.
    if (!LISTS.test(command)) this.model.rows.finish();
    const action = this.#commands[command];
    if (action) return action(key) !== false;
    if (command.startsWith('sort:')) return this.#sort(command.slice('sort:'.length));
    return this.#options.extra.run(command, key, this.model);
  }

  prompt(): PromptTarget {
    const before = this.model.filter;
    return {
      mark: '/',
      initial: before,
      history: 'filter',
      change: (text) => this.model.setFilter(text),
      accept: () => this.#painter.resetWidths(),
      cancel: () => void this.model.setFilter(before),
    };
  }

  copyChoices(): readonly CopyChoice[] {
    return this.#options.extra.copyChoices(this.model);
  }

  commands(): readonly PaneCommand[] {
    return this.#options.extra.commands(this.model);
  }

  show(): void {
    this.#options.extra.show();
    this.#painter.invalidate();
  }

  tick(): void {
    this.#look();
    if (this.model.frozenFor === null) this.#painter.tick();
  }

  hide(): void {
    this.#options.extra.hide();
  }

  close(): void {
    this.#stopRows();
    this.#stopModel();
    this.model.close();
    this.#options.extra.close();
  }

  subscribe(listener: () => void): Stop {
    return this.#notifier.subscribe(listener);
  }

  /** Other rows come (another namespace): cursor, marks and widths begin anew. */
  restart(): void {
    this.#painter.resetWidths();
    this.model.restart();
  }

  /** The same rows are listed by another declaration. */
  redefine(def: TableDef<Row>): void {
    this.#painter.resetWidths();
    this.model.redefine(def);
    this.#repaint();
  }

  /** Rows, busy marks or settings may have changed. */
  refresh(): void {
    this.#repaint();
  }

  /** Commands of every table; one that returns false leaves the key to others. */
  readonly #commands: Readonly<Record<string, (key: KeyEvent) => unknown>> = {
    'cursor.down': () => this.model.move(1),
    'cursor.up': () => this.model.move(-1),
    'cursor.pageDown': () => this.model.page(1),
    'cursor.pageUp': () => this.model.page(-1),
    'cursor.top': () => this.model.jump('top'),
    'cursor.bottom': () => this.model.jump('bottom'),
    'columns.left': () => this.#scrollColumns(-1),
    'columns.right': () => this.#scrollColumns(1),
    'sort.previous': () => this.#moveColumnCursor(-1),
    'sort.next': () => this.#moveColumnCursor(1),
    'sort.column': () => this.#sort(this.#painter.columnCursor?.id ?? this.model.sort.column),
    problems: () => {
      // What is wrong has more to say than what is well.
      this.#painter.resetWidths();
      this.model.toggleProblems();
    },
    gone: () => this.model.toggleGone(),
    mark: () => this.model.toggleMark(),
    'mark.range': () => this.model.markRange(),
    'mark.clear': () => this.model.clearMarks(),
    freeze: () => this.model.toggleFreeze(),
    back: (key) => key.chord === 'esc' && this.#clearFilter(),
    save: () => this.#save(),
  };

  /** False: there is none. */
  #clearFilter(): boolean {
    if (this.model.filter === '') return false;
    this.#painter.resetWidths();
    this.model.setFilter('');
    return true;
  }

  #sort(id: string): boolean {
    const column = this.model.def.columns.find((each) => each.id === id);
    if (!column) return false;
    this.model.sortBy(column);
    return true;
  }

  #scrollColumns(delta: 1 | -1): boolean {
    if (this.#painter.scrollColumns(delta)) this.#repaint();
    else if (!this.#options.host.settings.wide) {
      this.#options.host.flash('all columns that fit are here; ctrl-w shows the others too');
    }
    return true;
  }

  #moveColumnCursor(delta: 1 | -1): boolean {
    this.#painter.moveColumnCursor(delta);
    this.#notifier.notify();
    return true;
  }

  #save(): boolean {
    const { host } = this.#options;
    const { def, rows, context } = this.model;
    host.save(`${def.id}.csv`, rowsAsCsv(def.columns, rows.window(0, rows.length), context));
    return true;
  }

  #told(): Told<Row> {
    const { extra, host } = this.#options;
    return { model: this.model, extra, now: host.clock.now() };
  }

  /** Says whose rows are on the screen. */
  #look(): void {
    const { rows, cursor, height } = this.model;
    const shown = rows.window(cursor.top, cursor.top + height);
    const shownTogether = this.clusters?.map(({ connection }) => connection) ?? [this.connection];
    for (const connection of shownTogether) connection?.look(shown);
  }

  /** What is shown depends on the time and on settings beside the rows. */
  #repaint(): void {
    if (this.model.frozenFor === null) this.#painter.invalidate();
    this.#notifier.notify();
  }
}
