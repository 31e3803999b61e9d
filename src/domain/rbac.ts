/** What roles and bindings allow, by the rules of the API server's RBAC authorizer. */
import { own } from '../core/own.ts';

/** One rule of a role: all that it allows, for there are none that forbid. */
export interface PolicyRule {
  readonly verbs: readonly string[];
  readonly apiGroups: readonly string[];
  /** Plurals, `plural/subresource`, `*` or, of any resource, `*` and a subresource. */
  readonly resources: readonly string[];
  /** Only objects of these names; empty: of any. */
  readonly resourceNames: readonly string[];
  /** Paths that are no resources, e.g. `/metrics`, with `*` at the end for what begins so. */
  readonly nonResourceURLs: readonly string[];
}

/** Somebody that a binding gives its role to. */
export interface Subject {
  /** `User`, `Group` or `ServiceAccount`. */
  readonly kind: string;
  readonly name: string;
  /** Of a service account; else empty. */
  readonly namespace: string;
}

/** What somebody wants to do with a resource, wherever that is. */
export interface ResourceAttempt {
  readonly verb: string;
  readonly group: string;
  /** Plural; `*` for any. */
  readonly resource: string;
  /** Empty: the resource itself. */
  readonly subresource: string;
  /** Empty: with any of them. */
  readonly name: string;
}

/** What somebody wants to do: with a resource, or with a path of the server that is none. */
export type Attempt = ResourceAttempt | { readonly verb: string; readonly path: string };

const ANY = '*';

/**
 * Whether a rule allows an attempt: `only` is of which objects, none of which means all of them; null
 * where it does not. An attempt with any object is allowed in part by a rule that names some.
 */
export function allowed(rule: PolicyRule, attempt: Attempt): { only: readonly string[] } | null {
  if (!hasOr(rule.verbs, attempt.verb)) return null;
  if ('path' in attempt) {
    return rule.nonResourceURLs.some((url) => isOf(url, attempt.path)) ? { only: [] } : null;
  }
  const { group, name } = attempt;
  if (!hasOr(rule.apiGroups, group) || !isOfResource(rule.resources, attempt)) return null;
  const { resourceNames } = rule;
  if (resourceNames.length === 0 || resourceNames.includes(name)) return { only: [] };
  return name === '' ? { only: resourceNames } : null;
}

const hasOr = (words: readonly string[], word: string): boolean =>
  words.includes(ANY) || words.includes(word);

function isOfResource(
  resources: readonly string[],
  { resource, subresource }: Pick<ResourceAttempt, 'resource' | 'subresource'>,
): boolean {
  if (subresource === '') return hasOr(resources, resource);
  return hasOr(resources, `${resource}/${subresource}`) || resources.includes(`*/${subresource}`);
}

function isOf(url: string, path: string): boolean {
  if (url === ANY || url === path) return true;
  return url.endsWith(ANY) && path.startsWith(url.replace(/(?<!\*)\*+$/, ''));
}

/** Of whom all service accounts are, those of a namespace, and everybody who has signed in. */
const ACCOUNTS = 'system:serviceaccounts';
const AUTHENTICATED = 'system:authenticated';

/** Tells whether a subject means a service account: by which group, empty where by itself; else null. */
export function meansAccount(namespace: string, name: string): (subject: Subject) => string | null {
  const user = `system:serviceaccount:${namespace}:${name}`;
  const groups = new Set([ACCOUNTS, `${ACCOUNTS}:${namespace}`, AUTHENTICATED]);
  return (subject) => {
    if (subject.kind === 'Group') return groups.has(subject.name) ? subject.name : null;
    const isIt =
      subject.kind === 'User'
        ? subject.name === user
        : subject.namespace === namespace && subject.name === name;
    return isIt ? '' : null;
  };
}

/** A subject in a word and its name: `sa shop/ci`, `group developers`, `user ann`. */
export function subjectText({ kind, namespace, name }: Subject): string {
  return kind === 'ServiceAccount' ? `sa ${namespace}/${name}` : `${kind.toLowerCase()} ${name}`;
}

/** Roles that every cluster is given for its components and its parts, by their names. */
const BUILT_IN = /^(?:system:|eks:|(?:cluster-admin|admin|edit|view)$)/;

/** Whether Kubernetes or EKS made it, rather than the people of the cluster. */
export function isBuiltIn({
  name,
  labels,
}: {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}): boolean {
  return BUILT_IN.test(name) || labels['kubernetes.io/bootstrapping'] === 'rbac-defaults';
}

const ANONYMOUS = ['system:anonymous', 'system:unauthenticated'];
/** What everybody who has signed in is given by Kubernetes itself, and who has not. */
const PUBLIC: Readonly<Record<string, readonly string[]>> = {
  'system:basic-user': [AUTHENTICATED],
  'system:discovery': [AUTHENTICATED],
  'system:public-info-viewer': [AUTHENTICATED, 'system:unauthenticated'],
};

/**
 * Whom beyond all measure a binding gives a role to: those who have not signed in, else everybody
 * who has; empty where to neither, or where Kubernetes itself does.
 */
export function openTo(role: string, subjects: readonly Subject[]): readonly string[] {
  const given = own(PUBLIC, role) ?? [];
  const names = subjects.map(({ name }) => name).filter((name) => !given.includes(name));
  const anonymous = ANONYMOUS.filter((name) => names.includes(name));
  return anonymous.length > 0 ? anonymous : names.filter((name) => name === AUTHENTICATED);
}

/** Whether names are those of people who have not signed in. */
export const isAnonymous = (names: readonly string[]): boolean =>
  names.some((name) => ANONYMOUS.includes(name));
