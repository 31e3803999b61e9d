/** Columns that claims and volumes share: a claim knows of its volume only once it has one. */
import { storageName } from '../domain/volume.ts';
import { shortZone } from '../domain/zones.ts';
import { known } from './cells.ts';
import type { Column } from './column.ts';
import { textColumn } from './columns.ts';

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
