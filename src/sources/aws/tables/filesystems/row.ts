import { own } from '../../../../core/own.ts';
import {
  type AccessPoint,
  filesystems,
  type FileSystemRow,
  type MountTarget,
} from '../../../../domain/tables/filesystems.ts';
import type {
  AccessPointDescription,
  EfsDescription,
  MountTargetDescription,
} from '../../../../ports/aws/efs-calls.ts';
import type { FsxDescription } from '../../../../ports/aws/fsx-calls.ts';
import { tagMap } from '../vpc/subnet-row.ts';

const GIB = 2 ** 30;
const FSX_KINDS: Readonly<Record<string, string>> = {
  LUSTRE: 'FSx Lustre',
  OPENZFS: 'FSx OpenZFS',
  ONTAP: 'FSx ONTAP',
  WINDOWS: 'FSx Windows',
};

/** The mount targets of a file system of EFS, and the VPC that all of them are in. */
export interface Mounts {
  readonly id: string;
  /** Null: they could not be read. */
  readonly targets: readonly MountTarget[] | null;
  /** Empty: it has none, or they could not be read. */
  readonly vpc: string;
}

/**
 * Whether a file system concerns a VPC: one of which no VPC is known, as nobody can mount it, may be
 * meant for it.
 *
 * @param of the VPC that it is in; empty or undefined where that is not known
 */
export const isInVpc = (of: string | undefined, vpc: string): boolean =>
  of === undefined || of === '' || of === vpc;

export const mountOf = (target: MountTargetDescription): MountTarget => ({
  id: target.MountTargetId,
  zone: target.AvailabilityZoneName,
  subnet: target.SubnetId,
  ip: target.IpAddress,
  state: target.LifeCycleState,
});

/** Access points by their file systems. */
export const pointsOf = (
  all: readonly AccessPointDescription[],
): ReadonlyMap<string, readonly AccessPoint[]> =>
  new Map(
    [...Map.groupBy(all, ({ FileSystemId }) => FileSystemId)].map(([id, points]) => [
      id,
      points.map(({ AccessPointId, RootDirectory, LifeCycleState }) => ({
        id: AccessPointId,
        path: RootDirectory.Path,
        state: LifeCycleState,
      })),
    ]),
  );

/**
 * The row of a file system of EFS.
 *
 * @param mounts null: not known
 * @param points of all file systems; null: not known
 */
export function efsRow(
  one: EfsDescription,
  mounts: readonly MountTarget[] | null,
  points: ReadonlyMap<string, readonly AccessPoint[]> | null,
): FileSystemRow {
  return {
    ...filesystems.blank,
    uid: one.FileSystemId,
    name: one.FileSystemId,
    created: one.CreationTime ?? 0,
    label: one.Name || own(tagMap(one.Tags), 'Name') || '',
    kind: 'EFS',
    state: one.LifeCycleState,
    type: one.ThroughputMode,
    size: one.SizeInBytes.Value,
    throughput: one.ProvisionedThroughputInMibps,
    encrypted: one.Encrypted,
    subnets: mounts?.map(({ subnet }) => subnet) ?? [],
    mounts: mounts?.toSorted((a, b) => (a.zone < b.zone ? -1 : 1)) ?? null,
    accessPoints: points === null ? null : (points.get(one.FileSystemId) ?? []),
  };
}

/** The row of a file system of FSx, which encrypts them all. */
export function fsxRow(one: FsxDescription): FileSystemRow {
  const deployed = [
    one.LustreConfiguration,
    one.OpenZFSConfiguration,
    one.OntapConfiguration,
    one.WindowsConfiguration,
  ].find(({ DeploymentType }) => DeploymentType !== '');
  return {
    ...filesystems.blank,
    uid: one.FileSystemId,
    name: one.FileSystemId,
    created: one.CreationTime ?? 0,
    label: own(tagMap(one.Tags), 'Name') ?? '',
    kind: own(FSX_KINDS, one.FileSystemType) ?? `FSx ${one.FileSystemType}`,
    state: one.Lifecycle.toLowerCase(),
    reason: one.FailureDetails.Message,
    type: deployed?.DeploymentType ?? one.StorageType,
    size: one.StorageCapacity === null ? null : one.StorageCapacity * GIB,
    throughput: deployed?.ThroughputCapacity ?? null,
    encrypted: true,
    subnets: one.SubnetIds,
  };
}
