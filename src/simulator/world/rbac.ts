/** Who may do what by the roles and bindings of a cluster. */
import type { AccessPolicy, Attempt } from './access.ts';
import type { PolicyRule, Subject } from './rbac-objects.ts';
import type { ObjectStore } from './store.ts';

/** Somebody who asks: a person, or a service account. */
export interface User {
  readonly username: string;
  readonly groups: readonly string[];
}

/** Whose members API servers ask nothing. */
const MASTERS = 'system:masters';

/** The user of a service account: `system:serviceaccount:NAMESPACE:NAME`. */
export function serviceAccountUser(namespace: string, name: string): User {
  const all = 'system:serviceaccounts';
  return {
    username: `system:serviceaccount:${namespace}:${name}`,
    groups: [all, `${all}:${namespace}`, 'system:authenticated'],
  };
}

/** What a user may do now, as the bindings are when it is asked. */
export function rbacPolicy(store: ObjectStore, user: User): AccessPolicy {
  const rules = (namespace: string): readonly PolicyRule[] => rulesOf(store, user, namespace);
  return {
    allows: (attempt) =>
      user.groups.includes(MASTERS) ||
      rules(attempt.namespace).some((rule) => covers(rule, attempt)),
    rules: (namespace) =>
      rules(namespace).map((rule) => ({ verbs: [], apiGroups: [], resources: [], ...rule })),
  };
}

function rulesOf(store: ObjectStore, user: User, namespace: string): readonly PolicyRule[] {
  const bindings = [
    ...store.list('clusterrolebindings'),
    ...(namespace === '' ? [] : store.list('rolebindings', namespace)),
  ];
  return bindings
    .filter(({ subjects = [] }) => subjects.some((subject) => isMeant(subject, user)))
    .flatMap(({ roleRef: { kind, name } }) => {
      const role =
        kind === 'Role' ? store.get('roles', namespace, name) : store.get('clusterroles', '', name);
      return role?.rules ?? [];
    });
}

function isMeant({ kind, name, namespace = '' }: Subject, { username, groups }: User): boolean {
  if (kind === 'Group') return groups.includes(name);
  if (kind === 'User') return name === username;
  return username === serviceAccountUser(namespace, name).username;
}

function covers(rule: PolicyRule, { verb, group, resource, name }: Attempt): boolean {
  const { verbs = [], apiGroups = [], resources = [], resourceNames = [] } = rule;
  const [, subresource] = resource.split('/');
  const wanted = [resource, '*', ...(subresource === undefined ? [] : [`*/${subresource}`])];
  return (
    [verb, '*'].some((each) => verbs.includes(each)) &&
    [group, '*'].some((each) => apiGroups.includes(each)) &&
    wanted.some((each) => resources.includes(each)) &&
    (resourceNames.length === 0 || resourceNames.includes(name))
  );
}
