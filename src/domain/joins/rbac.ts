/** What roles are told of by their bindings, and bindings by their roles and subjects. */
import { subjectText } from '../rbac.ts';
import type { BindingRow } from '../tables/binding.ts';
import type { AnyRoleRow } from '../tables/role.ts';
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

const accountsOf = ({ subjects }: BindingRow): readonly string[] => [
  ...new Set(
    subjects
      .filter(({ kind }) => kind === 'ServiceAccount')
      .map(({ namespace, name }) => `${namespace}/${name}`),
  ),
];

const bySpaceAndName = key('serviceaccounts', 'cluster', (row) => `${row.namespace}/${row.name}`);

function boundAccounts(table: 'rolebindings' | 'clusterrolebindings') {
  return join({
    target: key(table, 'cluster', accountsOf),
    source: bySpaceAndName,
    uses: ['namespace', 'name'],
    fields: ['missing'],
    ofAll: true,
    compute: (binding, accounts, known) => {
      if (!known) return { missing: null };
      const there = new Set(accounts.map(({ namespace, name }) => `${namespace}/${name}`));
      return {
        missing: accountsOf(binding).filter((each) => !there.has(each)),
      };
    },
  });
}

export const RBAC_RULES = [
  roleUse,
  clusterRoleUse,
  clusterRoleUseEverywhere,
  boundRole,
  boundClusterRole,
  clusterBoundRole,
  boundAccounts('rolebindings'),
  boundAccounts('clusterrolebindings'),
];
