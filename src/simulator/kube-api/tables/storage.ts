/** How claims, volumes and storage classes are printed. */
import type { KubeObject, Labels } from '../../world/objects.ts';
import { age, columns, type TableShape } from './human.ts';

interface Volume {
  readonly spec?: {
    readonly capacity?: Labels;
    readonly accessModes?: readonly string[];
    readonly persistentVolumeReclaimPolicy?: string;
    readonly claimRef?: { readonly namespace?: string; readonly name?: string };
    readonly storageClassName?: string;
    readonly volumeAttributesClassName?: string;
    readonly volumeMode?: string;
    readonly volumeName?: string;
  };
  readonly status?: {
    readonly phase?: string;
    readonly reason?: string;
    readonly capacity?: Labels;
    readonly accessModes?: readonly string[];
  };
}

const MODES: readonly (readonly [mode: string, short: string])[] = [
  ['ReadWriteOnce', 'RWO'],
  ['ReadOnlyMany', 'ROX'],
  ['ReadWriteMany', 'RWX'],
  ['ReadWriteOncePod', 'RWOP'],
];

const modesOf = (modes: readonly string[] = []): string =>
  MODES.filter(([mode]) => modes.includes(mode))
    .map(([, short]) => short)
    .join(',');

const phaseOf = ({ metadata }: KubeObject, { status }: Volume): string =>
  metadata.deletionTimestamp === undefined ? (status?.phase ?? '') : 'Terminating';

export const CLAIMS: TableShape<KubeObject> = {
  columns: columns(
    'Name, Status, Volume, Capacity, Access Modes, StorageClass, VolumeAttributesClass, Age, VolumeMode+',
  ),
  cells: (object, now) => {
    const claim = object as Volume;
    const { spec = {}, status = {} } = claim;
    const bound = (spec.volumeName ?? '') !== '';
    return [
      object.metadata.name,
      phaseOf(object, claim),
      spec.volumeName ?? '',
      bound ? (status.capacity?.['storage'] ?? '0') : '',
      bound ? modesOf(status.accessModes) : '',
      spec.storageClassName ?? '',
      spec.volumeAttributesClassName ?? '<unset>',
      age(object.metadata.creationTimestamp, now),
      spec.volumeMode ?? '<unset>',
    ];
  },
};

export const VOLUMES: TableShape<KubeObject> = {
  columns: columns(
    'Name, Capacity, Access Modes, Reclaim Policy, Status, Claim, StorageClass, VolumeAttributesClass, Reason, Age, VolumeMode+',
  ),
  cells: (object, now) => {
    const volume = object as Volume;
    const { spec = {}, status = {} } = volume;
    const { namespace = '', name = '' } = spec.claimRef ?? {};
    return [
      object.metadata.name,
      spec.capacity?.['storage'] ?? '0',
      modesOf(spec.accessModes),
      spec.persistentVolumeReclaimPolicy ?? '',
      phaseOf(object, volume),
      spec.claimRef ? `${namespace}/${name}` : '',
      spec.storageClassName ?? '',
      spec.volumeAttributesClassName ?? '<unset>',
      status.reason ?? '',
      age(object.metadata.creationTimestamp, now),
      spec.volumeMode ?? '<unset>',
    ];
  },
};

export const STORAGE_CLASSES: TableShape<KubeObject> = {
  columns: columns(
    'Name, Provisioner, ReclaimPolicy, VolumeBindingMode, AllowVolumeExpansion, Age',
  ),
  cells: (object, now) => {
    const { metadata } = object;
    const of = object as {
      provisioner?: string;
      reclaimPolicy?: string;
      volumeBindingMode?: string;
      allowVolumeExpansion?: boolean;
    };
    return [
      defaultName(object, 'storageclass.kubernetes.io/is-default-class'),
      of.provisioner ?? '',
      of.reclaimPolicy ?? 'Delete',
      of.volumeBindingMode ?? 'Immediate',
      of.allowVolumeExpansion ?? false,
      age(metadata.creationTimestamp, now),
    ];
  },
};

/** The name, and that it is the default one where an annotation says so. */
export function defaultName({ metadata }: KubeObject, annotation: string): string {
  return `${metadata.name}${metadata.annotations?.[annotation] === 'true' ? ' (default)' : ''}`;
}
