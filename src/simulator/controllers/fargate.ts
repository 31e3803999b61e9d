import type { EksCluster, FargateProfile, NetworkInterface } from '../region.ts';
import { fargateNodeOf } from '../world/node-objects.ts';
import type { Draft, Labels, Pod } from '../world/objects.ts';
import { requestOf } from '../world/quantity.ts';
import type { World } from '../world/world.ts';
import { bind } from './scheduler.ts';

/** The label that names the profile which took a pod. */
export const PROFILE = 'eks.amazonaws.com/fargate-profile';

/** The profile that takes a pod: by namespace and labels, the first in the alphabet. */
function fargateProfileFor(
  cluster: EksCluster,
  namespace: string,
  labels: Labels = {},
): FargateProfile | undefined {
  return [...cluster.fargateProfiles]
    .sort((a, b) => a.name.localeCompare(b.name))
    .find(
      ({ status, selectors }) =>
        status === 'ACTIVE' &&
        selectors.some(
          (selector) =>
            wildcard(selector.namespace, namespace) &&
            Object.entries(selector.labels).every(([key, value]) =>
              wildcard(value, labels[key] ?? ''),
            ),
        ),
    );
}

function wildcard(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`).test(text);
}

/** What the Fargate admission webhook makes of a new pod; the pod itself where no profile matches. */
export function admitToFargate(cluster: EksCluster, pod: Draft<Pod>): Draft<Pod> {
  const { namespace = '', labels } = pod.metadata;
  const profile = fargateProfileFor(cluster, namespace, labels);
  if (!profile) return pod;
  const { cpu, memory } = requestOf(pod.spec);
  // Fargate sells sizes; 256 Mi are added for the kubelet and its company.
  const size = SIZES.find(
    ([cores, gigabytes]) => cores >= cpu && gigabytes * 1024 ** 3 >= memory + 256 * 1024 ** 2,
  ) ?? [4, 8];
  return {
    ...pod,
    metadata: {
      ...pod.metadata,
      labels: { ...labels, [PROFILE]: profile.name },
      annotations: {
        ...pod.metadata.annotations,
        CapacityProvisioned: `${size[0]}vCPU ${size[1]}GB`,
        Logging: 'LoggingDisabled: LOGGING_CONFIGMAP_NOT_FOUND',
      },
    },
    spec: { ...pod.spec, schedulerName: 'fargate-scheduler' },
  };
}

const SIZES: readonly (readonly [number, number])[] = [
  [0.25, 0.5],
  [0.25, 1],
  [0.25, 2],
  [0.5, 1],
  [0.5, 2],
  [0.5, 4],
  [1, 2],
  [1, 4],
  [1, 8],
  [2, 4],
  [2, 8],
  [2, 16],
];

/** Gives each Fargate pod a machine of its own, and takes the machine away with the pod. */
export function startFargate(world: World): void {
  const { store, clock, random } = world;
  const interfaces = new Map<string, NetworkInterface>();
  store.subscribe('pods', ({ type, object }) => {
    if (object.spec.schedulerName !== 'fargate-scheduler') return;
    if (type === 'ADDED') {
      world.recorder.record('pods', object, {
        type: 'Warning',
        reason: 'LoggingDisabled',
        message:
          'Disabled logging because aws-logging configmap was not found. configmap "aws-logging" not found',
        component: 'fargate-scheduler',
      });
      clock.after(random.between(25_000, 45_000), () => provision(world, object, interfaces));
    } else if (type === 'DELETED' && object.spec.nodeName) {
      const name = object.spec.nodeName;
      clock.after(2000, () => {
        store.remove('nodes', '', name);
        store.remove('leases', 'kube-node-lease', name);
        const used = interfaces.get(name);
        if (used) world.network.dropInterface(used);
        interfaces.delete(name);
      });
    }
  });
}

function provision(world: World, pod: Pod, interfaces: Map<string, NetworkInterface>): void {
  const { store, region, cluster, random, network, clock } = world;
  const { namespace = '', name, labels = {} } = pod.metadata;
  const current = store.get('pods', namespace, name);
  const profile = cluster.fargateProfiles.find((each) => each.name === labels[PROFILE]);
  if (!current || current.spec.nodeName || current.metadata.deletionTimestamp || !profile) return;
  const subnet = network.subnet(random.pick(profile.subnetIds));
  const used = network.fargateInterface(subnet);
  const node = store.create(
    'nodes',
    fargateNodeOf(
      region,
      cluster,
      {
        ip: used.privateIps[0] ?? '',
        zone: subnet.zone,
        subnet,
        id: `${random.hex(10)}-${random.hex(32)}`,
      },
      clock.stamp(),
    ),
  );
  interfaces.set(node.metadata.name, used);
  clock.after(6000, () => {
    const latest = store.get('pods', namespace, name);
    if (latest?.metadata.uid === pod.metadata.uid && !latest.metadata.deletionTimestamp) {
      bind(world, latest, node.metadata.name, 'fargate-scheduler');
    }
  });
}
