import { refOf } from '../domain/ref.ts';
import type { BindingRow } from '../domain/tables/binding.ts';
import { bindingColumns, bindingHealth, enterRole, TO_ACCOUNTS } from './binding-columns.ts';
import { nameColumn, namespaceColumn } from './columns.ts';
import { defineResource } from './define.ts';
import { describeBinding } from './describe/binding.ts';

const ROLES = ['roles', 'clusterroles'] as const;

export const rolebindings = defineResource({
  id: 'rolebindings',
  title: 'Role bindings',
  singular: 'rolebinding',
  aliases: ['rb'],
  description: 'Who is given which role in a namespace, and whether both are there.',
  table: 'rolebindings',
  scope: 'namespaced',
  columns: [namespaceColumn<BindingRow>(), nameColumn(14, bindingHealth), ...bindingColumns(ROLES)],
  sort: { column: 'namespace', descending: false },
  health: bindingHealth,
  enter: enterRole,
  links: { J: TO_ACCOUNTS },
  ref: (row) => refOf('rolebindings', row),
  describe: describeBinding,
  describeNeeds: [...ROLES, 'serviceaccounts'],
  iam: [],
  empty: 'No role bindings: nobody is given anything in this namespace alone',
});
