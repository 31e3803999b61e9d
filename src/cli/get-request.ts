import { parseSelector } from '../core/label-selector.ts';
import type { BaseRow } from '../domain/rows.ts';
import type { Query } from '../ports/query.ts';
import type { AnyResource } from '../resources/define.ts';
import type { ResourceRegistry } from '../resources/registry.ts';
import { untyped, type RowResource } from '../ui/resource/row-resource.ts';
import { unknown, UsageError, wordFlag, type Flags } from './args.ts';
import { FORMATS, type Format } from './table.ts';

/** What `ekscope get` was asked for, checked. */
export interface GetRequest {
  readonly resource: RowResource;
  /** Empty: all of them. */
  readonly name: string;
  readonly format: Format;
  /** Empty: all of them. */
  readonly namespace: string;
  readonly selects: ((labels: Readonly<Record<string, string>>) => boolean) | null;
  /** Id of a column, behind a dash for downwards; empty: as the pane sorts. */
  readonly sortBy: string;
}

/** The resource that `get`'s words name: `deployment.apps` of `deployment.apps/api`; empty: none. */
export const typeOf = ([word = '']: readonly string[]): string => word.split('/', 1)[0] ?? '';

/**
 * Checks `get`'s words: `pods`, `pods api-0` or, as kubectl prints names, `pod/api-0`.
 * @param query the cluster whose kinds may be meant too; null: none
 * @throws UsageError naming the nearest valid resource, format or column
 */
export function getRequest(
  args: readonly string[],
  flags: Flags,
  resources: ResourceRegistry,
  query: Query | null,
): GetRequest {
  const [word, second] = args;
  if (word === undefined) {
    throw new UsageError(`get takes a resource: ${resources.all.map(({ id }) => id).join(', ')}`);
  }
  const type = typeOf(args);
  // `deployment.apps/api` is what `-o name` prints.
  const slashName = word.length > type.length ? word.slice(type.length + 1) : undefined;
  if (slashName !== undefined && second !== undefined) {
    throw new UsageError(`'${second}' is one word too many after ${word}`);
  }
  const namespace = flags['all-namespaces'] === true ? '' : (flags.namespace ?? '');
  const resource = untyped(resourceNamed(type, resources, query));
  const sortBy = flags['sort-by'] ?? '';
  const columns = resource.columns.map(({ id }) => id);
  if (sortBy !== '' && !columns.includes(sortBy.replace(/^-/, ''))) {
    throw new UsageError(unknown('column', sortBy.replace(/^-/, ''), columns));
  }
  return {
    resource,
    name: slashName ?? second ?? '',
    format: wordFlag('format', flags.output, FORMATS) ?? 'table',
    namespace,
    selects: selectorOf(flags.selector),
    sortBy,
  };
}

/** @throws UsageError saying what else was meant, or what shows it */
function resourceNamed(
  type: string,
  resources: ResourceRegistry,
  query: Query | null,
): AnyResource {
  const meant = resources.resolve(type, query);
  switch (meant.found) {
    case 'one':
      return meant.resource;
    case 'several':
      throw new UsageError(`'${type}' may be any of: ${meant.names.join(', ')}`);
    case 'none': {
      const nearest = resources.nearest(type, query);
      if (nearest === null && query !== null) {
        throw new UsageError(
          `unknown resource '${type}', and no kind of this cluster: ekscope get kinds lists these`,
        );
      }
      if (nearest === null) {
        throw new UsageError(
          unknown(
            'resource',
            type,
            resources.all.map(({ id }) => id),
          ),
        );
      }
      throw new UsageError(`unknown resource '${type}'; did you mean '${nearest}'?`);
    }
  }
}

function selectorOf(text: string | undefined): GetRequest['selects'] {
  if (text === undefined) return null;
  const selector = parseSelector(text);
  if (selector.ok && selector.end >= text.trimEnd().length) return selector.matches;
  const why = selector.ok ? `not understood from position ${selector.end + 1} on` : selector.error;
  throw new UsageError(`--selector '${text}': ${why}`);
}

/** Is this one of the rows that were asked for. */
export function isWanted(
  { resource, name, namespace, selects }: GetRequest,
  row: BaseRow & { readonly labels?: Readonly<Record<string, string>> },
): boolean {
  if (resource.only?.(row) === false) return false;
  if (name !== '' && row.name !== name) return false;
  const scoped = namespace !== '' && resource.scope === 'namespaced';
  if (scoped && row.namespace !== namespace) return false;
  return selects === null || selects(row.labels ?? {});
}
