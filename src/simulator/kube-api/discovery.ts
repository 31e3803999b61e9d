import { apiVersionOf, KINDS } from '../world/kinds.ts';
import type { Kind, Subresource } from '../world/kinds.ts';

const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];

interface Served {
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

const SERVED: readonly Served[] = [...KINDS.map(stored), ...VIRTUAL];

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

/** Group and version of every API, in the order in which they are told; the core group is empty. */
function groupVersions(): { group: string; version: string }[] {
  const seen = new Map(
    SERVED.map(({ group, version }) => [`${group}/${version}`, { group, version }]),
  );
  return [...seen.values()];
}

/** `/api` and `/apis` in the aggregated form: everything at once. */
export function aggregatedDiscovery(core: boolean): object {
  const items = groupVersions()
    .filter(({ group }) => (group === '') === core)
    .map(({ group, version }) => ({
      metadata: { ...(group && { name: group }) },
      versions: [
        {
          version,
          resources: SERVED.filter((each) => each.group === group && each.version === version).map(
            aggregatedResource,
          ),
          freshness: 'Current',
        },
      ],
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
  const groups = groupVersions()
    .filter(({ group }) => group !== '')
    .map(({ group, version }) => {
      const groupVersion = { groupVersion: `${group}/${version}`, version };
      return { name: group, versions: [groupVersion], preferredVersion: groupVersion };
    });
  return { kind: 'APIGroupList', apiVersion: 'v1', groups };
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

/** `/openapi/v3`: where each group version's document is. */
export function openapiRoot(): object {
  const paths = Object.fromEntries(
    groupVersions().map(({ group, version }) => {
      const path = group ? `apis/${group}/${version}` : `api/${version}`;
      return [path, { serverRelativeURL: `/openapi/v3/${path}?hash=0` }];
    }),
  );
  return { paths };
}

/**
 * One document of `/openapi/v3`: no schemas, only what kubectl looks up before it writes, that
 * each kind's PATCH takes fieldValidation and dryRun.
 */
export function openapiDocument(path: string): object | null {
  const parts = path.split('/');
  const [group, version] = parts[0] === 'api' ? ['', parts[1]] : [parts[1], parts[2]];
  const kinds = SERVED.filter((each) => each.group === group && each.version === version);
  if (kinds.length === 0) return null;
  const parameter = (name: string): object => ({ name, in: 'query', schema: { type: 'string' } });
  const paths = Object.fromEntries(
    kinds.map((each) => [
      `/${path}/${each.namespaced ? 'namespaces/{namespace}/' : ''}${each.resource}/{name}`,
      {
        patch: {
          parameters: ['dryRun', 'fieldManager', 'fieldValidation'].map(parameter),
          responses: { 200: { description: 'OK' } },
          'x-kubernetes-action': 'patch',
          'x-kubernetes-group-version-kind': { group, kind: each.kind, version },
        },
      },
    ]),
  );
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'unversioned' },
    paths,
    components: { schemas: {} },
  };
}
