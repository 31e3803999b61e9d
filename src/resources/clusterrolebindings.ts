import { refOf } from '../domain/ref.ts';
import { bindingColumns, bindingHealth, enterRole, TO_ACCOUNTS } from './binding-columns.ts';
import { nameColumn } from './columns.ts';
import { defineResource } from './define.ts';
import { describeBinding } from './describe/binding.ts';

export const clusterrolebindings = defineResource({
  id: 'clusterrolebindings',
  title: 'Cluster role bindings',
  singular: 'clusterrolebinding',
  aliases: ['crb'],
  description: 'Who is given which cluster role everywhere, and whether both are there.',
  table: 'clusterrolebindings',
  scope: 'cluster',
  columns: [nameColumn(18, bindingHealth), ...bindingColumns(['clusterroles'])],
  sort: { column: 'name', descending: false },
  health: bindingHealth,
  enter: enterRole,
  links: { J: TO_ACCOUNTS },
  ref: (row) => refOf('clusterrolebindings', row),
  describe: describeBinding,
  describeNeeds: ['clusterroles', 'serviceaccounts'],
  iam: [],
  empty: 'No cluster role bindings may be read',
});
