/** `ekscope get --watch`: the rows, then a line for each that changes, until it is stopped. */
import { csvLine } from '../core/encode.ts';
import type { BaseRow } from '../domain/rows.ts';
import { tableDef, type TableId } from '../domain/tables/index.ts';
import type { Column, RowContext } from '../resources/define.ts';
import {
  contextAt,
  findRows,
  printingOf,
  neededTables,
  orderOf,
  problemsOf,
  type GetOptions,
  type RowSource,
} from './get.ts';
import { isWanted, type GetRequest } from './get-request.ts';
import type { Output } from './output.ts';
import { settled } from '../store/settled.ts';
import { jsonText, nameOf, tableOf, valuesOf, yamlText, type Printing } from './table.ts';
import type { TextTable } from './text-table.ts';

/** What became of a row; `left`: it is there, but no longer one of those asked for. */
type Change = 'added' | 'modified' | 'deleted' | 'left';

/** How it is watched. */
export interface WatchOptions extends GetOptions {
  readonly output: Output;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/**
 * Prints until it is aborted, over whatever becomes of the connection.
 * Returns 0 then; 1 or 3 where there was nothing to watch at the start.
 */
export async function watch(
  request: GetRequest,
  source: RowSource,
  { clock, timeout, width, output, signal }: WatchOptions,
): Promise<0 | 1 | 3> {
  const { store } = source;
  const tables = neededTables(request);
  const release = source.need(tables);
  try {
    await settled(store, tables, clock, timeout);
    const troubles = new Troubles(request, source, output);
    troubles.tell();
    const found = findRows(request, store);
    for (const problem of found.problems) output.err(`ekscope: ${problem}\n`);
    if (found.rows === null) return found.code;
    const printer = new Printer(printingOf(request, width), output);
    const rows = new Rows(request);
    printer.begin(found.rows, contextAt(store));
    const follow = (): void => {
      troubles.tell();
      const ctx = contextAt(store);
      const changes = rows.changes(source, ctx);
      for (const [row, change] of changes) printer.print(row, change, ctx);
    };
    follow();
    await followed(store, tables, follow, signal);
    return 0;
  } finally {
    release();
  }
}

function followed(
  store: RowSource['store'],
  tables: readonly TableId[],
  follow: () => void,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve) => {
    const stop = store.onChange(tables, follow);
    const end = (): void => {
      stop();
      resolve();
    };
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}

/** The rows as they were last told. */
class Rows {
  readonly #request: GetRequest;
  readonly #steady: readonly Column<BaseRow>[];
  readonly #told = new Map<string, { row: BaseRow; readonly state: string }>();

  constructor(request: GetRequest) {
    this.#request = request;
    this.#steady = request.resource.columns.filter((column) => !isMeasure(column));
  }

  /** What became of rows since the last call, in the order of the table. */
  changes({ store }: RowSource, ctx: RowContext): readonly (readonly [BaseRow, Change])[] {
    const { table } = this.#request.resource;
    const changes: [BaseRow, Change][] = [];
    const missing = new Map(this.#told);
    for (const row of store.rows(table)) {
      const told = this.#told.get(row.uid);
      missing.delete(row.uid);
      // A row is never written to once it was read.
      if (told?.row === row) continue;
      const change = this.#changeOf(row, told?.state, ctx);
      if (change !== null) changes.push([row, change]);
    }
    // A list that is being read anew is no proof that something left.
    if (store.status(table).synced) {
      for (const [uid, { row }] of missing) {
        this.#told.delete(uid);
        changes.push([row, 'deleted']);
      }
    }
    const compare = orderOf(this.#request, ctx.now);
    return changes.sort(([a], [b]) => compare(a, b));
  }

  #changeOf(row: BaseRow, before: string | undefined, ctx: RowContext): Change | null {
    if (row.gone !== 0 || !isWanted(this.#request, row)) {
      this.#told.delete(row.uid);
      if (before === undefined) return null;
      return row.gone !== 0 ? 'deleted' : 'left';
    }
    const state = JSON.stringify(this.#steady.map((column) => column.value(row, ctx)));
    this.#told.set(row.uid, { row, state });
    if (before === undefined) return 'added';
    return before === state ? null : 'modified';
  }
}

/** Is it a measurement: it changes every few seconds, and that is no news of the row. */
function isMeasure({ needs = [] }: Column<BaseRow>): boolean {
  return needs.some((table) => tableDef(table).source === 'metrics');
}

/** Writes rows in a format, each as its own line or document. */
class Printer {
  readonly #printing: Printing<BaseRow>;
  readonly #out: (text: string) => void;
  #table: TextTable<BaseRow> | null = null;

  constructor(printing: Printing<BaseRow>, { out }: Output) {
    this.#printing = printing;
    this.#out = out;
  }

  /** Settles the widths of a text table by the first rows; the head of it comes with the first line. */
  begin(rows: readonly BaseRow[], ctx: RowContext): void {
    const { format, columns } = this.#printing;
    if (format === 'csv') this.#out(csvLine([...columns.map(({ id }) => id), 'change']));
    const isTable = format === 'table' || format === 'wide';
    if (isTable && rows.length > 0) this.#tableFor(rows, ctx);
  }

  print(row: BaseRow, change: Change, ctx: RowContext): void {
    const { format, columns } = this.#printing;
    const left = change === 'deleted' || change === 'left' ? change : '';
    switch (format) {
      case 'json':
        this.#out(jsonText({ change, ...valuesOf(row, columns, ctx) }));
        return;
      case 'yaml':
        this.#out(`---\n${yamlText({ change, ...valuesOf(row, columns, ctx) })}`);
        return;
      case 'csv':
        this.#out(csvLine([...columns.map((column) => column.value(row, ctx)), change]));
        return;
      case 'name':
        this.#out(`${nameOf(row, this.#printing)}${left === '' ? '' : ` ${left}`}\n`);
        return;
      case 'table':
      case 'wide': {
        const line = this.#tableFor([row], ctx).line(row, ctx);
        this.#out(`${line}${left === '' ? '' : `   (${left})`}\n`);
      }
    }
  }

  #tableFor(rows: readonly BaseRow[], ctx: RowContext): TextTable<BaseRow> {
    if (this.#table !== null) return this.#table;
    this.#table = tableOf(rows, this.#printing, ctx);
    this.#out(`${this.#table.head}\n`);
    return this.#table;
  }
}

/** What cannot be known, told when it begins and when it is over. */
class Troubles {
  readonly #request: GetRequest;
  readonly #source: RowSource;
  readonly #err: (text: string) => void;
  #told: ReadonlySet<string> = new Set();

  constructor(request: GetRequest, source: RowSource, { err }: Output) {
    this.#request = request;
    this.#source = source;
    this.#err = err;
  }

  tell(): void {
    const problems = new Set(problemsOf(this.#request, this.#source.store));
    for (const problem of problems) {
      if (!this.#told.has(problem)) this.#err(`ekscope: ${problem}\n`);
    }
    if (this.#told.size > 0 && problems.size === 0) this.#err('ekscope: all is read again\n');
    this.#told = problems;
  }
}
