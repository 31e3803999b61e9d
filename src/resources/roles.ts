import { refOf } from '../domain/ref.ts';
import type { BindingRow } from '../domain/tables/binding.ts';
import type { RoleRow } from '../domain/tables/roles.ts';
import { ageColumn, countColumn, labelsColumn, nameColumn, namespaceColumn } from './columns.ts';
import { defineResource, type Column } from './define.ts';
import { describeRole } from './describe/role.ts';
import { createdAtColumn, risksColumn, roleHealth, rulesColumn } from './role-columns.ts';

const columns: readonly Column<RoleRow>[] = [
  namespaceColumn(),
  nameColumn(14, roleHealth),
  rulesColumn(0),
  risksColumn(),
  countColumn(
    {
      id: 'bindings',
      title: 'BINDINGS',
      description: 'Role bindings that give it to somebody.',
      tier: 1,
      needs: ['rolebindings'],
    },
    ({ bindings }) => bindings,
  ),
  countColumn(
    {
      id: 'subjects',
      title: 'SUBJECTS',
      description: 'Users, groups and service accounts that have it.',
      tier: 0,
      needs: ['rolebindings'],
    },
    ({ subjects }) => subjects,
  ),
  ageColumn(),
  createdAtColumn(),
  labelsColumn(),
];

export const roles = defineResource({
  id: 'roles',
  title: 'Roles',
  singular: 'role',
  aliases: ['ro'],
  description: 'Roles of namespaces: what they allow, what that leads to, and how many have them.',
  table: 'roles',
  scope: 'namespaced',
  columns,
  sort: { column: 'namespace', descending: false },
  health: roleHealth,
  enter: {
    is: 'link',
    to: 'rolebindings',
    title: 'bindings of this role',
    target: ({ name, namespace }) => ({
      label: name,
      namespace,
      only: (binding: BindingRow) =>
        binding.namespace === namespace && binding.roleKind === 'Role' && binding.roleName === name,
    }),
  },
  ref: (row) => refOf('roles', row),
  describe: (input) => describeRole(input),
  describeNeeds: ['rolebindings', 'serviceaccounts'],
  iam: [],
  empty: 'No roles: who may do what here is said by cluster roles alone',
});
