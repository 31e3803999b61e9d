/** Columns that claims, volumes and what they are on share: a claim knows of its volume only once it has one. */
import { formatMemory } from '../core/quantity.ts';
import { type Fill, percentFull } from '../domain/claim-fill.ts';
import { isBroken, type StorageTold } from '../domain/storage-told.ts';
import type { TableId } from '../domain/tables/index.ts';
import { isEbs, isFileSystem, storageName } from '../domain/volume.ts';
import { shortZone } from '../domain/zones.ts';
import { known, loadTone, memory, muted, NONE, percent, status, toned, UNKNOWN } from './cells.ts';
import type { Column, RowContext, Value } from './column.ts';
import { textColumn } from './columns.ts';
import { many, when, type Line } from './describe/common.ts';

type Placed<Row> = Pick<Column<Row>, 'tier' | 'needs'>;

/** Access modes as kubectl writes them. */
export const accessModesColumn = <Row extends { readonly accessModes: string }>(): Column<Row> =>
  textColumn(
    { id: 'accessModes', title: 'MODES', description: 'Access modes.', tier: 1, max: 16 },
    ({ accessModes }) => accessModes,
  );

/** @param driver null: not known; empty: it has none */
export const storageColumn = <Row>(
  placed: Placed<Row>,
  driver: (row: Row) => string | null,
): Column<Row> =>
  textColumn(
    {
      id: 'kind',
      title: 'ON',
      description: 'What of AWS it is on: EBS, EFS, FSx, S3; else its driver.',
      min: 4,
      max: 20,
      ...placed,
    },
    (row) => {
      const of = driver(row);
      return of === null ? null : storageName(of);
    },
  );

/** @param zones null: not known */
export const zonesColumn = <Row>(
  placed: Placed<Row>,
  zones: (row: Row) => readonly string[] | null,
): Column<Row> =>
  textColumn(
    {
      id: 'zone',
      title: 'AZ',
      description: 'Availability Zones that it can be used in; none: any.',
      min: 2,
      max: 10,
      cell: (row) => known(zones(row)?.map(shortZone).join(',') ?? null),
      ...placed,
    },
    (row) => zones(row)?.join(',') ?? null,
  );

/** @param id null: not known */
export const volumeIdColumn = <Row>(
  placed: Placed<Row>,
  id: (row: Row) => string | null,
): Column<Row> =>
  textColumn(
    {
      id: 'volumeId',
      copies: 'volume id',
      title: 'VOLUME-ID',
      description: 'What AWS calls it: a volume, a file system with its access point, a bucket.',
      max: 60,
      cut: 'middle',
      ...placed,
    },
    id,
  );

/** The nodes of the pods that use it. */
export const usedOnColumn = <Row extends { readonly usedOn: string | null }>(
  placed: Placed<Row>,
): Column<Row> =>
  textColumn(
    {
      id: 'usedOn',
      title: 'NODE',
      description: 'Where the pods run that use it.',
      tells: 'moment',
      max: 60,
      cut: 'middle',
      ...placed,
    },
    ({ usedOn }) => usedOn,
  );

/** Filesystem or Block. */
export const volumeModeColumn = <Row extends { readonly mode: string }>(): Column<Row> =>
  textColumn(
    { id: 'mode', title: 'VOLUMEMODE', description: 'Filesystem or Block.', tier: 3 },
    ({ mode }) => mode,
  );

/** How large something is. */
export const sizeColumn = <Row>(
  size: (row: Row) => number | null,
  given: Partial<Pick<Column<Row>, 'id' | 'description' | 'tier' | 'cell' | 'tells'>> = {},
): Column<Row> => ({
  id: 'size',
  title: 'SIZE',
  description: 'How large it is.',
  tier: 0,
  min: 5,
  max: 8,
  align: 'right',
  unit: 'bytes',
  descending: true,
  value: size,
  cell: (row) => memory(size(row)),
  ...given,
});

/** How full it is in percent; none where no pod has it mounted. */
export const fillColumn = <
  Row extends { readonly fill: Fill | null; readonly pods: number | null },
>(
  needs: readonly TableId[],
): Column<Row> => ({
  id: 'full',
  title: 'FULL',
  description:
    'How full it is, as the kubelet of a node measures that has it mounted; takes the right to get nodes/proxy.',
  tier: 1,
  rank: 1,
  min: 4,
  max: 5,
  align: 'right',
  descending: true,
  needs: [...needs, 'claimusage'],
  value: ({ fill }) => percentFull(fill),
  cell: ({ fill, pods }) => (fill === null && pods === 0 ? NONE : percent(percentFull(fill))),
});

