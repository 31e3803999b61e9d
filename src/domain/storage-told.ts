/** What AWS tells of what a persistent volume is on, whichever of its storages that is. */
import type { Health } from './health.ts';
import type { FileSystemRow } from './tables/filesystems.ts';
import type { VolumeRow } from './tables/volumes.ts';
import { shortZone } from './zones.ts';

export interface StorageTold {
  /** In its own words: `in-use`, `available`, `creating`, `error` … */
  readonly state: string;
  /** Why it is so, where it says why. */
  readonly reason: string;
  /** `gp3`, `elastic`, `PERSISTENT_2` … */
  readonly type: string;
  readonly iops: number | null;
  /** MiB a second. */
  readonly throughput: number | null;
  readonly encrypted: boolean;
  /** Of EBS: instances that it is attached to, with a word where that is not simply so. */
  readonly attachedTo: readonly string[];
  /** `modifying 40%`, `failed: …`; empty where nothing is being modified. */
  readonly modification: string;
  /** Of EFS: the zones in which it can be mounted; null: not known, or it is nothing of that kind. */
  readonly mountZones: readonly string[] | null;
  /** Of EFS: the folder that is mounted; empty: its root, or that is not known. */
  readonly path: string;
  /** Of EFS: the access point that the volume names and the file system does not have; else empty. */
  readonly missing: string;
}

/** What a volume of EBS tells. */
export const ofVolume = (
  row: Pick<
    VolumeRow,
    'state' | 'type' | 'iops' | 'throughput' | 'encrypted' | 'attachedTo' | 'modification'
  >,
): StorageTold => ({
  state: row.state,
  reason: '',
  type: row.type,
  iops: row.iops,
  throughput: row.throughput,
  encrypted: row.encrypted,
  attachedTo: row.attachedTo,
  modification: row.modification,
  mountZones: null,
  path: '',
  missing: '',
});

/** The id of the file system in the handle of a volume. */
export const fileSystemIn = (handle: string): string => handle.split(':')[0] ?? '';

/**
 * What a file system tells of a volume on it.
 *
 * @param handle of the volume, `fs-1::fsap-2`
 */
export function ofFileSystem(
  row: Pick<
    FileSystemRow,
    'state' | 'reason' | 'type' | 'throughput' | 'encrypted' | 'mounts' | 'accessPoints'
  >,
  handle: string,
): StorageTold {
  const [, folder = '', point = ''] = handle.split(':');
  const found = row.accessPoints?.find(({ id }) => id === point);
  const mounted = row.mounts?.filter(({ state }) => state === 'available');
  return {
    state: row.state,
    reason: row.reason,
    type: row.type,
    iops: null,
    throughput: row.throughput,
    encrypted: row.encrypted,
    attachedTo: [],
    modification: '',
    mountZones: mounted === undefined ? null : [...new Set(mounted.map(({ zone }) => zone))].sort(),
    path: found?.path ?? folder,
    missing: point !== '' && row.accessPoints !== null && found === undefined ? point : '',
  };
}

/** Whether it does not work, by its own word. */
export const isBroken = ({ state }: { readonly state: string }): boolean =>
  /^(error|failed|misconfigured)/.test(state);

/** Whether it is on its way to another state. */
export const isPassing = ({ state }: { readonly state: string }): boolean =>
  /^(creating|updating|deleting)/.test(state);

/** What of AWS keeps a volume from being used, or is being done to it; null where nothing is. */
export function toldHealth(
  told: StorageTold | null,
  handle: string | null,
  usedZones: readonly string[] | null,
): Health | null {
  if (told === null) return null;
  const { state, reason, missing, mountZones, modification } = told;
  const called = fileSystemIn(handle ?? '');
  // What stands before the colon others may have too.
  if (isBroken(told)) {
    const why = reason === '' ? called : `${called}, ${reason}`;
    return { level: 'bad', cause: `in AWS it is ${state}: ${why}` };
  }
  if (missing !== '') {
    return { level: 'bad', cause: `its access point is gone: ${called} has no ${missing}` };
  }
  if (mountZones?.length === 0) {
    return { level: 'bad', cause: `no mount target: nothing can mount ${called}` };
  }
  const outside = usedZones?.filter((zone) => mountZones?.includes(zone) === false) ?? [];
  if (outside.length > 0) {
    const place = outside.map(shortZone).join(', ');
    return {
      level: 'bad',
      cause: `no mount target: ${called} has none in ${place}, where pods use it`,
    };
  }
  if (isPassing(told)) return { level: 'busy', cause: `in AWS it is ${state}: ${called}` };
  const stuck = told.attachedTo.find((each) => / busy$/.test(each));
  if (stuck !== undefined) return { level: 'warn', cause: `its attachment is stuck: ${stuck}` };
  if (modification.startsWith('failed')) {
    return { level: 'warn', cause: `its modification ${modification}` };
  }
  return modification === '' ? null : { level: 'busy', cause: modification };
}
