import { BINDING, bindingRow } from './binding.ts';
import { objectTable } from './define.ts';

export const clusterrolebindings = objectTable({
  kind: {
    group: 'rbac.authorization.k8s.io',
    version: 'v1',
    resource: 'clusterrolebindings',
    kind: 'ClusterRoleBinding',
    namespaced: false,
  },
  message: BINDING,
  row: bindingRow,
  keepsGone: false,
});
