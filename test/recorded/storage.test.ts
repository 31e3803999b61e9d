/** Claims, volumes and storage classes of a real API server, as kubectl prints them. */
import { expect, it } from 'vitest';
import { formatMemory } from '../../src/core/quantity.ts';
import { decoderOf, type KubeTableId, type KubeTables } from '../../src/domain/tables/index.ts';
import { objectsOf, tableOf } from './fixtures.ts';

const rowsOf = <T extends KubeTableId>(table: T): KubeTables[T][] =>
  objectsOf(table).map((object) => decoderOf(table).json(object));

it('prints claims as the server does', () => {
  expect(tableOf('persistentvolumeclaims')).toMatchObject(
    rowsOf('persistentvolumeclaims').map((row) => ({
      Name: row.name,
      Status: row.phase,
      Volume: row.volume,
      Capacity: row.capacity === 0 ? '' : formatMemory(row.capacity),
      'Access Modes': row.phase === 'Bound' ? row.accessModes : '',
      StorageClass: row.storageClass,
      VolumeMode: row.mode,
    })),
  );
});

it('prints volumes as the server does', () => {
  const sizes: Readonly<Record<string, string>> = { '1.2Ti': '1200Gi' };
  expect(tableOf('persistentvolumes')).toMatchObject(
    rowsOf('persistentvolumes').map((row) => ({
      Name: row.name,
      Capacity: sizes[formatMemory(row.capacity)] ?? formatMemory(row.capacity),
      'Access Modes': row.accessModes,
      'Reclaim Policy': row.reclaimPolicy,
      Status: row.phase,
      Claim: row.claim,
      StorageClass: row.storageClass,
      VolumeMode: row.mode,
    })),
  );
});

it('tells what of AWS a volume is, and in which zones', () => {
  const told = rowsOf('persistentvolumes').map(({ name, driver, volumeId, zones }) => [
    name,
    driver,
    volumeId,
    zones.join(),
  ]);
  expect(told).toEqual([
    ['pv-efs', 'efs.csi.aws.com', 'fs-0a1b2c3d::fsap-0123', ''],
    ['pv-released', 'kubernetes.io/aws-ebs', 'vol-0fedcba987654321', ''],
    ['pv-s3', 's3.csi.aws.com', 'models', ''],
    ['pvc-bound', 'ebs.csi.aws.com', 'vol-0123456789abcdef0', 'eu-central-1a'],
  ]);
});

it('prints storage classes as the server does', () => {
  expect(tableOf('storageclasses')).toMatchObject(
    rowsOf('storageclasses').map((row) => ({
      Name: `${row.name}${row.isDefault ? ' (default)' : ''}`,
      Provisioner: row.provisioner,
      ReclaimPolicy: row.reclaimPolicy,
      VolumeBindingMode: row.binding,
      AllowVolumeExpansion: row.expands,
    })),
  );
  expect(rowsOf('storageclasses').find(({ name }) => name === 'efs')?.zones).toEqual([
    'eu-central-1a',
    'eu-central-1b',
  ]);
});

it('have the class of their annotation, and the zones of their labels where they have no affinity', () => {
  const annotations = { 'volume.beta.kubernetes.io/storage-class': 'gp2' };
  const metadata = { name: 'early', namespace: 'shop', annotations };
  const claim = decoderOf('persistentvolumeclaims').json({ metadata });
  expect(claim.storageClass).toBe('gp2');
  const volume = (labels: Record<string, string>) =>
    decoderOf('persistentvolumes').json({
      metadata: { ...metadata, labels },
      spec: { awsElasticBlockStore: { volumeID: 'aws://eu-central-1b/vol-1' } },
    });
  const beta = 'failure-domain.beta.kubernetes.io/zone';
  expect(volume({ [beta]: 'eu-central-1b' })).toMatchObject({
    storageClass: 'gp2',
    zones: ['eu-central-1b'],
  });
  expect(volume({ [beta]: 'b__c', 'topology.kubernetes.io/zone': 'a' }).zones).toEqual(['a']);
  expect(volume({ [beta]: 'b__c' }).zones).toEqual(['b', 'c']);
  expect(volume({}).zones).toEqual([]);
});
