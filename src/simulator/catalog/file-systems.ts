import { stampOf } from '../clock.ts';
import type { Resource } from '../world/kinds.ts';
import type { World } from '../world/world.ts';

const DAY = 86_400_000;

interface OnFileSystem {
  readonly name: string;
  readonly namespace: string;
  readonly storage: string;
  readonly csi: {
    readonly driver: string;
    readonly volumeHandle: string;
    readonly volumeAttributes?: Readonly<Record<string, string>>;
  };
  readonly mountOptions?: readonly string[];
  /** Nobody claims it. */
  readonly loose?: boolean;
}

/** File systems of EFS and FSx, a bucket, and the volumes that somebody made on them by hand. */
export function plantFileSystems(world: World, createdAt: number): void {
  const { region, cluster } = world;
  const subnets = cluster.subnets.filter((subnet) => !subnet.public);
  const efs = { kind: 'EFS', vpcId: cluster.vpcId, state: 'available', encrypted: true } as const;
  const tags = { team: 'platform' };
  region.fileSystems.push(
    {
      ...{ ...efs, id: 'fs-0c4a1f77e2b3d4a51', name: 'shop-media', throughput: 'elastic' },
      ...{ size: 412 * 2 ** 30, createdAt, tags },
      mountTargets: subnets.map((subnet, i) => ({
        ...{ id: `fsmt-0a1b2c3d4e5f6000${i}`, subnetId: subnet.id, zone: subnet.zone },
        ...{ ip: subnet.cidr.replace(/\.\d+\/\d+$/, '.10'), state: 'available' as const },
      })),
      accessPoints: [
        { id: 'fsap-0b7d3e91c5f2a8046', path: '/images' },
        { id: 'fsap-0d2c4b6a8e1f3057', path: '/invoices' },
      ],
    },
    {
      ...{ ...efs, id: 'fs-09e8d7c6b5a493827', name: 'import-archive', throughput: 'bursting' },
      ...{ size: 3 * 2 ** 30, createdAt: createdAt + 20 * DAY, tags },
      mountTargets: [],
      accessPoints: [],
    },
    {
      ...{ kind: 'Lustre', id: 'fs-0f6e5d4c3b2a19080', name: 'training-scratch' },
      ...{ vpcId: cluster.vpcId, state: 'AVAILABLE', failure: '', deployment: 'PERSISTENT_2' },
      ...{ sizeGi: 2_400, subnetId: subnets[1]?.id ?? '', createdAt: createdAt + 60 * DAY, tags },
    },
  );
  const volumes: readonly OnFileSystem[] = [
    {
      ...{ name: 'media', namespace: 'catalog', storage: '1Ti' },
      csi: {
        driver: 'efs.csi.aws.com',
        volumeHandle: 'fs-0c4a1f77e2b3d4a51::fsap-0b7d3e91c5f2a8046',
      },
    },
    {
      ...{ name: 'import-archive', namespace: 'catalog', storage: '100Gi', loose: true },
      csi: { driver: 'efs.csi.aws.com', volumeHandle: 'fs-09e8d7c6b5a493827' },
    },
    {
      ...{ name: 'training-data', namespace: 'recommendations', storage: '2400Gi' },
      csi: { driver: 'fsx.csi.aws.com', volumeHandle: 'fs-0f6e5d4c3b2a19080' },
    },
    {
      ...{ name: 'models', namespace: 'recommendations', storage: '1200Gi' },
      mountOptions: ['allow-delete', `region ${region.name}`],
      csi: {
        ...{ driver: 's3.csi.aws.com', volumeHandle: 's3-models' },
        volumeAttributes: { bucketName: 'shop-prod-models' },
      },
    },
  ];
  region.buckets.push({ name: 'shop-prod-models', region: region.name });
  for (const volume of volumes) plantVolume(world, volume, stampOf(createdAt));
}

function plantVolume(world: World, volume: OnFileSystem, creationTimestamp: string): void {
  const { name, namespace, storage, csi, mountOptions, loose = false } = volume;
  const plant = (resource: Resource, metadata: object, rest: object): void => {
    const object = { metadata: { name, creationTimestamp, ...metadata }, ...rest };
    world.store.create(resource, object);
  };
  const shared = { accessModes: ['ReadWriteMany'], volumeMode: 'Filesystem', storageClassName: '' };
  plant(
    'persistentvolumes',
    {},
    {
      spec: {
        ...{ ...shared, csi, capacity: { storage } },
        persistentVolumeReclaimPolicy: 'Retain',
        ...(mountOptions !== undefined && { mountOptions }),
        ...(!loose && { claimRef: { kind: 'PersistentVolumeClaim', namespace, name } }),
      },
      status: { phase: loose ? 'Available' : 'Bound' },
    },
  );
  if (loose) return;
  plant(
    'persistentvolumeclaims',
    { namespace },
    {
      spec: { ...shared, volumeName: name, resources: { requests: { storage } } },
      status: { phase: 'Bound', accessModes: shared.accessModes, capacity: { storage } },
    },
  );
}
