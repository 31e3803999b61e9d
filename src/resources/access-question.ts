/** The question who may do something, or whether the user may, as people type it. */
import { nearest } from '../core/nearest.ts';
import type { Attempt } from '../domain/rbac.ts';
import type { Query } from '../ports/query.ts';
import { placeOf, type ResourceRegistry } from './registry.ts';

/** What is asked. */
export interface AccessQuestion {
  readonly attempt: Attempt;
  /** Where; empty: in the whole cluster. */
  readonly namespace: string;
  /** What is asked about is in namespaces: it may be allowed in some of them. */
  readonly namespaced: boolean;
  /** The question in words, e.g. `delete pods in shop`. */
  readonly words: string;
  /** A word for a kind that means none, and was taken as it is written; empty: all are understood. */
  readonly unresolved: string;
  /** What is to be known of how it was understood; empty: nothing. */
  readonly note: string;
}

/** Words that were typed, and what stood behind options. */
export interface AskedWords {
  /** `VERB RESOURCE[/SUBRESOURCE] [NAME]` or `VERB /PATH` */
  readonly words: readonly string[];
  /** Empty: all of them. */
  readonly namespace: string;
  /** As kubectl takes it; empty: what stands behind the resource, if anything. */
  readonly subresource: string;
}

/** Verbs of the API, the most usual first. */
export const VERBS: readonly string[] = [
  ...['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'],
  ...['impersonate', 'bind', 'escalate', 'use', 'approve', 'sign'],
];

/** What stands behind the slash of a resource where it is no name of an object. */
const SUBRESOURCES: ReadonlySet<string> = new Set([
  ...['log', 'exec', 'attach', 'portforward', 'proxy', 'eviction', 'binding', 'status', 'scale'],
  ...['token', 'ephemeralcontainers', 'resize', 'approval', 'finalize', 'finalizers', '*'],
]);

/** Whom roles let others act as: resources in rules, and no kinds of the API. */
const NO_KINDS: ReadonlySet<string> = new Set(['users', 'groups', 'uids']);

export const USAGE = 'VERB RESOURCE[/SUBRESOURCE] [NAME] [-n NAMESPACE], or VERB /PATH';

/**
 * What words ask for. What the cluster calls by no name is taken as it is written, since roles may
 * name what is no kind that can be listed (users, tokens).
 */
export function accessQuestion(
  { words: [verb = '', what = '', name = '', ...rest], namespace, subresource }: AskedWords,
  resources: ResourceRegistry,
  query: Query | null,
): AccessQuestion | { readonly error: string } {
  if (verb === '' || what === '') return { error: `it takes ${USAGE}` };
  if (rest.length > 0)
    return { error: `'${rest[0] ?? ''}' is one word too many: it takes ${USAGE}` };
  const like = verb === '*' || VERBS.includes(verb) ? null : nearest(verb, VERBS);
  const unsure = like === null ? '' : `'${verb}' is no usual verb; did you mean '${like}'? `;
  if (what.startsWith('/')) {
    if (name !== '') return { error: `'${name}' is one word too many behind a path` };
    const attempt = { verb, path: what };
    return {
      ...{ attempt, namespace: '', namespaced: false, words: `${verb} ${what}` },
      ...{ note: unsure.trim(), unresolved: '' },
    };
  }
  const [type = '', behind = ''] = what.split(/\/(.*)/s, 2);
  const isSub = SUBRESOURCES.has(behind) || name !== '';
  if (behind !== '' && isSub && subresource !== '' && behind !== subresource) {
    return { error: `both ${behind} and ${subresource} are named as the subresource` };
  }
  const sub = subresource || (isSub ? behind : '');
  const object = name || (isSub ? '' : behind);
  const kind = kindOf(type, resources, query);
  if ('error' in kind) return kind;
  const { group, resource, namespaced } = kind;
  const attempt = { verb, group, resource, subresource: sub, name: object };
  // Of a namespace itself the API takes the name for where it is.
  const isNamespace = group === '' && resource === 'namespaces';
  const where = namespaced ? namespace : isNamespace ? object : '';
  const place = group === '' || group === '*' ? resource : `${resource}.${group}`;
  return {
    attempt,
    namespace: where,
    namespaced,
    words: [
      `${verb} ${place}${sub === '' ? '' : `/${sub}`}`,
      ...(object === '' ? [] : [object]),
      ...(!namespaced ? [] : [where === '' ? 'in all namespaces' : `in ${where}`]),
    ].join(' '),
    note: `${unsure}${kind.note}`.trim(),
    unresolved: kind.note === '' ? '' : type,
  };
}

interface Kind {
  readonly group: string;
  readonly resource: string;
  readonly namespaced: boolean;
  readonly note: string;
}

function kindOf(
  type: string,
  resources: ResourceRegistry,
  query: Query | null,
): Kind | { readonly error: string } {
  const any = { group: '*', resource: '*', namespaced: true, note: '' };
  if (type === '*') return any;
  const [resource = '', group = ''] = type.split(/\.(.*)/s, 2);
  if (resource === '*') return { ...any, group };
  if (NO_KINDS.has(type)) return { group: '', resource, namespaced: false, note: '' };
  const meant = resources.resolve(type, query);
  if (meant.found === 'several') {
    return { error: `'${type}' may be any of ${meant.names.length}: ${meant.names.join(', ')}` };
  }
  const place = meant.found === 'one' ? placeOf(meant.resource) : null;
  if (place !== null) return { ...place, note: '' };
  const like = meant.found === 'none' ? resources.nearest(type, query) : null;
  const maybe = like === null ? '' : `; did you mean '${like}'?`;
  return {
    ...{ group, resource, namespaced: true },
    note: `the cluster lists no kind called '${type}': taken as it is written${maybe}`,
  };
}
