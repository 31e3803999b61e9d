import type { Volume } from '../storage.ts';
import type { World } from '../world/world.ts';
import { claimsOf, type PersistentVolume, zoneOf } from './claims.ts';

/** The volumes of EBS that the CSI driver made for the persistent volumes of a world. */
export function volumesOf(world: World): readonly Volume[] {
  const users = instancesOf(world);
  return world.store.list('persistentvolumes').flatMap((object): Volume[] => {
    const { metadata, spec } = object as PersistentVolume;
    if (spec.csi?.driver !== 'ebs.csi.aws.com') return [];
    const { namespace = '', name = '' } = spec.claimRef ?? {};
    const instanceId = users.get(`${namespace}/${name}`);
    return [
      {
        id: spec.csi.volumeHandle,
        zone: zoneOf(object as PersistentVolume),
        sizeGi: Number.parseInt(spec.capacity?.storage ?? '0', 10),
        type: 'gp3',
        createdAt: Date.parse(metadata.creationTimestamp),
        ...(instanceId !== undefined && { instanceId }),
        tags: {
          [`kubernetes.io/cluster/${world.cluster.name}`]: 'owned',
          'ebs.csi.aws.com/cluster': 'true',
          'kubernetes.io/created-for/pv/name': metadata.name,
          'kubernetes.io/created-for/pvc/namespace': namespace,
          'kubernetes.io/created-for/pvc/name': name,
        },
      },
    ];
  });
}

/** The instances on which claims, `namespace/name`, are used. */
function instancesOf(world: World): ReadonlyMap<string, string> {
  const users = new Map<string, string>();
  for (const pod of world.store.values('pods')) {
    const node = world.store.get('nodes', '', pod.spec.nodeName ?? '');
    const id = node?.spec.providerID.split('/').at(-1) ?? '';
    if (!id.startsWith('i-')) continue;
    for (const name of claimsOf(pod)) users.set(`${pod.metadata.namespace ?? ''}/${name}`, id);
  }
  return users;
}
