import { isFinished, isReady } from '../world/objects.ts';
import type { KubeNode, Pod, Toleration } from '../world/objects.ts';
import type { DaemonSet } from '../world/workload-objects.ts';
import { scaled } from '../world/quantity.ts';
import { ownerReference } from '../world/keys.ts';
import { Workqueue } from '../world/workqueue.ts';
import type { World } from '../world/world.ts';
import { deletePod, podFrom, watchOwnedPods } from './replicas.ts';
import { currentRevision } from './revisions.ts';
import { matchesNode, pinnedNode, tolerates } from './placement.ts';

const HASH = 'controller-revision-hash';

/** One pod on every node that a daemon set's template fits. */
export function startDaemonSets(world: World): void {
  const { store } = world;
  const queue = new Workqueue(world, 50, (key) => {
    const [namespace = '', name = ''] = key.split('/');
    const set = store.get('daemonsets', namespace, name);
    if (set && !set.metadata.deletionTimestamp) reconcile(world, set);
  });
  const keyOf = ({ metadata }: DaemonSet): string => `${metadata.namespace ?? ''}/${metadata.name}`;
  store.subscribe('daemonsets', ({ type, object }) => {
    if (type !== 'DELETED') queue.add(keyOf(object));
  });
  store.subscribe('nodes', ({ type, object, previous }) => {
    // Heartbeats change nothing for a daemon set.
    if (type === 'MODIFIED' && object.spec === previous?.spec) return;
    for (const set of store.values('daemonsets')) queue.add(keyOf(set));
  });
  watchOwnedPods(world, 'DaemonSet', (key) => queue.add(key));
}

function reconcile(world: World, set: DaemonSet): void {
  const revision = currentRevision(world, 'daemonsets', set);
  const pods = world.store.ownedBy('pods', set.metadata.uid).filter((pod) => !isFinished(pod));
  const byNode = new Map(pods.map((pod) => [nodeOf(pod), pod]));
  const template = withTolerations(set);
  const nodes = [...world.store.values('nodes')].filter((node) => fits(node, set, template));
  for (const node of nodes) {
    if (!byNode.has(node.metadata.name)) createPod(world, set, node, revision.hash);
  }
  const fitting = new Set(nodes.map((node) => node.metadata.name));
  for (const pod of pods) if (!fitting.has(nodeOf(pod))) deletePod(world, pod);
  update(world, set, pods, nodes.length, revision.hash);
  writeStatus(world, set, nodes.length, revision.hash);
}

/** Where a pod is, or will be once it is scheduled. */
function nodeOf(pod: Pod): string {
  return pod.spec.nodeName ?? pinnedNode(pod) ?? '';
}

function update(
  world: World,
  set: DaemonSet,
  pods: readonly Pod[],
  desired: number,
  hash: string,
): void {
  if (set.spec.updateStrategy.type === 'OnDelete') return;
  const limit = Math.max(
    1,
    scaled(set.spec.updateStrategy.rollingUpdate?.maxUnavailable ?? 1, desired, true),
  );
  let unavailable = pods.filter((pod) => !isReady(pod)).length;
  for (const pod of pods) {
    if (pod.metadata.labels?.[HASH] === hash || pod.metadata.deletionTimestamp) continue;
    if (isReady(pod) && ++unavailable > limit) return;
    world.recorder.record('daemonsets', set, {
      reason: 'SuccessfulDelete',
      message: `Deleted pod: ${pod.metadata.name}`,
      component: 'daemonset-controller',
    });
    deletePod(world, pod);
  }
}

function createPod(world: World, set: DaemonSet, node: KubeNode, hash: string): void {
  const { namespace = '', name } = set.metadata;
  const template = withTolerations(set);
  const draft = podFrom(
    world,
    {
      metadata: {
        ...template.metadata,
        labels: { ...template.metadata?.labels, [HASH]: hash },
      },
      spec: {
        ...template.spec,
        affinity: {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: {
              nodeSelectorTerms: [
                {
                  matchFields: [
                    { key: 'metadata.name', operator: 'In', values: [node.metadata.name] },
                  ],
                },
              ],
            },
          },
        },
      },
    },
    ownerReference('daemonsets', set),
    namespace,
    { generateName: `${name}-` },
  );
  const pod = world.store.create('pods', draft);
  world.recorder.record('daemonsets', set, {
    reason: 'SuccessfulCreate',
    message: `Created pod: ${pod.metadata.name}`,
    component: 'daemonset-controller',
  });
}

function writeStatus(world: World, set: DaemonSet, desired: number, hash: string): void {
  const pods = world.store
    .ownedBy('pods', set.metadata.uid)
    .filter((pod) => !pod.metadata.deletionTimestamp);
  const ready = pods.filter(isReady).length;
  const updated = pods.filter((pod) => pod.metadata.labels?.[HASH] === hash).length;
  const status = {
    currentNumberScheduled: Math.min(pods.length, desired),
    numberMisscheduled: 0,
    desiredNumberScheduled: desired,
    numberReady: ready,
    observedGeneration: set.metadata.generation ?? 1,
    ...(updated > 0 && { updatedNumberScheduled: updated }),
    ...(ready > 0 && { numberAvailable: ready }),
    ...(desired > ready && { numberUnavailable: desired - ready }),
  };
  if (JSON.stringify(status) === JSON.stringify(set.status)) return;
  world.store.update('daemonsets', { ...set, status });
}

/** What Auto Mode has on its nodes already: EKS's own daemon sets keep away from them. */
const OF_AUTO_MODE: ReadonlySet<string> = new Set([
  'aws-node',
  'kube-proxy',
  'ebs-csi-node',
  'eks-pod-identity-agent',
]);

function fits(
  node: KubeNode,
  { metadata }: DaemonSet,
  template: DaemonSet['spec']['template'],
): boolean {
  const compute = node.metadata.labels?.['eks.amazonaws.com/compute-type'];
  if (compute === 'fargate') return false;
  if (compute === 'auto' && OF_AUTO_MODE.has(metadata.name)) return false;
  return (
    matchesNode(template.spec, node) &&
    (node.spec.taints ?? []).every((taint) => tolerates(template.spec.tolerations, taint))
  );
}

/** Daemon pods stay where others must leave: what the controller adds to each of them. */
function withTolerations(set: DaemonSet): DaemonSet['spec']['template'] {
  const { template } = set.spec;
  const added: Toleration[] = [
    ...['not-ready', 'unreachable'].map((key) => ({ key, effect: 'NoExecute' })),
    ...['disk-pressure', 'memory-pressure', 'pid-pressure', 'unschedulable'].map((key) => ({
      key,
      effect: 'NoSchedule',
    })),
    ...(template.spec.hostNetwork ? [{ key: 'network-unavailable', effect: 'NoSchedule' }] : []),
  ].map(({ key, effect }) => ({ key: `node.kubernetes.io/${key}`, operator: 'Exists', effect }));
  return {
    ...template,
    spec: { ...template.spec, tolerations: [...(template.spec.tolerations ?? []), ...added] },
  };
}
