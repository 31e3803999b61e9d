import type { CustomResource, CustomResourceDefinition } from './custom-resource-objects.ts';
import { hpaFromV1, hpaToV1 } from './hpa-v1.ts';
import type {
  Endpoints,
  EndpointSlice,
  KubeEvent,
  Service,
  ServiceAccount,
} from './network-objects.ts';
import type { KubeNode, KubeObject, Pod } from './objects.ts';
import type { Role, RoleBinding } from './rbac-objects.ts';
import type {
  ControllerRevision,
  CronJob,
  DaemonSet,
  Deployment,
  Hpa,
  Job,
  Pdb,
  ReplicaSet,
  StatefulSet,
} from './workload-objects.ts';

/**
 * What each resource's objects are. The only list of kinds that every cluster has: store, discovery
 * and routes follow it. Those that a cluster defines itself are named with their group.
 */
export interface ObjectOf {
  configmaps: KubeObject;
  endpoints: Endpoints;
  events: KubeEvent;
  namespaces: KubeObject;
  nodes: KubeNode;
  persistentvolumeclaims: KubeObject;
  persistentvolumes: KubeObject;
  pods: Pod;
  replicationcontrollers: KubeObject;
  secrets: KubeObject;
  serviceaccounts: ServiceAccount;
  services: Service;
  controllerrevisions: ControllerRevision;
  daemonsets: DaemonSet;
  deployments: Deployment;
  replicasets: ReplicaSet;
  statefulsets: StatefulSet;
  horizontalpodautoscalers: Hpa;
  cronjobs: CronJob;
  jobs: Job;
  leases: KubeObject;
  limitranges: KubeObject;
  endpointslices: EndpointSlice;
  ingressclasses: KubeObject;
  mutatingwebhookconfigurations: KubeObject;
  validatingwebhookconfigurations: KubeObject;
  ingresses: KubeObject;
  networkpolicies: KubeObject;
  storageclasses: KubeObject;
  poddisruptionbudgets: Pdb;
  priorityclasses: KubeObject;
  apiservices: KubeObject;
  resourcequotas: KubeObject;
  customresourcedefinitions: CustomResourceDefinition;
  clusterrolebindings: RoleBinding;
  clusterroles: Role;
  rolebindings: RoleBinding;
  roles: Role;
  [custom: CustomName]: KubeObject;
}

type CustomName = `${string}.${string}`;

/** What the store keeps objects under: the plural, with the group where a cluster defines the kind. */
export type Resource = keyof ObjectOf;

/** Those that every cluster has. */
export type BuiltIn = Exclude<Resource, CustomName>;

export interface Kind {
  readonly resource: Resource;
  /** As in the path of a URL. */
  readonly plural: string;
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly singular: string;
  readonly shortNames: readonly string[];
  readonly namespaced: boolean;
  /** Words that it and other kinds are meant by together, such as `all`. */
  readonly categories: readonly string[];
  readonly subresources: readonly Subresource[];
  /** Whether the server counts changes of the spec in metadata.generation. */
  readonly generation: boolean;
  /** How objects of this version come from the stored one, and back. */
  readonly conversion?: Conversion;
  /** What the definition says of it, of a kind that the cluster defines. */
  readonly custom?: CustomResource;
}

export interface Conversion {
  readonly shown: (stored: KubeObject) => KubeObject;
  readonly stored: (shown: KubeObject) => KubeObject;
}

export type Subresource =
  'status' | 'scale' | 'log' | 'eviction' | 'token' | 'exec' | 'attach' | 'portforward' | 'proxy';

interface Traits {
  readonly short?: readonly string[];
  readonly cluster?: boolean;
  readonly categories?: readonly string[];
  readonly sub?: readonly Subresource[];
  readonly generation?: boolean;
}

function kind(
  groupVersion: string,
  name: string,
  resource: BuiltIn,
  { short = [], cluster = false, categories = [], sub = [], generation = false }: Traits = {},
): Kind {
  const [group, version] = groupVersion.includes('/')
    ? (groupVersion.split('/') as [string, string])
    : ['', groupVersion];
  return {
    resource,
    plural: resource,
    group,
    version,
    kind: name,
    singular: name.toLowerCase(),
    shortNames: short,
    namespaced: !cluster,
    categories,
    subresources: sub,
    generation,
  };
}

const ALL = ['all'];
const WORKLOAD: Traits = { categories: ALL, sub: ['scale', 'status'], generation: true };
const RBAC = 'rbac.authorization.k8s.io/v1';
const HPA: Traits = { short: ['hpa'], categories: ALL, sub: ['status'] };

