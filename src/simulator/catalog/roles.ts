import { stampOf } from '../clock.ts';
import type { Rule } from '../world/access.ts';
import type { World } from '../world/world.ts';

const READ = ['get', 'list', 'watch'];
const WRITE = ['create', 'delete', 'deletecollection', 'patch', 'update'];
const GROUPS = ['apps', 'autoscaling', 'batch', 'discovery.k8s.io', 'networking.k8s.io', 'policy'];

const PLAIN = ['configmaps', 'events', 'pods', 'pods/log', 'replicationcontrollers', 'services'];
const VIEW: readonly Rule[] = [
  { apiGroups: [''], resources: [...PLAIN, 'namespaces', 'serviceaccounts'], verbs: READ },
  { apiGroups: GROUPS, resources: ['*'], verbs: READ },
  { apiGroups: ['metrics.k8s.io'], resources: ['nodes', 'pods'], verbs: READ },
];
const EDIT: readonly Rule[] = [
  ...VIEW,
  { apiGroups: [''], resources: ['secrets'], verbs: [...READ, ...WRITE] },
  {
    apiGroups: [''],
    resources: ['pods/attach', 'pods/exec', 'pods/portforward'],
    verbs: ['create', 'get'],
  },
  { apiGroups: [''], resources: ['pods/eviction', 'serviceaccounts/token'], verbs: ['create'] },
  { apiGroups: [''], resources: [...PLAIN, 'serviceaccounts'], verbs: WRITE },
  { apiGroups: GROUPS, resources: ['*'], verbs: WRITE },
];
const ADMIN: readonly Rule[] = [
  ...EDIT,
  {
    apiGroups: ['rbac.authorization.k8s.io'],
    resources: ['rolebindings', 'roles'],
    verbs: [...READ, ...WRITE],
  },
];
const CLUSTER_ADMIN: readonly Rule[] = [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }];

/** The roles for people that every cluster has, of the kinds that are served here. */
export function plantRoles({ store, cluster }: World): void {
  const metadata = (name: string) => ({
    name,
    labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults' },
    annotations: { 'rbac.authorization.kubernetes.io/autoupdate': 'true' },
    creationTimestamp: stampOf(cluster.createdAt),
  });
  const roles = { 'cluster-admin': CLUSTER_ADMIN, admin: ADMIN, edit: EDIT, view: VIEW };
  for (const [name, rules] of Object.entries(roles))
    store.create('clusterroles', { metadata: metadata(name), rules });
  const apiGroup = 'rbac.authorization.k8s.io';
  store.create('clusterrolebindings', {
    metadata: metadata('cluster-admin'),
    roleRef: { apiGroup, kind: 'ClusterRole', name: 'cluster-admin' },
    subjects: [{ apiGroup, kind: 'Group', name: 'system:masters' }],
  });
}
