import { apiVersionOf } from '../world/kinds.ts';
import type { Kind, Subresource } from '../world/kinds.ts';
import type { World } from '../world/world.ts';

const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];

export interface Served {
  readonly resource: string;
  readonly singular: string;
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly subresources: readonly Subresource[];
  readonly custom?: Kind['custom'];
}

/** Resources that answer without being stored. */
const VIRTUAL: readonly Served[] = [
  virtual('authentication.k8s.io/v1', 'SelfSubjectReview', 'selfsubjectreviews', ['create']),
  virtual('authorization.k8s.io/v1', 'SelfSubjectAccessReview', 'selfsubjectaccessreviews', [
    'create',
  ]),
  virtual('authorization.k8s.io/v1', 'SelfSubjectRulesReview', 'selfsubjectrulesreviews', [
    'create',
  ]),
  virtual('metrics.k8s.io/v1beta1', 'NodeMetrics', 'nodes', ['get', 'list']),
  { ...virtual('metrics.k8s.io/v1beta1', 'PodMetrics', 'pods', ['get', 'list']), namespaced: true },
];

const served = new WeakMap<readonly Kind[], readonly Served[]>();

/** All that a cluster's server serves now. */
export function servedBy({ store }: World): readonly Served[] {
  const kinds = store.kinds.served;
  const all = served.get(kinds) ?? kinds.map(stored).concat(VIRTUAL);
  served.set(kinds, all);
  return all;
}

const SUBRESOURCES: Readonly<
  Record<
    Subresource,
    { kind?: readonly [group: string, version: string, kind: string]; verbs: readonly string[] }
  >
> = {
  status: { verbs: ['get', 'patch', 'update'] },
  scale: { kind: ['autoscaling', 'v1', 'Scale'], verbs: ['get', 'patch', 'update'] },
  log: { verbs: ['get'] },
  eviction: { kind: ['policy', 'v1', 'Eviction'], verbs: ['create'] },
  token: { kind: ['authentication.k8s.io', 'v1', 'TokenRequest'], verbs: ['create'] },
  exec: { kind: ['', 'v1', 'PodExecOptions'], verbs: ['create', 'get'] },
  attach: { kind: ['', 'v1', 'PodAttachOptions'], verbs: ['create', 'get'] },
  portforward: { kind: ['', 'v1', 'PodPortForwardOptions'], verbs: ['create', 'get'] },
  proxy: {
    kind: ['', 'v1', 'NodeProxyOptions'],
    verbs: ['create', 'delete', 'get', 'patch', 'update'],
  },
};

function stored(kind: Kind): Served {
  return { ...kind, resource: kind.plural, verbs: VERBS };
}

function virtual(
  groupVersion: string,
  kind: string,
  resource: string,
  verbs: readonly string[],
): Served {
  const [group = '', version = ''] = groupVersion.split('/');
  return {
    resource,
    singular: '',
    group,
    version,
    kind,
    namespaced: false,
    verbs,
    shortNames: [],
    categories: [],
    subresources: [],
  };
}

/** The versions of every API's group, the preferred one first; the core group is empty. */
export function groups(world: World): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { group, version } of servedBy(world)) {
    const versions = found.get(group) ?? [];
    if (!versions.includes(version)) versions.push(version);
    found.set(group, versions);
  }
  return found;
}

/** `/api` and `/apis` in the aggregated form: everything at once. */
export function aggregatedDiscovery(world: World, core: boolean): object {
  const items = [...groups(world)]
    .filter(([group]) => (group === '') === core)
    .map(([group, versions]) => ({
      metadata: { ...(group && { name: group }) },
      versions: versions.map((version) => ({
        version,
        resources: servedBy(world)
          .filter((each) => each.group === group && each.version === version)
          .map(aggregatedResource),
        freshness: 'Current',
      })),
    }));
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion: 'apidiscovery.k8s.io/v2',
    metadata: {},
    items,
  };
}

function aggregatedResource(each: Served): object {
  return {
    resource: each.resource,
    responseKind: { group: each.group, version: each.version, kind: each.kind },
    scope: each.namespaced ? 'Namespaced' : 'Cluster',
    singularResource: each.singular,
    verbs: each.verbs,
    ...(each.shortNames.length > 0 && { shortNames: each.shortNames }),
    ...(each.categories.length > 0 && { categories: each.categories }),
    ...(each.subresources.length > 0 && {
      subresources: each.subresources.map((name) => {
        const { kind = [each.group, each.version, each.kind], verbs } = SUBRESOURCES[name];
        return {
          subresource: name,
          responseKind: { group: kind[0], version: kind[1], kind: kind[2] },
          verbs,
        };
      }),
    }),
  };
}

/** `/api`, in the plain form. */
export function apiVersions(serverAddress: string): object {
  return {
    kind: 'APIVersions',
    versions: ['v1'],
    serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress }],
  };
}

/** `/apis`, in the plain form. */
export function apiGroups(world: World): object {
  const told = [...groups(world)]
    .filter(([group]) => group !== '')
    .map(([name, versions]) => {
      const each = versions.map((version) => ({ groupVersion: `${name}/${version}`, version }));
      return { name, versions: each, preferredVersion: each[0] };
    });
  return { kind: 'APIGroupList', apiVersion: 'v1', groups: told };
}

/** `/api/v1`, `/apis/apps/v1`; null for a group or version that is not served. */
export function apiResources(world: World, group: string, version: string): object | null {
  const kinds = servedBy(world).filter((each) => each.group === group && each.version === version);
  if (kinds.length === 0) return null;
  return {
    kind: 'APIResourceList',
    ...(group && { apiVersion: 'v1' }),
    groupVersion: apiVersionOf({ group, version }),
    resources: kinds.flatMap((each) => [
      {
        name: each.resource,
        singularName: each.singular,
        namespaced: each.namespaced,
        kind: each.kind,
        verbs: each.verbs,
        ...(each.shortNames.length > 0 && { shortNames: each.shortNames }),
        ...(each.categories.length > 0 && { categories: each.categories }),
      },
      ...each.subresources.map((name) => {
        const { kind, verbs } = SUBRESOURCES[name];
        return {
          name: `${each.resource}/${name}`,
          singularName: '',
          namespaced: each.namespaced,
          ...(kind && { group: kind[0], version: kind[1] }),
          kind: kind ? kind[2] : each.kind,
          verbs,
        };
      }),
    ]),
  };
}