export const KINDS: readonly Kind[] = [
  kind('v1', 'ConfigMap', 'configmaps', { short: ['cm'] }),
  kind('v1', 'Endpoints', 'endpoints', { short: ['ep'] }),
  kind('v1', 'Event', 'events', { short: ['ev'] }),
  kind('v1', 'Namespace', 'namespaces', { short: ['ns'], cluster: true, sub: ['status'] }),
  kind('v1', 'Node', 'nodes', { short: ['no'], cluster: true, sub: ['proxy', 'status'] }),
  kind('v1', 'PersistentVolumeClaim', 'persistentvolumeclaims', {
    short: ['pvc'],
    sub: ['status'],
  }),
  kind('v1', 'PersistentVolume', 'persistentvolumes', {
    short: ['pv'],
    cluster: true,
    sub: ['status'],
  }),
  kind('v1', 'Pod', 'pods', {
    short: ['po'],
    categories: ALL,
    sub: ['attach', 'eviction', 'exec', 'log', 'portforward', 'status'],
    generation: true,
  }),
  kind('v1', 'ReplicationController', 'replicationcontrollers', {
    short: ['rc'],
    categories: ALL,
    sub: ['scale', 'status'],
  }),
  kind('v1', 'Secret', 'secrets'),
  kind('v1', 'ServiceAccount', 'serviceaccounts', { short: ['sa'], sub: ['token'] }),
  kind('v1', 'Service', 'services', { short: ['svc'], categories: ALL, sub: ['status'] }),
  kind('apps/v1', 'ControllerRevision', 'controllerrevisions'),
  kind('apps/v1', 'DaemonSet', 'daemonsets', {
    short: ['ds'],
    categories: ALL,
    sub: ['status'],
    generation: true,
  }),
  kind('apps/v1', 'Deployment', 'deployments', { short: ['deploy'], ...WORKLOAD }),
  kind('apps/v1', 'ReplicaSet', 'replicasets', { short: ['rs'], ...WORKLOAD }),
  kind('apps/v1', 'StatefulSet', 'statefulsets', { short: ['sts'], ...WORKLOAD }),
  kind('autoscaling/v2', 'HorizontalPodAutoscaler', 'horizontalpodautoscalers', HPA),
  kind('batch/v1', 'CronJob', 'cronjobs', {
    short: ['cj'],
    categories: ALL,
    sub: ['status'],
    generation: true,
  }),
  kind('batch/v1', 'Job', 'jobs', { categories: ALL, sub: ['status'], generation: true }),
  kind('coordination.k8s.io/v1', 'Lease', 'leases'),
  kind('discovery.k8s.io/v1', 'EndpointSlice', 'endpointslices', { generation: true }),
  kind('networking.k8s.io/v1', 'IngressClass', 'ingressclasses', { cluster: true }),
  kind('networking.k8s.io/v1', 'Ingress', 'ingresses', {
    short: ['ing'],
    sub: ['status'],
    generation: true,
  }),
  kind('networking.k8s.io/v1', 'NetworkPolicy', 'networkpolicies', {
    short: ['netpol'],
    generation: true,
  }),
  kind('policy/v1', 'PodDisruptionBudget', 'poddisruptionbudgets', {
    short: ['pdb'],
    sub: ['status'],
    generation: true,
  }),
  kind(
    'admissionregistration.k8s.io/v1',
    'MutatingWebhookConfiguration',
    'mutatingwebhookconfigurations',
    { cluster: true, categories: ['api-extensions'], generation: true },
  ),
  kind(
    'admissionregistration.k8s.io/v1',
    'ValidatingWebhookConfiguration',
    'validatingwebhookconfigurations',
    { cluster: true, categories: ['api-extensions'], generation: true },
  ),
  kind('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'customresourcedefinitions', {
    short: ['crd', 'crds'],
    cluster: true,
    categories: ['api-extensions'],
    sub: ['status'],
    generation: true,
  }),
  kind('apiregistration.k8s.io/v1', 'APIService', 'apiservices', {
    cluster: true,
    sub: ['status'],
  }),
  kind('scheduling.k8s.io/v1', 'PriorityClass', 'priorityclasses', {
    short: ['pc'],
    cluster: true,
  }),
  kind('v1', 'LimitRange', 'limitranges', { short: ['limits'] }),
  kind('v1', 'ResourceQuota', 'resourcequotas', { short: ['quota'], sub: ['status'] }),
  kind(RBAC, 'ClusterRoleBinding', 'clusterrolebindings', { cluster: true }),
  kind(RBAC, 'ClusterRole', 'clusterroles', { cluster: true }),
  kind(RBAC, 'RoleBinding', 'rolebindings'),
  kind(RBAC, 'Role', 'roles'),
  kind('storage.k8s.io/v1', 'StorageClass', 'storageclasses', { short: ['sc'], cluster: true }),
];

/** Versions that are served beside the stored ones, which clients prefer. */
export const OLDER_VERSIONS: readonly Kind[] = [
  {
    ...kind('autoscaling/v1', 'HorizontalPodAutoscaler', 'horizontalpodautoscalers', HPA),
    conversion: { shown: hpaToV1, stored: hpaFromV1 },
  },
];

const BY_RESOURCE = new Map(KINDS.map((entry) => [entry.resource, entry]));

/** The kind of a resource that every cluster has. */
export function kindOf(resource: BuiltIn): Kind {
  const found = BY_RESOURCE.get(resource);
  if (!found) throw new Error(`no such resource: ${resource}`);
  return found;
}

/** Whether clients cannot write the status together with the rest. */
export function hasOwnStatus({ custom, subresources }: Kind): boolean {
  return custom === undefined || subresources.includes('status');
}

/** `v1`, `apps/v1`. */
export function apiVersionOf({ group, version }: Pick<Kind, 'group' | 'version'>): string {
  return group ? `${group}/${version}` : version;
}
