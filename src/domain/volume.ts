/** Names of what volumes are made of. */

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

/**
 * Why a volume of EBS cannot be used where it is; empty where it can, or where that is not known.
 * @param fitting nodes of its zone that could attach it; null: not known, or it is in no zone
 * @param waiting pods without a node that use it
 */
export function zoneTrouble(
  driver: string,
  zones: readonly string[],
  fitting: number | null,
  waiting: number | null,
): string {
  if (!isEbs(driver) || zones.length === 0 || fitting !== 0) return '';
  const where = `no node in ${zones.join(', ')} can attach it`;
  if (waiting === null || waiting === 0) return where;
  return `${where}: ${waiting} ${waiting === 1 ? 'pod waits' : 'pods wait'}`;
}
