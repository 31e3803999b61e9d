/** Names of what volumes are made of, and whether they can be used where they are. */
import type { Health } from './health.ts';
import { zoneLabelled } from './zones.ts';

const DRIVERS = new Map([
  ['ebs.csi.aws.com', 'EBS'],
  ['ebs.csi.eks.amazonaws.com', 'EBS (Auto Mode)'],
  ['kubernetes.io/aws-ebs', 'EBS (in tree)'],
  ['efs.csi.aws.com', 'EFS'],
  ['fsx.csi.aws.com', 'FSx Lustre'],
  ['fsx.openzfs.csi.aws.com', 'FSx OpenZFS'],
  ['s3.csi.aws.com', 'S3'],
]);

/** What a driver makes, in AWS's words; the driver itself where it is not one of AWS's. */
export const storageName = (driver: string): string => DRIVERS.get(driver) ?? driver;

/** Whether a driver makes volumes of EBS, each of which is in one Availability Zone. */
export const isEbs = (driver: string): boolean => storageName(driver).startsWith('EBS');

/** Whether a driver mounts a bucket of S3 as a volume. */
export const isBucket = (driver: string): boolean => storageName(driver) === 'S3';

/** Whether a driver makes volumes on file systems of EFS or FSx, which have ids of their own. */
export const isFileSystem = (driver: string): boolean => /^(EFS|FSx)/.test(storageName(driver));

const MODES: Readonly<Record<string, string>> = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
};

/** Access modes as kubectl writes them, in its order: `RWO,ROX,RWX,RWOP`. */
export const accessWords = (modes: readonly string[]): string =>
  Object.entries(MODES)
    .filter(([mode]) => modes.includes(mode))
    .map(([, word]) => word)
    .join(',');

/** What is known of where a volume is, and of who could use it there. */
interface Placed {
  readonly driver: string | null;
  readonly zones: readonly string[] | null;
  /** Nodes of its zones that could attach it; null: not known, or it is in no zone. */
  readonly fitting: number | null;
  /** Taints that all of these nodes have between them; empty: one has none. */
  readonly taints: string | null;
  /** Pods without a node that use it. */
  readonly waiting: number | null;
}

/**
 * Why a volume of EBS cannot be used where it is; null where it can, or where that is not known.
 * Taints keep a pod away only as far as it does not tolerate them, which is not known here: they are
 * named where pods wait.
 */
export function zoneHealth({ driver, zones, fitting, taints, waiting }: Placed): Health | null {
  if (!isEbs(driver ?? '') || zones === null || zones.length === 0) return null;
  const pods = waiting ?? 0;
  const wait = pods === 0 ? '' : `: ${pods} ${pods === 1 ? 'pod waits' : 'pods wait'}`;
  const place = zones.join(', ');
  if (fitting === 0) {
    const cause = `no node in ${place} can attach it${wait}`;
    return { level: wait === '' ? 'warn' : 'bad', cause };
  }
  if (wait === '' || !taints) return null;
  return { level: 'warn', cause: `only nodes with taints in ${place} (${taints})${wait}` };
}

/** Where claims and volumes had their class before they had a field for it: it still comes first. */
export const BETA_CLASS = 'volume.beta.kubernetes.io/storage-class';

/**
 * The zones that the labels of a volume name: older ones that were made for one zone have no affinity.
 * Several stand with `__` between.
 */
export const labelledZones = (labels: Readonly<Record<string, string>>): readonly string[] =>
  (zoneLabelled(labels) ?? '').split('__').filter(Boolean);
