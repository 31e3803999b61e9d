import type { Volume } from '../region.ts';
import type { KubeObject } from '../world/objects.ts';
import type { World } from '../world/world.ts';

/** What of a persistent volume says which volume of EBS it is. */
interface PersistentVolume extends KubeObject {
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

/** The volumes of EBS that the CSI driver made for the persistent volumes of a world. */
export function volumesOf(world: World): readonly Volume[] {
  return world.store.list('persistentvolumes').flatMap((object): Volume[] => {
    const { metadata, spec } = object as PersistentVolume;
    if (spec.csi?.driver !== 'ebs.csi.aws.com') return [];
    const [term] = spec.nodeAffinity?.required?.nodeSelectorTerms ?? [];
    return [
      {
        id: spec.csi.volumeHandle,
        zone: term?.matchExpressions?.[0]?.values?.[0] ?? '',
        sizeGi: Number.parseInt(spec.capacity?.storage ?? '0', 10),
        type: 'gp3',
        createdAt: Date.parse(metadata.creationTimestamp),
        tags: {
          [`kubernetes.io/cluster/${world.cluster.name}`]: 'owned',
          'ebs.csi.aws.com/cluster': 'true',
          'kubernetes.io/created-for/pv/name': metadata.name,
          'kubernetes.io/created-for/pvc/namespace': spec.claimRef?.namespace ?? '',
          'kubernetes.io/created-for/pvc/name': spec.claimRef?.name ?? '',
        },
      },
    ];
  });
}