/** The lines of a description that say how full a volume is. */
export function fillLines(fill: Fill | null, ctx: RowContext): readonly Line[] {
  if (fill === null) return [];
  const { used, capacity, inodes, inodesUsed, at } = fill;
  const full = percentFull(fill);
  return [
    [
      'Used',
      [
        [`${formatMemory(used)} of ${formatMemory(capacity)}`, 'text'],
        [` ${full ?? '?'}%`, loadTone(full ?? 0)],
      ],
    ],
    ...(inodes === null ? [] : [['Inodes', `${inodesUsed ?? '?'} of ${inodes}`] as const]),
    ['Measured', when(at, ctx)],
  ];
}

/** The tables from which is known what AWS tells of volumes. */
export const TOLD_TABLES: readonly TableId[] = ['volumes', 'filesystems'];

/** What a row says of the storage that it is on. */
interface OnStorage {
  /** Null: not known. */
  readonly driver: string | null;
  readonly volumeId: string | null;
  readonly told: StorageTold | null;
}

/** Whether AWS can tell of it. */
const isAsked = ({ driver }: OnStorage): boolean =>
  driver === null || isEbs(driver) || isFileSystem(driver);

/** A column of {@link StorageTold}: none where AWS is not asked, unknown where it did not tell. */
function toldColumn<Row extends OnStorage>(
  given: Pick<Column<Row>, 'id' | 'title' | 'description'> &
    Partial<Pick<Column<Row>, 'align' | 'max' | 'cut' | 'min'>>,
  needs: readonly TableId[],
  of: (told: StorageTold) => Value,
): Column<Row> {
  const value = (row: Row): Value => (row.told === null ? null : of(row.told));
  return {
    tier: 3,
    min: given.title.length,
    max: 40,
    needs: [...needs, ...TOLD_TABLES],
    value,
    cell: (row) => {
      if (!isAsked(row)) return NONE;
      if (row.told === null) return UNKNOWN;
      const shown = of(row.told);
      return muted(typeof shown === 'boolean' || shown === null ? '' : shown);
    },
    ...given,
  };
}

/** What AWS tells of the storage of a volume, for the wide screen. */
export const toldColumns = <Row extends OnStorage>(
  needs: readonly TableId[] = [],
): readonly Column<Row>[] => [
  toldColumn(
    { id: 'awsState', title: 'IN-AWS', description: 'Its state, as EBS, EFS or FSx tells it.' },
    needs,
    ({ state }) => state,
  ),
  toldColumn(
    {
      id: 'awsType',
      title: 'TYPE',
      description: 'gp3, io2 or another; how a file system works: elastic, bursting, PERSISTENT_2.',
    },
    needs,
    ({ type }) => type,
  ),
  toldColumn(
    {
      id: 'iops',
      title: 'IOPS',
      description: 'Operations a second that a volume of EBS can do.',
      align: 'right',
    },
    needs,
    ({ iops }) => iops,
  ),
  toldColumn(
    { id: 'attachedTo', title: 'ATTACHED-TO', description: 'Instances that it is attached to.' },
    needs,
    ({ attachedTo }) => attachedTo.join(', '),
  ),
  toldColumn(
    {
      id: 'modification',
      title: 'MODIFYING',
      description: 'What of a volume of EBS is being modified, or why that failed.',
    },
    needs,
    ({ modification }) => modification,
  ),
  toldColumn(
    {
      id: 'mountZones',
      title: 'MOUNTS',
      description: 'Zones in which a file system of EFS has a mount target.',
    },
    needs,
    ({ mountZones }) => mountZones?.map(shortZone).join(',') ?? '',
  ),
];

/** The lines of a description that say what AWS tells of the storage of a volume. */
export function toldLines(row: OnStorage): readonly Line[] {
  const { told, driver } = row;
  if (driver === null || !isAsked(row)) return [];
  if (told === null) return [['In AWS', UNKNOWN]];
  const { state, reason, type, iops, throughput, attachedTo, modification, mountZones } = told;
  const level = isBroken(told) ? 'bad' : 'ok';
  return [
    ['In AWS', status(state, { level, cause: reason })],
    ['Type', known(type)],
    ...(iops === null ? [] : [['IOPS', String(iops)] as const]),
    ...(throughput === null ? [] : [['Throughput', `${throughput} MiB/s`] as const]),
    ['Encrypted', told.encrypted ? 'yes' : toned('no', 'warn')],
    ...(isEbs(driver) ? many('Attached to', attachedTo) : []),
    ...(modification === '' ? [] : [['Modification', modification] as const]),
    ...(mountZones === null ? [] : many('Mount targets in', mountZones)),
    ...(told.missing === '' ? [] : [['Access point', toned(`no ${told.missing}`, 'bad')] as const]),
    ...(told.path === '' ? [] : [['Folder', told.path] as const]),
  ];
}
