import type { Service } from './network-objects.ts';
import type { Container, KubeObject, PodSpec, PodTemplate, Resources } from './objects.ts';
import type {
  CronJob,
  DaemonSet,
  Deployment,
  Hpa,
  Job,
  ReplicaSet,
  StatefulSet,
} from './workload-objects.ts';
import type { CustomResourceDefinition } from './custom-resource-objects.ts';
import { withDefinitionDefaults } from './custom-resources.ts';
import type { Resource } from './kinds.ts';
import type { RoleBinding } from './rbac-objects.ts';

/** What the API server fills in where a client left it out: the defaults that readers rely on. */
export function withDefaults(resource: Resource, object: KubeObject): KubeObject {
  switch (resource) {
    case 'deployments':
      return deployment(object as Partial<Deployment> & KubeObject);
    case 'replicasets':
      return replicaSet(object as Partial<ReplicaSet> & KubeObject);
    case 'statefulsets':
      return statefulSet(object as Partial<StatefulSet> & KubeObject);
    case 'daemonsets':
      return daemonSet(object as Partial<DaemonSet> & KubeObject);
    case 'jobs':
      return {
        status: {},
        ...object,
        spec: jobSpec(object.spec as Loose<Job['spec'], 'template'>),
      };
    case 'cronjobs':
      return cronJob(object as CronJob);
    case 'pods':
      return {
        ...object,
        spec: podSpec(object.spec as PodSpec),
        status: object.status ?? { phase: 'Pending' },
      };
    case 'services':
      return service(object as Service);
    case 'poddisruptionbudgets':
      return {
        status: { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 },
        ...object,
        spec: object.spec ?? {},
      };
    case 'events':
      return { source: {}, type: 'Normal', reason: '', message: '', ...object } as KubeObject;
    case 'endpoints':
      return { subsets: [], ...object } as KubeObject;
    case 'endpointslices':
      return { endpoints: [], ports: [], ...object } as KubeObject;
    case 'rolebindings':
    case 'clusterrolebindings': {
      const { roleRef } = object as RoleBinding;
      const { apiGroup } = roleRef;
      const group = apiGroup === '' ? 'rbac.authorization.k8s.io' : apiGroup;
      return { ...object, roleRef: { ...roleRef, apiGroup: group } } as KubeObject;
    }
    case 'nodes':
      return {
        status: { capacity: {}, allocatable: {}, conditions: [], nodeInfo: {} },
        ...object,
        spec: object.spec ?? {},
      };
    case 'namespaces':
      return {
        ...object,
        spec: { finalizers: ['kubernetes'] },
        status: { phase: 'Active' },
      };
    case 'customresourcedefinitions':
      return withDefinitionDefaults(object as CustomResourceDefinition);
    case 'ingresses':
      return { status: { loadBalancer: {} }, ...object };
    case 'secrets':
      return { type: 'Opaque', ...object } as KubeObject;
    case 'horizontalpodautoscalers':
      return { status: { desiredReplicas: 0 }, ...object, spec: hpaSpec(object as Hpa) };
    default:
      return object;
  }
}

/** Without a metric it is the use of CPU, as API servers have it. */
function hpaSpec({ spec }: Hpa): Hpa['spec'] {
  const target = { type: 'Utilization', averageUtilization: 80 } as const;
  const metrics = [{ type: 'Resource', resource: { name: 'cpu', target } }] as const;
  return {
    minReplicas: 1,
    metrics,
    ...(spec as Loose<Hpa['spec'], 'scaleTargetRef' | 'maxReplicas'>),
  };
}

/** A spec as a client may send it: only what is named must be there. */
type Loose<T, Given extends keyof T> = Partial<T> & Pick<T, Given>;

/** A pod template with every default of its pod spec and containers. */
export function templateOf(template: PodTemplate): PodTemplate {
  return { ...template, spec: podSpec(template.spec) };
}

function podSpec(spec: PodSpec): PodSpec {
  return {
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    securityContext: {},
    schedulerName: 'default-scheduler',
    ...spec,
    ...(spec.initContainers && { initContainers: spec.initContainers.map(container) }),
    containers: spec.containers.map(container),
  };
}

