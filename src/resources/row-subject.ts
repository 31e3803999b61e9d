/** What row is meant, as people type it: behind `:why`, `ekscope why`, `ekscope charts`. */
import type { BaseRow } from '../domain/rows.ts';
import type { TableId } from '../domain/tables/index.ts';
import type { Query } from '../ports/query.ts';
import type { AnyResource } from './define.ts';
import type { ResourceRegistry } from './registry.ts';

/** What words mean. */
export interface RowSubject {
  readonly resource: AnyResource;
  readonly name: string;
}

/** How a row is named. */
export const SUBJECT_USAGE = 'RESOURCE/NAME, RESOURCE NAME or NAME';

/**
 * What `pod/api-0`, `deploy api` or `api-0` means.
 * @param command what takes the words, for what is wrong with them
 * @param here what a name alone is looked for among
 */
export function rowSubject(
  command: string,
  words: readonly string[],
  here: AnyResource,
  resources: ResourceRegistry,
  query: Query | null,
): RowSubject | { readonly error: string } {
  const [first = '', second, ...rest] = words.flatMap((word, i) =>
    i === 0 ? word.split(/\/(.*)/s, 2) : word,
  );
  if (first === '' || rest.length > 0) return { error: `${command} takes ${SUBJECT_USAGE}` };
  const resource = second === undefined ? here : resourceOf(first, resources, query);
  return 'error' in resource ? resource : { resource, name: second ?? first };
}

function resourceOf(
  type: string,
  resources: ResourceRegistry,
  query: Query | null,
): AnyResource | { readonly error: string } {
  const meant = resources.resolve(type, query);
  if (meant.found === 'one') return meant.resource;
  if (meant.found === 'several') {
    return { error: `'${type}' may be any of ${meant.names.length}: ${meant.names.join(', ')}` };
  }
  const like = resources.nearest(type, query);
  const maybe = like === null ? '' : `; did you mean '${like}'?`;
  return { error: `no resource '${type}'${maybe}` };
}

/**
 * The row of a name, which may be gone and kept; where none has just that name, those whose names
 * begin with it.
 * @param namespace empty: all of them
 */
export function rowsNamed(
  table: TableId,
  name: string,
  namespace: string,
  query: Query,
): readonly BaseRow[] {
  const within = (row: BaseRow): boolean =>
    namespace === '' || row.namespace === '' || row.namespace === namespace;
  const near: BaseRow[] = [];
  const exact: BaseRow[] = [];
  const gone: BaseRow[] = [];
  for (const row of query.rows(table)) {
    if (!row.name.startsWith(name) || !within(row)) continue;
    if (row.gone === 0) (row.name === name ? exact : near).push(row);
    else if (row.name === name) gone.push(row);
  }
  return [exact, gone.slice(-1), near].find((rows) => rows.length > 0) ?? [];
}
