import { BINDING, bindingRow } from './binding.ts';
import { objectTable } from './define.ts';

export const rolebindings = objectTable({
  kind: {
    group: 'rbac.authorization.k8s.io',
    version: 'v1',
    resource: 'rolebindings',
    kind: 'RoleBinding',
    namespaced: true,
  },
  message: BINDING,
  row: bindingRow,
  keepsGone: false,
});
