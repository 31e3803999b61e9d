import { stampOf } from '../clock.ts';
import { controllerOf, isFinished, isReady } from '../world/objects.ts';
import type { Draft, KubeObject, OwnerReference, Pod, PodTemplate } from '../world/objects.ts';
import type { World } from '../world/world.ts';
import { admitToFargate } from './fargate.ts';
import { injectIdentity } from './pod-identity-webhook.ts';

/** The pod that a controller makes from its template, before the scheduler has seen it. */
export function podFrom(
  world: World,
  template: PodTemplate,
  owner: OwnerReference,
  namespace: string,
  names: { readonly name: string } | { readonly generateName: string },
): Draft<Pod> {
  const { spec } = template;
  const suffix = world.random.suffix(5);
  const account = spec.serviceAccountName ?? 'default';
  const token = `kube-api-access-${suffix}`;
  const mounts = [
    { name: token, readOnly: true, mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' },
  ];
  const equip = (container: PodTemplate['spec']['containers'][number]) => ({
    ...container,
    resources: container.resources ?? {},
    volumeMounts: [...((container['volumeMounts'] as object[] | undefined) ?? []), ...mounts],
  });
  const pod: Draft<Pod> = {
    metadata: {
      ...names,
      namespace,
      labels: template.metadata?.labels ?? {},
      ...(template.metadata?.annotations && { annotations: template.metadata.annotations }),
      ownerReferences: [owner],
    },
    spec: {
      ...spec,
      volumes: [...(spec.volumes ?? []), tokenVolume(token)],
      ...(spec.initContainers && { initContainers: spec.initContainers.map(equip) }),
      containers: spec.containers.map(equip),
      restartPolicy: spec.restartPolicy ?? 'Always',
      serviceAccountName: account,
      serviceAccount: account,
      tolerations: [...(spec.tolerations ?? []), ...NODE_TOLERATIONS],
      priority: PRIORITIES[spec.priorityClassName ?? ''] ?? 0,
      enableServiceLinks: true,
      preemptionPolicy: 'PreemptLowerPriority',
    },
    status: { phase: 'Pending', qosClass: qosOf(template) },
  };
  return admitToFargate(world.cluster, injectIdentity(world, pod));
}

/** Which pods go first when there are too many: the order of the real replica set controller. */
export function byWorthiness(a: Pod, b: Pod): number {
  const rank = (pod: Pod): number =>
    (pod.spec.nodeName ? 4 : 0) + (pod.status.phase === 'Running' ? 2 : 0) + (isReady(pod) ? 1 : 0);
  const difference = rank(a) - rank(b);
  if (difference !== 0) return difference;
  // Of equals the younger goes.
  return b.metadata.creationTimestamp.localeCompare(a.metadata.creationTimestamp);
}

/** The pods of an owner that count: not finished, not leaving. */
export function activePods(world: World, owner: KubeObject): Pod[] {
  return world.store
    .ownedBy('pods', owner.metadata.uid)
    .filter((pod) => !pod.metadata.deletionTimestamp && !isFinished(pod));
}

/**
 * Calls back with `namespace/name` of the controlling owner of each pod that comes, leaves or
 * changes in what its owner goes by: that its containers wait, end and start is the kubelet's.
 */
export function watchOwnedPods(
  world: World,
  ownerKind: string,
  notify: (key: string) => void,
): void {
  world.store.subscribe('pods', ({ type, object, previous }) => {
    if (type === 'MODIFIED' && previous && isSameToOwner(object, previous)) return;
    const owner = controllerOf(object);
    if (owner?.kind === ownerKind) notify(`${object.metadata.namespace ?? ''}/${owner.name}`);
  });
}

const isSameToOwner = (a: Pod, b: Pod): boolean =>
  a.status.phase === b.status.phase &&
  a.spec.nodeName === b.spec.nodeName &&
  a.metadata.deletionTimestamp === b.metadata.deletionTimestamp &&
  a.metadata.labels === b.metadata.labels &&
  isReady(a) === isReady(b);

/** Asks for a pod's deletion with its grace; the kubelet does the rest. */
export function deletePod(world: World, pod: Pod, graceSeconds?: number): void {
  const { namespace = '', name } = pod.metadata;
  const current = world.store.get('pods', namespace, name);
  if (!current) return;
  const grace = graceSeconds ?? current.spec.terminationGracePeriodSeconds ?? 30;
  // One that is on its way out may still be taken off at once.
  if (current.metadata.deletionTimestamp && grace > 0) return;
  if (!current.spec.nodeName || grace === 0 || isFinished(current)) {
    world.store.remove('pods', namespace, name);
    return;
  }
  world.store.update('pods', {
    ...current,
    metadata: {
      ...current.metadata,
      // The moment by which it must be gone, not the moment of asking.
      deletionTimestamp: stampOf(world.clock.date() + grace * 1000),
      deletionGracePeriodSeconds: grace,
    },
  });
}

const PRIORITIES: Readonly<Record<string, number>> = {
  'system-node-critical': 2_000_001_000,
  'system-cluster-critical': 2_000_000_000,
};

const NODE_TOLERATIONS = ['not-ready', 'unreachable'].map((key) => ({
  key: `node.kubernetes.io/${key}`,
  operator: 'Exists',
  effect: 'NoExecute',
  tolerationSeconds: 300,
}));

function tokenVolume(name: string): object {
  return {
    name,
    projected: {
      sources: [
        { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
        { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
        {
          downwardAPI: {
            items: [
              {
                path: 'namespace',
                fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' },
              },
            ],
          },
        },
      ],
      defaultMode: 420,
    },
  };
}

/** The quality of service class, by requests and limits of all containers. */
function qosOf({ spec }: PodTemplate): string {
  const all = [...spec.containers, ...(spec.initContainers ?? [])].map((each) => each.resources);
  const none = all.every((each) => !each?.requests && !each?.limits);
  if (none) return 'BestEffort';
  const guaranteed = all.every((each) =>
    ['cpu', 'memory'].every(
      (name) =>
        each?.limits?.[name] && each.limits[name] === (each.requests?.[name] ?? each.limits[name]),
    ),
  );
  return guaranteed ? 'Guaranteed' : 'Burstable';
}
