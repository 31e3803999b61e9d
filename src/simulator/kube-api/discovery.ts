import { apiVersionOf, KINDS, OLDER_VERSIONS } from '../world/kinds.ts';
import type { Kind, Subresource } from '../world/kinds.ts';

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

/** All that is served. */
export const SERVED: readonly Served[] = [...KINDS, ...OLDER_VERSIONS].map(stored).concat(VIRTUAL);

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
};

function stored(kind: Kind): Served {
  return { ...kind, verbs: VERBS, categories: kind.all ? ['all'] : [] };
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
export function groups(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { group, version } of SERVED) {
    const versions = found.get(group) ?? [];
    if (!versions.includes(version)) versions.push(version);
    found.set(group, versions);
  }
  return found;
}

/** `/api` and `/apis` in the aggregated form: everything at once. */
export function aggregatedDiscovery(core: boolean): object {
  const items = [...groups()]
    .filter(([group]) => (group === '') === core)
    .map(([group, versions]) => ({
      metadata: { ...(group && { name: group }) },
      versions: versions.map((version) => ({
        version,
        resources: SERVED.filter((each) => each.group === group && each.version === version).map(
          aggregatedResource,
        ),
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
export function apiGroups(): object {
  const told = [...groups()]
    .filter(([group]) => group !== '')
    .map(([name, versions]) => {
      const each = versions.map((version) => ({ groupVersion: `${name}/${version}`, version }));
      return { name, versions: each, preferredVersion: each[0] };
    });
  return { kind: 'APIGroupList', apiVersion: 'v1', groups: told };
}

/** `/api/v1`, `/apis/apps/v1`; null for a group or version that is not served. */
export function apiResources(group: string, version: string): object | null {
  const served = SERVED.filter((each) => each.group === group && each.version === version);
  if (served.length === 0) return null;
  return {
    kind: 'APIResourceList',
    ...(group && { apiVersion: 'v1' }),
    groupVersion: apiVersionOf({ group, version }),
    resources: served.flatMap((each) => [
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
