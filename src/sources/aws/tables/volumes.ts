import { volumes as table, type VolumeRow } from '../../../domain/tables/volumes.ts';
import type { VolumeDescription } from '../../../ports/aws/ec2-shapes.ts';
import { tolerate } from '../polling/round.ts';
import type { AwsTable } from '../polling/table.ts';
import { tagMap } from './vpc/subnet-row.ts';

const CALLS = ['ec2:DescribeVolumes', 'ec2:DescribeVolumesModifications'] as const;

const PASSING: ReadonlySet<string> = new Set(['creating', 'deleting']);
const GIB = 2 ** 30;
/** The tag that names a cluster. A driver that was not told its cluster tags only what it made for whom. */
const CLUSTER = 'kubernetes.io/cluster/';
const CREATED_FOR = 'kubernetes.io/created-for/pv/name';

/** The cluster that tags name; empty where they name none. */
const clusterIn = (tags: Readonly<Record<string, string>>): string =>
  (Object.keys(tags).find((key) => key.startsWith(CLUSTER)) ?? '').slice(CLUSTER.length);

/**
 * The volumes that the CSI driver, or Kubernetes before it, made for the cluster, by their tags, and
 * what is being modified: two calls a minute.
 */
export const volumes: AwsTable<'volumes', (typeof CALLS)[number]> = {
  calls: CALLS,
  interval: { quiet: 60_000, changing: 15_000 },
  isChanging: ({ state, modification }) => PASSING.has(state) || modification.endsWith('%'),
  parts(cluster, { reads }) {
    const aws = reads(cluster);
    let rows: readonly VolumeRow[] = [];
    return [
      {
        label: 'volumes',
        rows: () => rows,
        async read(round) {
          const { signal } = round;
          const made = { Name: 'tag-key', Values: [`${CLUSTER}${cluster.name}`, CREATED_FOR] };
          const answer = await aws.call('ec2:DescribeVolumes', { Filters: [made] }, signal);
          const changing = await modifications();
          rows = answer.Volumes.flatMap((volume) => {
            const tags = tagMap(volume.Tags);
            const of = clusterIn(tags);
            if (volume.VolumeId === '' || !['', cluster.name].includes(of)) return [];
            const modification = changing.get(volume.VolumeId) ?? '';
            return { ...volumeRow(volume, tags, modification), ofCluster: of !== '' };
          });

          async function modifications(): Promise<ReadonlyMap<string, string>> {
            const call = 'ec2:DescribeVolumesModifications';
            const states = ['modifying', 'optimizing', 'failed'];
            const Filters = [{ Name: 'modification-state', Values: states }];
            try {
              const { VolumesModifications } = await aws.call(call, { Filters }, signal);
              return new Map(
                VolumesModifications.map(
                  ({ VolumeId, ModificationState: state, Progress, StatusMessage }) => [
                    VolumeId,
                    state === 'failed'
                      ? `failed: ${StatusMessage}`
                      : `${state} ${Progress ?? '?'}%`,
                  ],
                ),
              );
            } catch (error) {
              tolerate(error, round);
              return new Map();
            }
          }
        },
      },
    ];
  },
};

function volumeRow(
  volume: VolumeDescription,
  tags: Readonly<Record<string, string>>,
  modification: string,
): VolumeRow {
  const namespace = tags['kubernetes.io/created-for/pvc/namespace'] ?? '';
  const claim = tags['kubernetes.io/created-for/pvc/name'] ?? '';
  return {
    ...table.blank,
    uid: volume.VolumeId,
    name: volume.VolumeId,
    created: volume.CreateTime ?? 0,
    state: volume.State,
    zone: volume.AvailabilityZone,
    type: volume.VolumeType,
    size: volume.Size === null ? null : volume.Size * GIB,
    iops: volume.Iops,
    throughput: volume.Throughput,
    encrypted: volume.Encrypted,
    attachedTo: volume.Attachments.map(({ InstanceId, State }) =>
      State === 'attached' || State === '' ? InstanceId : `${InstanceId} ${State}`,
    ),
    modification,
    claim: claim === '' ? '' : `${namespace}/${claim}`,
  };
}
