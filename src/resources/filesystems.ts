import type { Health } from '../domain/health.ts';
import { fileSystemIn, isBroken, isPassing } from '../domain/storage-told.ts';
import type { FileSystemRow } from '../domain/tables/filesystems.ts';
import type { PersistentVolumeRow } from '../domain/tables/persistentvolumes.ts';
import { isFileSystem } from '../domain/volume.ts';
import { shortZone } from '../domain/zones.ts';
import { known, memory, muted, NONE, status, toned, UNKNOWN } from './cells.ts';
import { bySeverity } from './severity.ts';
import { ageColumn, countColumn, nameColumn, textColumn } from './columns.ts';
import { defineResource, type Column } from './define.ts';
import { many, sections, when, type Line } from './describe/common.ts';
import { sizeColumn } from './volume-columns.ts';

function health(row: FileSystemRow): Health {
  if (row.gone > 0) return { level: 'gone', cause: '' };
  if (isBroken(row)) return { level: 'bad', cause: row.reason };
  if (isPassing(row)) return { level: 'busy', cause: '' };
  if (row.mounts?.length === 0) {
    return { level: 'warn', cause: 'no mount target: nothing can mount it' };
  }
  const off = row.mounts?.filter(({ state }) => state !== 'available') ?? [];
  const [first] = off;
  if (first === undefined) return { level: 'ok', cause: '' };
  const zones = off.map(({ zone }) => shortZone(zone)).join(', ');
  return {
    level: isBroken(first) ? 'bad' : 'busy',
    cause: `mount target in ${zones} is ${first.state}`,
  };
}

/** The persistent volumes on a file system. */
const isOn =
  (id: string) =>
  (row: Pick<PersistentVolumeRow, 'driver' | 'volumeId'>): boolean =>
    isFileSystem(row.driver) && fileSystemIn(row.volumeId) === id;

const zonesOf = ({ mounts }: FileSystemRow): readonly string[] | null =>
  mounts?.map(({ zone }) => zone) ?? null;

const columns: readonly Column<FileSystemRow>[] = [
  { ...nameColumn<FileSystemRow>(12, health), max: 24, title: 'FILESYSTEM', copies: 'id' },
  textColumn(
    { id: 'label', title: 'LABEL', description: 'Its tag Name.', tier: 1, min: 8, max: 40 },
    ({ label }) => label,
  ),
  textColumn(
    { id: 'kind', title: 'KIND', description: 'EFS, or which FSx.', tier: 0, min: 4, max: 12 },
    ({ kind }) => kind,
  ),
  {
    id: 'status',
    title: 'STATUS',
    description: 'Its state, and what keeps it from being mounted.',
    tier: 0,
    tells: 'state',
    min: 12,
    max: 70,
    grow: 1,
    sortKey: 'S',
    sortBy: bySeverity(({ state }) => state, health),
    value: ({ state }) => state,
    cell: (row) => status(row.state, health(row)),
  },
  textColumn(
    {
      id: 'zones',
      title: 'MOUNTS',
      description: 'Zones with a mount target: a pod in another cannot mount it. Of EFS alone.',
      tier: 0,
      min: 6,
      max: 20,
      cell: (row) =>
        row.kind === 'EFS' ? known(zonesOf(row)?.map(shortZone).join(',') ?? null) : NONE,
    },
    (row) => zonesOf(row)?.join(',') ?? null,
  ),
  sizeColumn(({ size }) => size, {
    description: 'What is stored on EFS; the capacity of FSx.',
  }),
  textColumn(
    {
      id: 'type',
      title: 'TYPE',
      description: 'How it works: elastic, bursting, provisioned, PERSISTENT_2, SINGLE_AZ_2.',
      tier: 1,
      min: 7,
      max: 24,
      cell: ({ type }) => muted(type),
    },
    ({ type }) => type,
  ),
  countColumn(
    {
      id: 'accessPoints',
      title: 'POINTS',
      description: 'Its access points.',
      tier: 2,
      cell: ({ kind, accessPoints }) =>
        kind === 'EFS' ? known(accessPoints?.length ?? null) : NONE,
    },
    ({ accessPoints }) => accessPoints?.length ?? null,
  ),
  countColumn(
    {
      id: 'pvs',
      title: 'PVS',
      description: 'Persistent volumes of this cluster that are on it.',
      tier: 0,
      needs: ['persistentvolumes'],
    },
    ({ pvs }) => pvs,
  ),
  textColumn(
    { id: 'subnets', title: 'SUBNETS', description: 'Where it has addresses.', tier: 3, max: 90 },
    ({ subnets }) => subnets.join(','),
  ),
  ageColumn(1),
];

export const filesystems = defineResource({
  id: 'filesystems',
  title: 'File systems',
  singular: 'filesystem',
  aliases: ['efs', 'fsx', 'fs'],
  description:
    'File systems of EFS and FSx that the VPC can mount: state, zones with a mount target, access points, persistent volumes.',
  table: 'filesystems',
  scope: 'cluster',
  columns,
  sort: { column: 'name', descending: false },
  health,
  enter: {
    is: 'link',
    to: 'persistentvolumes',
    title: 'its persistent volumes',
    target: ({ uid, name }) => ({ label: name, only: isOn(uid) }),
  },
  describe: ({ row, query, ctx }) =>
    sections(
      {
        title: 'File system',
        lines: [
          ['Id', toned(row.name, 'strong')],
          ['Name', row.label || NONE],
          ['Kind', known(row.kind)],
          ['State', status(row.state, health(row))],
          ['Type', known(row.type)],
          ['Size', memory(row.size)],
          ...(row.throughput === null ? [] : [['Throughput', `${row.throughput} MiB/s`] as const]),
          ['Encrypted', row.encrypted ? 'yes' : toned('no', 'warn')],
          ...many('Subnets', row.subnets),
          ['Created', when(row.created, ctx)],
        ],
      },
      { title: 'Mount targets', lines: row.kind === 'EFS' ? mountLines(row) : [] },
      { title: 'Access points', lines: row.kind === 'EFS' ? pointLines(row) : [] },
      {
        title: 'Persistent volumes',
        lines: [...query.rows('persistentvolumes')]
          .filter(isOn(row.uid))
          .map(({ name, claim, told }): Line => [name, `${claim || '-'}  ${told?.path ?? ''}`]),
      },
    ),
  describeNeeds: ['persistentvolumes'],
  iam: [
    'eks:DescribeCluster',
    'elasticfilesystem:DescribeFileSystems',
    'elasticfilesystem:DescribeMountTargets',
    'elasticfilesystem:DescribeAccessPoints',
    'fsx:DescribeFileSystems',
  ],
  empty: 'No file systems of EFS or FSx that this VPC can mount',
});

function mountLines({ mounts }: FileSystemRow): readonly Line[] {
  if (mounts === null) return [UNKNOWN];
  if (mounts.length === 0) return [toned('none: nothing can mount it', 'warn')];
  return mounts.map(({ zone, ip, subnet, state }): Line => {
    const tone = state === 'available' ? 'muted' : 'warn';
    return [
      zone,
      [
        [`${ip} ${subnet} `, 'text'],
        [state, tone],
      ],
    ];
  });
}

function pointLines({ accessPoints }: FileSystemRow): readonly Line[] {
  if (accessPoints === null) return [UNKNOWN];
  return accessPoints.map(({ id, path, state }): Line => [
    id,
    state === 'available' ? path : `${path} ${state}`,
  ]);
}
