import type { Health } from '../domain/health.ts';
import type { PersistentVolumeRow } from '../domain/tables/persistentvolumes.ts';
import type { VolumeRow } from '../domain/tables/volumes.ts';
import { known, memory, muted, status, toned } from './cells.ts';
import { bySeverity } from './severity.ts';
import { ageColumn, countColumn, nameColumn, textColumn, zoneColumn } from './columns.ts';
import { defineResource, type Column } from './define.ts';
import { many, sections, when } from './describe/common.ts';
import { sizeColumn } from './volume-columns.ts';
import { volumeCharts } from './charts/volume.ts';

function health(row: VolumeRow): Health {
  if (row.gone > 0) return { level: 'gone', cause: '' };
  if (row.state === 'error') return { level: 'bad', cause: '' };
  const stuck = row.attachedTo.find((each) => /busy$/.test(each));
  if (stuck !== undefined) return { level: 'warn', cause: stuck };
  if (row.modification.startsWith('failed')) return { level: 'warn', cause: row.modification };
  if (row.modification !== '') return { level: 'busy', cause: row.modification };
  // Of one in use somebody else may know more.
  if (row.ofCluster && row.pv === '' && row.state === 'available')
    return { level: 'warn', cause: 'no persistent volume has it, and it is paid' };
  return { level: row.state === 'creating' ? 'busy' : 'ok', cause: '' };
}

const columns: readonly Column<VolumeRow>[] = [
  { ...nameColumn<VolumeRow>(12, health), max: 24, title: 'VOLUME', copies: 'id' },
  {
    id: 'status',
    title: 'STATUS',
    description: 'Its state, what is modified, and whether the cluster still has it.',
    tier: 0,
    tells: 'state',
    min: 12,
    max: 60,
    grow: 1,
    sortKey: 'S',
    sortBy: bySeverity(({ state }) => state, health),
    // That nobody has it is told by those who might.
    alsoFrom: ['persistentvolumes'],
    value: ({ state }) => state,
    cell: (row) => status(row.state, health(row)),
  },
  zoneColumn((row) => row.zone, 0),
  textColumn(
    { id: 'type', title: 'TYPE', description: 'gp3, gp2, io2 or another.', tier: 0 },
    ({ type }) => type,
  ),
  sizeColumn(({ size }) => size),
  countColumn(
    {
      id: 'iops',
      title: 'IOPS',
      description: 'Operations a second that it can do.',
      tier: 1,
      cell: ({ iops }) => known(iops),
    },
    ({ iops }) => iops,
  ),
  textColumn(
    {
      id: 'claim',
      title: 'CLAIM',
      description: 'The claim that it was made for, by its tags.',
      tier: 0,
      min: 14,
      max: 60,
      grow: 1,
    },
    ({ claim }) => claim,
  ),
  textColumn(
    {
      id: 'pv',
      title: 'PV',
      description: 'The persistent volume that it is; none where the cluster has no such.',
      tier: 1,
      max: 42,
      cut: 'middle',
      needs: ['persistentvolumes'],
    },
    ({ pv }) => pv,
  ),
  textColumn(
    {
      id: 'attachedTo',
      title: 'ATTACHED-TO',
      description: 'Instances that it is attached to.',
      tier: 1,
      min: 11,
      cell: ({ attachedTo }) => muted(attachedTo.join(', ')),
    },
    ({ attachedTo }) => attachedTo.join(','),
  ),
  ageColumn(1),
];

export const volumes = defineResource({
  id: 'volumes',
  title: 'Volumes',
  singular: 'volume',
  aliases: ['ebs', 'vol'],
  description:
    'EBS volumes that were made for the cluster: state, zone, attachment, modification, whose they are.',
  table: 'volumes',
  scope: 'cluster',
  columns,
  sort: { column: 'name', descending: false },
  health,
  enter: {
    is: 'link',
    to: 'persistentvolumes',
    title: 'its persistent volume',
    target: ({ uid, name, pv }) =>
      pv === ''
        ? { none: `no persistent volume of this cluster is ${name}` }
        : {
            label: name,
            only: (row: Pick<PersistentVolumeRow, 'volumeId'>) => row.volumeId === uid,
          },
  },
  charts: volumeCharts,
  describe: ({ row, ctx }) =>
    sections({
      title: 'EBS volume',
      lines: [
        ['Id', toned(row.name, 'strong')],
        ['State', status(row.state, health(row))],
        ['Zone', known(row.zone)],
        ['Type', known(row.type)],
        ['Size', memory(row.size)],
        ['IOPS', known(row.iops)],
        ['Throughput', known(row.throughput === null ? null : `${row.throughput} MiB/s`)],
        ['Encrypted', row.encrypted ? 'yes' : toned('no', 'warn')],
        ...many('Attached to', row.attachedTo),
        ['Modification', known(row.modification)],
        ['Made for claim', known(row.claim)],
        ['Persistent volume', known(row.pv)],
        ['Created', when(row.created, ctx)],
      ],
    }),
  describeNeeds: ['persistentvolumes'],
  iam: ['ec2:DescribeVolumes', 'ec2:DescribeVolumesModifications'],
  empty: 'No EBS volumes that the CSI driver tagged',
});
