import { stampOf } from '../clock.ts';
import type { Resource } from '../world/kinds.ts';
import type { KubeObject } from '../world/objects.ts';
import type { World } from '../world/world.ts';

/** The default class of EBS, and what is wrong: a volume that nobody has, a class that is not there. */
export function plantStorage(world: World, createdAt: number): void {
  const creationTimestamp = stampOf(createdAt);
  const plant = (resource: Resource, metadata: object, rest: object): void => {
    const object = { metadata: { creationTimestamp, ...metadata }, ...rest };
    world.store.create(resource, object as unknown as KubeObject);
  };
  plant(
    'storageclasses',
    {
      name: 'gp3',
      annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
    },
    {
      provisioner: 'ebs.csi.aws.com',
      parameters: { type: 'gp3', encrypted: 'true' },
      reclaimPolicy: 'Delete',
      allowVolumeExpansion: true,
      volumeBindingMode: 'WaitForFirstConsumer',
    },
  );
  const zone = `${world.region.name}a`;
  plant(
    'persistentvolumes',
    { name: 'pvc-1d0c2f6e-41c7-4a8e-9f53-6a0b7f0e5d21' },
    {
      spec: {
        capacity: { storage: '200Gi' },
        accessModes: ['ReadWriteOnce'],
        persistentVolumeReclaimPolicy: 'Retain',
        storageClassName: 'gp3',
        volumeMode: 'Filesystem',
        claimRef: { kind: 'PersistentVolumeClaim', namespace: 'catalog', name: 'data-import-0' },
        csi: { driver: 'ebs.csi.aws.com', volumeHandle: 'vol-0a1b2c3d4e5f60718', fsType: 'ext4' },
        nodeAffinity: {
          required: {
            nodeSelectorTerms: [
              {
                matchExpressions: [
                  { key: 'topology.kubernetes.io/zone', operator: 'In', values: [zone] },
                ],
              },
            ],
          },
        },
      },
      status: { phase: 'Released' },
    },
  );
  plant(
    'persistentvolumeclaims',
    { name: 'exports', namespace: 'catalog' },
    {
      spec: {
        accessModes: ['ReadWriteOnce'],
        storageClassName: 'gp4',
        volumeMode: 'Filesystem',
        resources: { requests: { storage: '50Gi' } },
      },
      status: { phase: 'Pending' },
    },
  );
}
