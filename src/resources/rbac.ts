/** Roles, bindings and who is in them, as a cluster's tables have them together. */
import type { Cell, Segment } from '../core/styled.ts';
import { subjectText, type Subject } from '../domain/rbac.ts';
import type { BindingRow } from '../domain/tables/binding.ts';
import type { AnyRoleRow } from '../domain/tables/role.ts';
import type { Query } from '../ports/query.ts';

/** All that says who may do what. */
export const RBAC_TABLES = [
  'clusterrolebindings',
  'rolebindings',
  'clusterroles',
  'roles',
] as const;

type RbacTable = (typeof RBAC_TABLES)[number];

/** The bindings of the cluster, then those of namespaces, by namespace and name. */
export function bindingsIn(query: Query): readonly BindingRow[] {
  return [...query.rows('clusterrolebindings'), ...query.rows('rolebindings')]
    .filter(({ gone }) => gone === 0)
    .sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
}

const placeOf = ({ namespace, name }: BindingRow): string => `${namespace}/${name}`;

/** The role that a binding gives; undefined: it is not known, or not there. */
export function roleOf(
  { roleKind, roleName, namespace }: BindingRow,
  query: Query,
): AnyRoleRow | undefined {
  return roleKind === 'Role'
    ? query.named('roles', namespace, roleName)
    : query.named('clusterroles', '', roleName);
}

/** Where what a binding gives holds. */
export const whereText = ({ namespace }: BindingRow): string =>
  namespace === '' ? 'everywhere' : `in ${namespace}`;

/** `ClusterRole/view`, as kubectl prints it. */
export const roleText = ({ roleKind, roleName }: BindingRow): string => `${roleKind}/${roleName}`;

/** `rolebinding/deployers` */
export const bindingText = ({ namespace, name }: BindingRow): string =>
  `${namespace === '' ? 'clusterrolebinding' : 'rolebinding'}/${name}`;

/** Service accounts among its subjects that are not there, as far as that is known. */
export const missingAccounts = ({ missing, missingHere }: BindingRow): readonly string[] =>
  missing ?? missingHere ?? [];

/** A subject by name; that a service account is not there is told. */
export function subjectCell(subject: Subject, binding: BindingRow): readonly Segment[] {
  const isMissing =
    subject.kind === 'ServiceAccount' &&
    missingAccounts(binding).includes(`${subject.namespace}/${subject.name}`);
  return [
    [subjectText(subject), 'accent'],
    [isMissing ? '  ! does not exist' : '', 'warn'],
  ];
}

/**
 * What of the tables cannot be told, and why; nothing where all of them are known.
 * @param namespace the only one whose rows matter; empty: all do
 */
export function unknownLines(
  query: Query,
  tables: readonly RbacTable[],
  namespace = '',
): readonly Cell[] {
  const denied = tables.filter((table) => query.status(table).state === 'denied');
  const one: Cell[] =
    denied.length === 0 ? [] : [[[`? not allowed to list and watch ${denied.join(', ')}`, 'warn']]];
  const others = tables.filter((table) => !denied.includes(table));
  const lines = others.flatMap((table): Cell[] => {
    const { synced, state, reason, namespaces } = query.status(table);
    if (!synced) {
      const why = reason || (state === 'loading' || state === 'idle' ? 'still being read' : state);
      return [[[`? ${table}: ${why}`, 'warn']]];
    }
    if (namespaces === null || namespaces.includes(namespace)) return [];
    return [[[`? ${table}: only those of ${namespaces.join(', ')} are read here`, 'warn']]];
  });
  return [...one, ...lines];
}
