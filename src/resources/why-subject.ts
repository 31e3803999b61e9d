/** Of what it is asked why, as people type it, and the row that is meant. */
import type { BaseRow } from '../domain/rows.ts';
import type { TableId } from '../domain/tables/index.ts';
import type { Query } from '../ports/query.ts';
import type { AnyResource } from './define.ts';
import type { ResourceRegistry } from './registry.ts';

/** What words mean. */
export interface WhySubject {
  readonly resource: AnyResource;
  readonly name: string;
}

export const WHY_USAGE = 'RESOURCE/NAME, RESOURCE NAME or NAME';

/**
 * What `pod/api-0`, `deploy api` or `api-0` means.
 * @param here what a name alone is looked for among
 */
export function whySubject(
  words: readonly string[],
  here: AnyResource,
  resources: ResourceRegistry,
  query: Query | null,
): WhySubject | { readonly error: string } {
  const [first = '', second, ...rest] = words.flatMap((word, i) =>
    i === 0 ? word.split(/\/(.*)/s, 2) : word,
  );
  if (first === '' || rest.length > 0) return { error: `why takes ${WHY_USAGE}` };
  const resource = second === undefined ? here : resourceOf(first, resources, query);
  if ('error' in resource) return resource;
  if (resource.why === undefined) {
    const known = resources.all.filter(({ why }) => why !== undefined).map(({ id }) => id);
    return { error: `nothing tells why of ${resource.id}: it does of ${known.join(', ')}` };
  }
  return { resource, name: second ?? first };
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
  const like = meant.nearest === null ? '' : `; did you mean '${meant.nearest}'?`;
  return { error: `no resource '${type}'${like}` };
}

/**
 * The row of a name; where none has just that name, those whose names begin with it.
 * @param namespace empty: all of them
 */
export function rowsNamed(
  table: TableId,
  name: string,
  namespace: string,
  query: Query,
): readonly BaseRow[] {
  const within = (row: BaseRow): boolean =>
    row.gone === 0 && (namespace === '' || row.namespace === '' || row.namespace === namespace);
  const near: BaseRow[] = [];
  const exact: BaseRow[] = [];
  for (const row of query.rows(table)) {
    if (!row.name.startsWith(name) || !within(row)) continue;
    (row.name === name ? exact : near).push(row);
  }
  return exact.length > 0 ? exact : near;
}