function container(each: Container): Container {
  const filled: Container = {
    ...each,
    resources: withRequests(each.resources ?? {}),
    ...(each.ports && { ports: each.ports.map((port) => ({ protocol: 'TCP', ...port })) }),
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    imagePullPolicy: /(:latest|\/[^:]+)$/.test(each.image) ? 'Always' : 'IfNotPresent',
  };
  return filled;
}

/** A limit without a request is a request too. */
function withRequests(resources: Resources): Resources {
  if (!resources.limits) return resources;
  return { ...resources, requests: { ...resources.limits, ...resources.requests } };
}

function deployment(object: Partial<Deployment> & KubeObject): KubeObject {
  const spec = object.spec as Loose<Deployment['spec'], 'template'>;
  const rolling = { maxUnavailable: '25%', maxSurge: '25%' };
  const strategy = spec.strategy ?? { type: 'RollingUpdate', rollingUpdate: {} };
  return {
    status: {},
    ...object,
    spec: {
      progressDeadlineSeconds: 600,
      revisionHistoryLimit: 10,
      ...spec,
      replicas: spec.replicas ?? 1,
      template: templateOf(spec.template),
      strategy:
        strategy.type === 'Recreate'
          ? { type: 'Recreate' }
          : { type: 'RollingUpdate', rollingUpdate: { ...rolling, ...strategy.rollingUpdate } },
    },
  };
}

function replicaSet(object: Partial<ReplicaSet> & KubeObject): KubeObject {
  const spec = object.spec as Loose<ReplicaSet['spec'], 'template'>;
  return {
    status: { replicas: 0 },
    ...object,
    spec: { ...spec, replicas: spec.replicas ?? 1, template: templateOf(spec.template) },
  };
}

function statefulSet(object: Partial<StatefulSet> & KubeObject): KubeObject {
  const spec = object.spec as Loose<StatefulSet['spec'], 'template'>;
  return {
    status: { replicas: 0, availableReplicas: 0 },
    ...object,
    spec: {
      podManagementPolicy: 'OrderedReady',
      revisionHistoryLimit: 10,
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
      ...spec,
      replicas: spec.replicas ?? 1,
      template: templateOf(spec.template),
    },
  };
}

function daemonSet(object: Partial<DaemonSet> & KubeObject): KubeObject {
  const spec = object.spec as Loose<DaemonSet['spec'], 'template'>;
  return {
    status: {
      currentNumberScheduled: 0,
      desiredNumberScheduled: 0,
      numberMisscheduled: 0,
      numberReady: 0,
    },
    ...object,
    spec: {
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } },
      revisionHistoryLimit: 10,
      ...spec,
      template: templateOf(spec.template),
    },
  };
}

function jobSpec(spec: Loose<Job['spec'], 'template'>): object {
  return {
    manualSelector: false,
    completionMode: 'NonIndexed',
    suspend: false,
    podReplacementPolicy: 'TerminatingOrFailed',
    ...spec,
    parallelism: spec.parallelism ?? 1,
    completions: spec.completions ?? 1,
    backoffLimit: spec.backoffLimit ?? 6,
    template: templateOf(spec.template),
  };
}

function cronJob(object: CronJob): KubeObject {
  const spec = object.spec as Loose<CronJob['spec'], 'jobTemplate'>;
  return {
    ...object,
    spec: {
      concurrencyPolicy: 'Allow',
      suspend: false,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 1,
      ...spec,
      jobTemplate: { ...spec.jobTemplate, spec: jobSpec(spec.jobTemplate.spec) },
    },
    status: (object as Partial<CronJob>).status ?? {},
  };
}

function service(object: Service): KubeObject {
  const { spec } = object;
  const type = (spec as Partial<Service['spec']>).type ?? 'ClusterIP';
  const ip = type === 'ExternalName' ? undefined : spec.clusterIP;
  return {
    ...object,
    spec: {
      ...spec,
      ...(spec.ports && {
        ports: spec.ports.map((port) => ({ ...port, protocol: port.protocol || 'TCP' })),
      }),
      ...(ip && { clusterIP: ip, clusterIPs: [ip] }),
      type,
      sessionAffinity: 'None',
      ...(type !== 'ExternalName' && {
        ipFamilies: ['IPv4'],
        ipFamilyPolicy: 'SingleStack',
        internalTrafficPolicy: 'Cluster',
      }),
    },
    status: (object as Partial<Service>).status ?? { loadBalancer: {} },
  };
}
