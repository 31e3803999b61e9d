/**
 * `ekscope get`: a pane's rows. The same definition, joins and order as the pane, so that scripts
 * see what people see.
 */
import type { Clock } from '../core/clock.ts';
import { explained } from '../core/words.ts';
import type { BaseRow } from '../domain/rows.ts';
import type { TableId } from '../domain/tables/index.ts';
import type { Stop } from '../ports/sink.ts';
import type { Column, RowContext } from '../resources/define.ts';
import { tablesOf } from '../resources/column.ts';
import { compareIdentity } from '../store/identity-order.ts';
import type { Store } from '../store/index.ts';
import { comparator } from '../ui/table/order.ts';
import { isWanted, type GetRequest } from './get-request.ts';
import { settled } from '../store/settled.ts';
import { format, type Printing } from './table.ts';

/** Where rows come from: a store, and how to have its tables followed. */
export interface RowSource {
  readonly store: Store;
  readonly need: (tables: readonly TableId[]) => Stop;
}

/** The rows of a connection, whose methods cannot be taken from it. */
export const rowsOf = (connection: RowSource): RowSource => ({
  store: connection.store,
  need: (tables) => connection.need(tables),
});

/** What `get` prints and how it ends. */
export interface GetResult {
  readonly out: string;
  /** One line per thing that could not be known. */
  readonly problems: readonly string[];
  readonly code: 0 | 1 | 3;
}

/** How it is waited and for whom it is printed. */
export interface GetOptions {
  readonly clock: Clock;
  /** How long its tables may take (ms). */
  readonly timeout: number;
  /** Columns of the terminal that shows it; null where it goes elsewhere. */
  readonly width: number | null;
}

/**
 * Waits until every table that the columns need is complete or has failed, and formats the rows.
 * Code 3 where the table itself could not be had, or not as a whole: a part of a list is none to a script.
 */
export async function get(
  request: GetRequest,
  source: RowSource,
  options: GetOptions,
): Promise<GetResult> {
  const { clock, timeout, width } = options;
  const tables = neededTables(request);
  const release = source.need(tables);
  try {
    await settled(source.store, tables, clock, timeout);
  } finally {
    release();
  }
  const { rows, problems, code } = findRows(request, source.store);
  return {
    out: rows === null ? '' : format(rows, printingOf(request, width), contextAt(source.store)),
    problems: [...problemsOf(request, source.store), ...problems],
    code,
  };
}

/** The rows that were asked for, in order; null where it ends without them. `code` is 3 where they may not be all. */
export interface Found {
  readonly rows: readonly BaseRow[] | null;
  readonly problems: readonly string[];
  readonly code: 0 | 1 | 3;
}

export function findRows(request: GetRequest, store: Store): Found {
  const { resource, name, namespace } = request;
  const { synced } = store.status(resource.table);
  const rows: BaseRow[] = [];
  for (const row of store.rows(resource.table)) {
    if (row.gone === 0 && isWanted(request, row)) rows.push(row);
  }
  rows.sort(orderOf(request, store.now()));
  // What is asked for by name is all there, however much else is not.
  if (rows.length > 0) return { rows, problems: [], code: synced || name !== '' ? 0 : 3 };
  if (!synced) return { rows: null, problems: [], code: 3 };
  const where = resource.scope === 'namespaced' && namespace !== '' ? ` in ${namespace}` : '';
  return name === ''
    ? { rows, problems: [`no ${resource.id} found${where}`], code: 0 }
    : { rows: null, problems: [`no ${resource.singular} '${name}'${where}`], code: 1 };
}

export const contextAt = (store: Store): RowContext => ({ now: store.now(), time: 'age' });

/** The order that was asked for, else the pane's. */
export function orderOf(
  { resource, sortBy }: GetRequest,
  now: number,
): (a: BaseRow, b: BaseRow) => number {
  const sort =
    sortBy === ''
      ? resource.sort
      : { column: sortBy.replace(/^-/, ''), descending: sortBy.startsWith('-') };
  const compare = comparator(resource.columns, sort, { now, time: 'age' });
  return (a, b) => compare(a, b) || compareIdentity(a, b);
}

export function printingOf(
  { resource, format: as }: GetRequest,
  width: number | null,
): Printing<BaseRow> {
  const { columns, singular, ref } = resource;
  return { format: as, columns, singular, ref, width };
}

/** The columns that are printed, and the one that sorts. */
function askedColumns({ resource, format: as, sortBy }: GetRequest): readonly Column<BaseRow>[] {
  const sorts = sortBy.replace(/^-/, '') || resource.sort.column;
  return resource.columns.filter(
    ({ id, tier }) => id === sorts || (as !== 'name' && (as !== 'table' || tier < 3)),
  );
}

/** The resource's own table, and those that what is printed is joined with. */
export function neededTables(request: GetRequest): readonly TableId[] {
  const joined = askedColumns(request).flatMap(tablesOf);
  return [...new Set([request.resource.table, ...joined])];
}

/** Which reads failed, why, what to do, and which columns show `?` for it: a line for each. */
export function problemsOf(request: GetRequest, store: Store): readonly string[] {
  return neededTables(request).flatMap((table) => {
    const problem = problemOf(store, table, request);
    return problem === null ? [] : [problem];
  });
}

/** What could not be known of a table, null: nothing. That it is of the namespace asked for is no problem. */
function problemOf(store: Store, table: TableId, request: GetRequest): string | null {
  const { resource, namespace } = request;
  const { state, reason, hint, synced, namespaces } = store.status(table);
  const asked = resource.scope === 'namespaced' ? namespace : '';
  const isPart = synced && namespaces !== null && namespaces.join() !== asked;
  const part = isPart ? `only of namespaces ${namespaces.join(', ')}` : '';
  const why = explained(part, reason);
  if (synced && state === 'live' && why === '') return null;
  const told = why || (state === 'loading' ? 'did not answer in time' : state);
  const of = table === resource.table ? resource.id : table;
  return `${of}: ${told}${hint === '' ? '' : ` (${hint})`}${unknownColumns(table, request)}`;
}

function unknownColumns(table: TableId, request: GetRequest): string {
  if (table === request.resource.table) return '';
  const named = request.format === 'table' || request.format === 'wide' ? 'title' : 'id';
  const columns = askedColumns(request).filter(({ needs }) => needs?.includes(table) === true);
  return columns.length === 0
    ? ''
    : `: unknown ${columns.map((column) => column[named]).join(', ')}`;
}
