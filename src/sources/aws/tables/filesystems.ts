import { isPassing } from '../../../domain/storage-told.ts';
import type { AccessPoint, FileSystemRow } from '../../../domain/tables/filesystems.ts';
import { clusterVpc } from '../cluster-vpc.ts';
import { readEach } from '../polling/read-each.ts';
import { orNull, type Round } from '../polling/round.ts';
import type { AwsTable, Reads, TablePart } from '../polling/table.ts';
import { efsRow, fsxRow, isInVpc, mountOf, type Mounts, pointsOf } from './filesystems/row.ts';

const CALLS = [
  'eks:DescribeCluster',
  'elasticfilesystem:DescribeFileSystems',
  'elasticfilesystem:DescribeMountTargets',
  'elasticfilesystem:DescribeAccessPoints',
  'fsx:DescribeFileSystems',
] as const;

type Aws = Reads<(typeof CALLS)[number]>;
type FindVpc = ReturnType<typeof clusterVpc>;

/** How long mount targets are taken for what they were (ms). */
const MOUNTS_MS = 5 * 60_000;

/**
 * The file systems of EFS and FSx that can be mounted in the cluster's VPC: three calls every two
 * minutes, and for each one of EFS one more every five minutes. A service that a partition or an
 * emulator does not have leaves the other as it is.
 */
export const filesystems: AwsTable<'filesystems', (typeof CALLS)[number]> = {
  calls: CALLS,
  interval: { quiet: 120_000, changing: 15_000 },
  isChanging: (row) => isPassing(row) || (row.mounts?.some(isPassing) ?? false),
  parts(cluster, { reads, clock }) {
    const aws = reads(cluster);
    const findVpc = clusterVpc(cluster.name, aws);
    const mounts = readEach<string, Mounts>(clock, MOUNTS_MS, {
      key: (id) => id,
      unread: (id) => ({ id, targets: null, vpc: '' }),
      async read(FileSystemId, { signal }) {
        const call = 'elasticfilesystem:DescribeMountTargets';
        const { MountTargets } = await aws.call(call, { FileSystemId }, signal);
        const vpc = MountTargets.find(({ VpcId }) => VpcId !== '')?.VpcId ?? '';
        return { id: FileSystemId, targets: MountTargets.map(mountOf), vpc };
      },
    });
    return [efs(aws, findVpc, mounts), fsx(aws, findVpc)];
  },
};

function efs(
  aws: Aws,
  findVpc: FindVpc,
  mounts: ReturnType<typeof readEach<string, Mounts>>,
): TablePart<FileSystemRow> {
  let rows: readonly FileSystemRow[] = [];
  return {
    label: 'EFS',
    rows: () => rows,
    async read(round) {
      const { signal } = round;
      const vpc = await findVpc(signal);
      const call = 'elasticfilesystem:DescribeFileSystems';
      const { FileSystems } = await aws.call(call, {}, signal);
      const there = FileSystems.filter(({ FileSystemId }) => FileSystemId !== '');
      const [points] = await Promise.all([
        orNull(accessPoints(aws, round), round),
        mounts.read(
          there.map(({ FileSystemId }) => FileSystemId),
          round,
        ),
      ]);
      const known = new Map(mounts.rows().map((each) => [each.id, each]));
      rows = there.flatMap((one) => {
        const of = known.get(one.FileSystemId);
        return isInVpc(of?.vpc, vpc.id) ? [efsRow(one, of?.targets ?? null, points)] : [];
      });
    },
  };
}

/** Those of all file systems. */
async function accessPoints(
  aws: Aws,
  { signal }: Round,
): Promise<ReadonlyMap<string, readonly AccessPoint[]>> {
  return pointsOf(
    (await aws.call('elasticfilesystem:DescribeAccessPoints', {}, signal)).AccessPoints,
  );
}

function fsx(aws: Aws, findVpc: FindVpc): TablePart<FileSystemRow> {
  let rows: readonly FileSystemRow[] = [];
  return {
    label: 'FSx',
    rows: () => rows,
    async read(round) {
      const { signal } = round;
      const vpc = await findVpc(signal);
      const { FileSystems } = await aws.call('fsx:DescribeFileSystems', {}, signal);
      const there = FileSystems.filter(
        ({ FileSystemId, VpcId }) => FileSystemId !== '' && isInVpc(VpcId, vpc.id),
      );
      rows = there.map(fsxRow);
    },
  };
}
