import { hash } from '../random.ts';
import type { KubeNode, KubeObject, Pod } from '../world/objects.ts';
import type { World } from '../world/world.ts';

const ZONE = 'topology.kubernetes.io/zone';

/** A claim of a volume, as far as the simulator reads it. */
export interface Claim extends KubeObject {
  readonly spec: {
    readonly volumeName?: string;
    readonly storageClassName?: string;
    readonly accessModes?: readonly string[];
    readonly volumeMode?: string;
    readonly resources?: { readonly requests?: { readonly storage?: string } };
  };
}

/** What of a persistent volume says what it is on, where, and whose. */
export interface PersistentVolume extends KubeObject {
  readonly spec: {
    readonly capacity?: { readonly storage?: string };
    readonly claimRef?: { readonly namespace?: string; readonly name?: string };
    readonly csi?: { readonly driver: string; readonly volumeHandle: string };
    readonly nodeAffinity?: {
      readonly required?: {
        readonly nodeSelectorTerms?: readonly {
          readonly matchExpressions?: readonly { readonly values?: readonly string[] }[];
        }[];
      };
    };
  };
}

/** The names of the claims that a pod refers to. */
export const claimsOf = ({ spec }: Pod): readonly string[] =>
  ((spec['volumes'] ?? []) as readonly { persistentVolumeClaim?: { claimName: string } }[]).flatMap(
    ({ persistentVolumeClaim: of }) => of?.claimName ?? [],
  );

/** The claims of the pods that there are, and of those that come from now on. */
export function startClaims(world: World): void {
  for (const pod of world.store.list('pods')) provide(world, pod);
  world.store.subscribe('pods', ({ type, object }) => {
    if (type !== 'DELETED') provide(world, object);
  });
}

/** Makes the claims of a pod of a stateful set, and, once it has a node, their volumes. */
function provide(world: World, pod: Pod): void {
  for (const name of claimsOf(pod)) {
    const { namespace = '' } = pod.metadata;
    const found = world.store.get('persistentvolumeclaims', namespace, name) as Claim | undefined;
    const claim = found ?? claimFrom(world, pod, name);
    const node = world.store.get('nodes', '', pod.spec.nodeName ?? '');
    if (claim?.spec.storageClassName === 'gp3' && !claim.spec.volumeName && node)
      bind(world, claim, node);
  }
}

/** The claim that the stateful set of a pod has a template for. */
function claimFrom(world: World, pod: Pod, name: string): Claim | undefined {
  const { namespace = '', ownerReferences = [], creationTimestamp } = pod.metadata;
  const owner = ownerReferences.find(({ kind }) => kind === 'StatefulSet');
  const set = owner && world.store.get('statefulsets', namespace, owner.name);
  const templates = (set?.spec.volumeClaimTemplates ?? []) as readonly Claim[];
  const template = templates.find(
    ({ metadata }) => `${metadata.name}-${pod.metadata.name}` === name,
  );
  if (set === undefined || template === undefined) return undefined;
  return world.store.create('persistentvolumeclaims', {
    metadata: {
      ...{ name, namespace, creationTimestamp },
      labels: set.spec.selector.matchLabels ?? {},
      finalizers: ['kubernetes.io/pvc-protection'],
    },
    spec: template.spec,
    status: { phase: 'Pending' },
  }) as Claim;
}

/** Makes a volume of EBS in the zone of a node, as the CSI driver does. */
function bind(world: World, claim: Claim, node: KubeNode): void {
  const { namespace = '', name, uid, creationTimestamp } = claim.metadata;
  const volumeName = `pvc-${uid}`;
  const storage = claim.spec.resources?.requests?.storage ?? '1Gi';
  const hex = (hash(uid) >>> 0).toString(16).padStart(8, '0');
  const zone = node.metadata.labels?.[ZONE] ?? '';
  world.store.create('persistentvolumes', {
    metadata: {
      name: volumeName,
      creationTimestamp,
      annotations: { 'pv.kubernetes.io/provisioned-by': 'ebs.csi.aws.com' },
    },
    spec: {
      capacity: { storage },
      accessModes: claim.spec.accessModes,
      persistentVolumeReclaimPolicy: 'Delete',
      storageClassName: claim.spec.storageClassName,
      volumeMode: 'Filesystem',
      claimRef: { kind: 'PersistentVolumeClaim', apiVersion: 'v1', namespace, name, uid },
      csi: { driver: 'ebs.csi.aws.com', volumeHandle: `vol-0${hex}${hex}`, fsType: 'ext4' },
      nodeAffinity: {
        required: {
          nodeSelectorTerms: [
            { matchExpressions: [{ key: ZONE, operator: 'In', values: [zone] }] },
          ],
        },
      },
    },
    status: { phase: 'Bound' },
  });
  world.store.update('persistentvolumeclaims', {
    ...claim,
    spec: { ...claim.spec, volumeName },
    status: { phase: 'Bound', accessModes: claim.spec.accessModes, capacity: { storage } },
  });
}

/** The zone that the volumes of a pod keep it in; empty where none does. */
export function volumeZone(world: World, pod: Pod): string {
  const { namespace = '' } = pod.metadata;
  for (const name of claimsOf(pod)) {
    const claim = world.store.get('persistentvolumeclaims', namespace, name) as Claim | undefined;
    const volume = world.store.get('persistentvolumes', '', claim?.spec.volumeName ?? '');
    const zone = volume && zoneOf(volume as PersistentVolume);
    if (zone) return zone;
  }
  return '';
}

/** The zone that a volume can be used in; empty for any. */
export const zoneOf = ({ spec }: PersistentVolume): string =>
  spec.nodeAffinity?.required?.nodeSelectorTerms?.[0]?.matchExpressions?.[0]?.values?.[0] ?? '';
