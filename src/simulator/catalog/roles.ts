import { stampOf } from '../clock.ts';
import type { Rule } from '../world/access.ts';
import type { PolicyRule } from '../world/rbac-objects.ts';
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

const SIGNED_IN = 'system:authenticated';
/** What everybody is given, and who that is. */
const PUBLIC: Readonly<Record<string, readonly [rules: readonly PolicyRule[], groups: string[]]>> =
  {
    'system:basic-user': [
      [
        {
          apiGroups: ['authorization.k8s.io'],
          resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'],
          verbs: ['create'],
        },
      ],
      [SIGNED_IN],
    ],
    'system:discovery': [
      [{ nonResourceURLs: ['/api', '/api/*', '/apis', '/apis/*', '/openapi/*'], verbs: ['get'] }],
      [SIGNED_IN],
    ],
    'system:public-info-viewer': [
      [{ nonResourceURLs: ['/healthz', '/livez', '/readyz', '/version'], verbs: ['get'] }],
      [SIGNED_IN, 'system:unauthenticated'],
    ],
  };

const GROUP = 'rbac.authorization.k8s.io';

/** The roles that every cluster has, of the kinds that are served here. */
export function plantRoles({ store, cluster }: World): void {
  const metadata = (name: string, labels: Readonly<Record<string, string>> = {}) => ({
    name,
    labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults', ...labels },
    annotations: { 'rbac.authorization.kubernetes.io/autoupdate': 'true' },
    creationTimestamp: stampOf(cluster.createdAt),
  });
  store.create('clusterroles', { metadata: metadata('cluster-admin'), rules: CLUSTER_ADMIN });
  for (const [name, rules] of Object.entries({ admin: ADMIN, edit: EDIT, view: VIEW })) {
    const labels = { [`${GROUP}/aggregate-to-${name}`]: 'true' };
    store.create('clusterroles', {
      metadata: metadata(`system:aggregate-to-${name}`, labels),
      rules,
    });
    const aggregationRule = { clusterRoleSelectors: [{ matchLabels: labels }] };
    store.create('clusterroles', { metadata: metadata(name), aggregationRule, rules });
  }
  const bind = (name: string, groups: readonly string[]): void =>
    void store.create('clusterrolebindings', {
      metadata: metadata(name),
      roleRef: { apiGroup: GROUP, kind: 'ClusterRole', name },
      subjects: groups.map((group) => ({ apiGroup: GROUP, kind: 'Group', name: group })),
    });
  bind('cluster-admin', ['system:masters']);
  for (const [name, [rules, groups]] of Object.entries(PUBLIC)) {
    store.create('clusterroles', { metadata: metadata(name), rules });
    bind(name, groups);
  }
}
