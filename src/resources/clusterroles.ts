import { sum } from '../core/collect.ts';
import { refOf } from '../domain/ref.ts';
import type { BindingRow } from '../domain/tables/binding.ts';
import type { ClusterRoleRow } from '../domain/tables/clusterroles.ts';
import { muted } from './cells.ts';
import { ageColumn, countColumn, labelsColumn, nameColumn, textColumn } from './columns.ts';
import { defineResource, type Column } from './define.ts';
import { many } from './describe/common.ts';
import { describeRole } from './describe/role.ts';
import { createdAtColumn, risksColumn, roleHealth, rulesColumn } from './role-columns.ts';

const BINDINGS = ['clusterrolebindings', 'rolebindings'] as const;

const isOf =
  ({ name }: ClusterRoleRow) =>
  ({ roleKind, roleName }: BindingRow): boolean =>
    roleKind === 'ClusterRole' && roleName === name;

const aggregates = (row: ClusterRoleRow): string => row.aggregates.join(' or ');

const columns: readonly Column<ClusterRoleRow>[] = [
  nameColumn(18, roleHealth),
  rulesColumn(1),
  risksColumn(),
  countColumn(
    {
      id: 'bindings',
      title: 'BINDINGS',
      description: 'Bindings that give it to somebody, in the cluster and in namespaces.',
      tier: 1,
      needs: BINDINGS,
    },
    (row) => sum([row.clusterBindings, row.bindings], (count) => count),
  ),
  countColumn(
    {
      id: 'everywhere',
      title: 'SUBJECTS',
      description: 'Users, groups and service accounts that have it in the whole cluster.',
      tier: 0,
      needs: ['clusterrolebindings'],
    },
    ({ clusterSubjects }) => clusterSubjects,
  ),
  countColumn(
    {
      id: 'inNamespaces',
      title: 'IN-NS',
      description: 'Users, groups and service accounts that have it in single namespaces.',
      tier: 0,
      needs: ['rolebindings'],
    },
    ({ subjects }) => subjects,
  ),
  textColumn(
    {
      id: 'aggregates',
      title: 'AGGREGATES',
      description: 'Labels of the cluster roles whose rules are copied into it.',
      tier: 2,
      max: 90,
      cell: (row) => muted(aggregates(row)),
    },
    aggregates,
  ),
  ageColumn(),
  createdAtColumn(),
  labelsColumn(),
];

export const clusterroles = defineResource({
  id: 'clusterroles',
  title: 'Cluster roles',
  singular: 'clusterrole',
  aliases: ['cr'],
  description:
    'Roles for the cluster or any namespace: what they allow, what that leads to, how many have them.',
  table: 'clusterroles',
  scope: 'cluster',
  columns,
  sort: { column: 'name', descending: false },
  health: roleHealth,
  enter: {
    is: 'link',
    to: 'clusterrolebindings',
    title: 'bindings of this cluster role',
    // Where only namespaces give it, they are shown.
    target: (row) => ({
      label: row.name,
      only: isOf(row),
      ...(row.clusterBindings === 0 && row.bindings !== 0 && { to: 'rolebindings' }),
    }),
  },
  links: {
    J: {
      to: 'rolebindings',
      title: 'bindings of it in namespaces',
      target: (row) => ({ label: row.name, only: isOf(row) }),
    },
  },
  ref: (row) => refOf('clusterroles', row),
  describe: (input) =>
    describeRole(
      input,
      input.row.aggregates.length === 0
        ? []
        : many(
            'Aggregates',
            input.row.aggregates.map((each) => `cluster roles with ${each}`),
          ),
    ),
  describeNeeds: [...BINDINGS, 'serviceaccounts'],
  iam: [],
  empty: 'No cluster roles may be read',
});
