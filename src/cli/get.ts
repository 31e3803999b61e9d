/**
 * `ekscope get`: a pane's rows, once. The same definition, joins and order as the pane, so that
 * scripts see what people see.
 */
import type { Clock } from '../core/clock.ts';
import { parseSelector } from '../core/label-selector.ts';
import type { TableId, Tables } from '../domain/tables.ts';
import type { Stop } from '../ports/sink.ts';
import type { AnyResource, Column, ResourceDef, RowContext } from '../resources/define.ts';
import { findResource, namesOf, RESOURCES } from '../resources/index.ts';
import type { Store } from '../store/index.ts';
import { unknown, UsageError, type Flags } from './args.ts';
import { comparator } from '../ui/table/order.ts';
import { settled } from './settled.ts';
import { format, FORMATS, type Format } from './table.ts';

/** Where rows come from: a store, and how to have its tables followed. */
export interface RowSource {
  readonly store: Store;
  readonly need: (tables: readonly TableId[]) => Stop;
}

/** What was asked for, checked. */
export interface GetRequest {
  readonly resource: AnyResource;
  readonly name: string;
  readonly format: Format;
  readonly namespace: string;
  readonly selects: ((labels: Readonly<Record<string, string>>) => boolean) | null;
  readonly sortBy: string;
}

/**
 * Checks `get`'s words.
 * @throws UsageError naming the nearest valid resource, format or column
 */
export function getRequest(args: readonly string[], flags: Flags): GetRequest {
  const [word, name = '', ...rest] = args;
  if (word === undefined) {
    throw new UsageError(`get takes a resource: ${RESOURCES.map(({ id }) => id).join(', ')}`);
  }
  if (rest.length > 0) throw new UsageError(`'${rest.join(' ')}' is one word too many`);
  const resource = findResource(word);
  if (resource === undefined) {
    throw new UsageError(unknown('resource', word, RESOURCES.flatMap(namesOf)));
  }
  const as = flags.output ?? 'table';
  if (!isFormat(as)) throw new UsageError(unknown('format', as, FORMATS));
  const selector = flags.selector === undefined ? null : parseSelector(flags.selector);
  if (
    selector !== null &&
    (!selector.ok || selector.end < (flags.selector ?? '').trimEnd().length)
  ) {
    const why = selector.ok
      ? `not understood from position ${selector.end + 1} on`
      : selector.error;
    throw new UsageError(`--selector '${flags.selector ?? ''}': ${why}`);
  }
  const sortBy = flags['sort-by'] ?? '';
  const columns = resource.columns.map(({ id }) => id);
  if (sortBy !== '' && !columns.includes(sortBy.replace(/^-/, ''))) {
    throw new UsageError(unknown('column', sortBy.replace(/^-/, ''), columns));
  }
  return {
    resource,
    name,
    format: as,
    namespace: flags['all-namespaces'] === true ? '' : (flags.namespace ?? ''),
    selects: selector?.ok === true ? selector.matches : null,
    sortBy,
  };
}

const isFormat = (text: string): text is Format => (FORMATS as readonly string[]).includes(text);

/** What `get` prints and how it ends. */
export interface GetResult {
  readonly out: string;
  /** One line per thing that could not be known. */
  readonly problems: readonly string[];
  readonly code: 0 | 1 | 3;
}

/**
 * Waits until every table that the columns need is complete or has failed, at most `timeout` ms,
 * and formats the rows.
 */
export async function get(
  request: GetRequest,
  source: RowSource,
  clock: Clock,
  timeout: number,
): Promise<GetResult> {
  const { resource } = request;
  const tables = neededTables(resource);
  const release = source.need(tables);
  try {
    await settled(source.store, tables, clock, timeout);
  } finally {
    release();
  }
  const problems = tables.flatMap((table) => problemOf(source.store, table, request));
  const primary = source.store.status(resource.table);
  if (!primary.synced && source.store.size(resource.table) === 0) {
    return { out: '', problems, code: 3 };
  }
  const ctx: RowContext = { now: clock.now(), time: 'age' };
  // The union of definitions is taken apart by the table that each belongs to.
  const { out, count } = print(
    resource as unknown as ResourceDef<'pods'>,
    request,
    source.store,
    ctx,
  );
  if (count === 0) {
    const wanted =
      request.name === '' ? `no ${resource.id} found` : `no ${resource.singular} '${request.name}'`;
    return { out, problems: [...problems, wanted], code: request.name === '' ? 0 : 1 };
  }
  return { out, problems, code: 0 };
}

function print<T extends TableId>(
  resource: ResourceDef<T>,
  request: GetRequest,
  store: Store,
  ctx: RowContext,
): { readonly out: string; readonly count: number } {
  const rows: Tables[T][] = [];
  for (const row of store.rows(resource.table)) {
    if (row.gone !== 0 || resource.only?.(row) === false) continue;
    if (request.name !== '' && row.name !== request.name) continue;
    if (
      request.namespace !== '' &&
      resource.scope === 'namespaced' &&
      row.namespace !== request.namespace
    )
      continue;
    if (request.selects !== null && !request.selects('labels' in row ? row.labels : {})) continue;
    rows.push(row);
  }
  const column = request.sortBy.replace(/^-/, '') || resource.sort.column;
  const descending =
    request.sortBy === '' ? resource.sort.descending : request.sortBy.startsWith('-');
  const columns: readonly Column<Tables[T]>[] = resource.columns;
  rows.sort(comparator(columns, { column, descending }, ctx));
  return { out: format(rows, columns, ctx, request.format, resource.singular), count: rows.length };
}

function neededTables(resource: AnyResource): readonly TableId[] {
  return [...new Set([resource.table, ...resource.columns.flatMap(({ needs }) => needs ?? [])])];
}

/** What could not be known; that it is of the namespace that was asked for is no problem. */
function problemOf(
  store: Store,
  table: TableId,
  { resource, namespace }: GetRequest,
): readonly string[] {
  const { state, reason, hint, synced, namespaces } = store.status(table);
  const asked = resource.scope === 'namespaced' ? namespace : '';
  const isPart = synced && namespaces !== null && namespaces.join() !== asked;
  const part = isPart ? `only of namespaces ${namespaces.join(', ')}` : '';
  const why = [part, reason].filter(Boolean).join(': ');
  if (synced && state === 'live' && why === '') return [];
  const told = why || (state === 'loading' ? 'did not answer in time' : state);
  return [`${table}: ${told}${hint === '' ? '' : ` (${hint})`}`];
}
