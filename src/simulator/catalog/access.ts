/** Who may do what in the shop: its programs, its people, and what was left over. */
import { stampOf } from '../clock.ts';
import type { PolicyRule, Subject } from '../world/rbac-objects.ts';
import type { World } from '../world/world.ts';
import type { App } from './app.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const READ = ['get', 'list', 'watch'];
const WRITE = ['create', 'delete', 'patch', 'update'];
const GROUP = 'rbac.authorization.k8s.io';

const core = (resources: readonly string[], verbs: readonly string[]): PolicyRule => ({
  apiGroups: [''],
  resources,
  verbs,
});

/** What programs may do in the whole cluster, by their names. */
const PROGRAMS: Readonly<Record<string, readonly PolicyRule[]>> = {
  'aws-load-balancer-controller': [
    core(['endpoints', 'nodes', 'pods', 'services'], READ),
    core(['services/status'], ['patch', 'update']),
    { apiGroups: ['networking.k8s.io'], resources: ['ingressclasses', 'ingresses'], verbs: READ },
  ],
  'cert-manager': [
    core(['secrets'], [...READ, ...WRITE]),
    { apiGroups: ['cert-manager.io'], resources: ['*'], verbs: [...READ, 'update'] },
  ],
  'cluster-autoscaler': [
    core(['nodes'], [...READ, 'update', 'delete']),
    core(['pods', 'services', 'persistentvolumeclaims', 'persistentvolumes'], READ),
    core(['pods/eviction'], ['create']),
    { apiGroups: ['apps'], resources: ['*'], verbs: READ },
  ],
  'external-dns': [
    core(['services', 'pods', 'nodes'], READ),
    { apiGroups: ['networking.k8s.io'], resources: ['ingresses'], verbs: READ },
  ],
  'kube-state-metrics': [
    core(['nodes', 'pods', 'services', 'namespaces', 'resourcequotas'], ['list', 'watch']),
    { apiGroups: ['apps', 'batch'], resources: ['*'], verbs: ['list', 'watch'] },
  ],
  prometheus: [
    core(['nodes', 'nodes/proxy', 'pods', 'services', 'endpoints'], READ),
    { nonResourceURLs: ['/metrics'], verbs: ['get'] },
  ],
};

const group = (name: string): Subject => ({ apiGroup: GROUP, kind: 'Group', name });

/** Plants the roles and bindings of the programs that run there, and of the people who made them. */
export function plantAccess({ store, cluster }: World, apps: readonly App[]): void {
  const metadata = (name: string, days: number, namespace?: string) => ({
    name,
    ...(namespace !== undefined && { namespace }),
    creationTimestamp: stampOf(cluster.createdAt + days * DAY),
  });
  const ref = (kind: string, name: string) => ({ apiGroup: GROUP, kind, name });
  for (const { name, namespace } of apps) {
    const rules = PROGRAMS[name];
    if (!rules) continue;
    store.create('clusterroles', { metadata: metadata(name, 3), rules });
    store.create('clusterrolebindings', {
      metadata: metadata(name, 3),
      roleRef: ref('ClusterRole', name),
      subjects: [{ kind: 'ServiceAccount', name, namespace }],
    });
  }
  const everywhere = (name: string, role: string, subjects: readonly Subject[]): void =>
    void store.create('clusterrolebindings', {
      metadata: metadata(name, 9),
      roleRef: ref('ClusterRole', role),
      subjects,
    });
  everywhere('break-glass', 'cluster-admin', [group('shop:break-glass')]);
  everywhere('operators', 'cluster-admin', [group('shop:operators')]);
  store.create('clusterroles', {
    metadata: metadata('list-namespaces', 9),
    rules: [core(['namespaces'], READ)],
  });
  everywhere('list-namespaces', 'list-namespaces', [group('system:authenticated')]);

  const isThere = (namespace: string): boolean => apps.some((app) => app.namespace === namespace);
  const within = (
    namespace: string,
    name: string,
    [kind, role]: readonly [kind: 'Role' | 'ClusterRole', name: string],
    subjects: readonly Subject[],
  ): void =>
    void store.create('rolebindings', {
      metadata: metadata(name, 12, namespace),
      roleRef: ref(kind, role),
      subjects,
    });
  for (const namespace of ['cart', 'checkout', 'orders'].filter(isThere))
    within(namespace, 'developers', ['ClusterRole', 'edit'], [group('shop:developers')]);
  if (!isThere('orders')) return;
  store.create('roles', {
    metadata: metadata('on-call', 12, 'orders'),
    rules: [core(['pods', 'pods/log'], [...READ, 'delete']), core(['pods/exec'], ['create'])],
  });
  store.create('roles', {
    metadata: metadata('export', 12, 'orders'),
    rules: [
      core(['configmaps'], READ),
      { ...core(['secrets'], ['get']), resourceNames: ['order-export', 'warehouse-sftp'] },
    ],
  });
  within('orders', 'on-call', ['Role', 'on-call'], [group('shop:on-call')]);
  within(
    'orders',
    'export',
    ['Role', 'export'],
    [{ kind: 'ServiceAccount', name: 'order-export', namespace: 'orders' }],
  );
  // The build server was moved elsewhere, and a role was deleted before its binding.
  within(
    'orders',
    'jenkins',
    ['ClusterRole', 'edit'],
    [{ kind: 'ServiceAccount', name: 'jenkins', namespace: 'ci' }],
  );
  within('orders', 'migration', ['Role', 'migration'], [group('shop:developers')]);
}
