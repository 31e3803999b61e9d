/** What roles are told of by their bindings, and bindings by their roles and subjects. */
import { subjectText } from '../rbac.ts';
import type { BindingRow } from '../tables/binding.ts';
import type { AnyRoleRow } from '../tables/role.ts';
import type { ServiceAccountRow } from '../tables/serviceaccounts.ts';
import { byName, join, key } from './join.ts';

const of =
  (kind: string) =>
  ({ roleKind, roleName }: BindingRow): string =>
    roleKind === kind ? roleName : '';

const ofRole = of('Role');
const ofClusterRole = of('ClusterRole');

type Bound = Pick<BindingRow, 'subjects'>;

/** To how many subjects they give the role, each counted once. */
const subjectsOf = (bindings: readonly Bound[]): number =>
  new Set(bindings.flatMap(({ subjects }) => subjects.map(subjectText))).size;

const holders = (bindings: readonly Bound[], known: boolean) =>
  known
    ? { bindings: bindings.length, subjects: subjectsOf(bindings) }
    : { bindings: null, subjects: null };

const roleUse = join({
  target: byName('roles'),
  source: key('rolebindings', 'namespace', ofRole),
  uses: ['subjects'],
  fields: ['bindings', 'subjects'],
  ofAll: true,
  compute: (_, bindings, known) => holders(bindings, known),
});

const clusterRoleUse = join({
  target: byName('clusterroles'),
  source: key('rolebindings', 'cluster', ofClusterRole),
  uses: ['subjects'],
  fields: ['bindings', 'subjects'],
  ofAll: true,
  compute: (_, bindings, known) => holders(bindings, known),
});

const clusterRoleUseEverywhere = join({
  target: byName('clusterroles'),
  source: key('clusterrolebindings', 'cluster', ofClusterRole),
  uses: ['subjects'],
  fields: ['clusterBindings', 'clusterSubjects'],
  ofAll: true,
  compute: (_, bindings, known) => {
    const { bindings: clusterBindings, subjects: clusterSubjects } = holders(bindings, known);
    return { clusterBindings, clusterSubjects };
  },
});

type Given = Pick<AnyRoleRow, 'risks' | 'risksWithin'>;

/** What a binding gives leads to less where it gives it in one namespace alone. */
function told({ namespace }: BindingRow, role: Given | undefined, known: boolean) {
  if (role === undefined) return known ? NOTHING : UNKNOWN;
  return { roleFound: true, risks: namespace === '' ? role.risks : role.risksWithin };
}

const NOTHING = { roleFound: false, risks: [] };
const UNKNOWN = { roleFound: null, risks: null };

const boundRole = join({
  target: key('rolebindings', 'namespace', ofRole),
  source: byName('roles'),
  uses: ['risks', 'risksWithin'],
  fields: ['roleFound', 'risks'],
  ofAll: true,
  when: ({ roleKind }) => roleKind === 'Role',
  compute: (binding, [role], known) => told(binding, role, known),
});

const boundClusterRole = join({
  target: key('rolebindings', 'cluster', ofClusterRole),
  source: byName('clusterroles'),
  uses: ['risks', 'risksWithin'],
  fields: ['roleFound', 'risks'],
  ofAll: true,
  when: ({ roleKind }) => roleKind !== 'Role',
  compute: (binding, [role], known) => told(binding, role, known),
});

const clusterBoundRole = join({
  target: key('clusterrolebindings', 'cluster', ofClusterRole),
  source: byName('clusterroles'),
  uses: ['risks', 'risksWithin'],
  fields: ['roleFound', 'risks'],
  ofAll: true,
  compute: (binding, [role], known) => told(binding, role, known),
});

type Named = Pick<ServiceAccountRow, 'namespace' | 'name'>;

const placed = ({ namespace, name }: Named): string => `${namespace}/${name}`;

const accountsOf = ({ subjects }: BindingRow): readonly Named[] =>
  subjects.filter(({ kind }) => kind === 'ServiceAccount');

const keysOf = (binding: BindingRow): readonly string[] => [
  ...new Set(accountsOf(binding).map(placed)),
];

/** The names of those in its own namespace. */
const keysHere = (binding: BindingRow): readonly string[] => [
  ...new Set(
    accountsOf(binding)
      .filter(({ namespace }) => namespace === binding.namespace)
      .map(({ name }) => name),
  ),
];

const bySpaceAndName = key('serviceaccounts', 'cluster', placed);

/** Which of the keys no account has; null: not all accounts were listed. */
function missingOf(
  keys: readonly string[],
  accounts: readonly Named[],
  known: boolean,
): readonly string[] | null {
  if (!known) return null;
  const there = new Set(accounts.map(placed));
  return keys.filter((each) => !there.has(each));
}

const boundAccounts = (table: 'rolebindings' | 'clusterrolebindings') =>
  join({
    target: key(table, 'cluster', keysOf),
    source: bySpaceAndName,
    uses: ['namespace', 'name'],
    fields: ['missing'],
    ofAll: true,
    compute: (binding, accounts, known) => ({
      missing: missingOf(keysOf(binding), accounts, known),
    }),
  });

const boundAccountsHere = join({
  target: key('rolebindings', 'namespace', keysHere),
  source: byName('serviceaccounts'),
  uses: ['namespace', 'name'],
  fields: ['missingHere'],
  ofAll: true,
  compute: (binding, accounts, known) => {
    const keys = keysHere(binding).map((name) => placed({ namespace: binding.namespace, name }));
    return { missingHere: missingOf(keys, accounts, known) };
  },
});

export const RBAC_RULES = [
  roleUse,
  clusterRoleUse,
  clusterRoleUseEverywhere,
  boundRole,
  boundClusterRole,
  clusterBoundRole,
  boundAccounts('rolebindings'),
  boundAccounts('clusterrolebindings'),
  boundAccountsHere,
];
