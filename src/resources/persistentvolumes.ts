import { bucketQuestions } from './describe/bucket.ts';
import { calmHealth, type Health } from '../domain/health.ts';
import { fillHealth } from '../domain/claim-fill.ts';
import { objectAt, refOf } from '../domain/ref.ts';
import { toldHealth } from '../domain/storage-told.ts';
import type { PersistentVolumeRow } from '../domain/tables/persistentvolumes.ts';
import { storageName, zoneHealth } from '../domain/volume.ts';
import { known, memory, muted, NONE, status } from './cells.ts';
import {
  ageColumn,
  countColumn,
  labelsColumn,
  nameColumn,
  textColumn,
  statusColumn,
} from './columns.ts';
import { defineResource, type Column, type RowContext } from './define.ts';
import { eventsSection, identityLines, many, metadataLines, sections } from './describe/common.ts';
import { toObject } from './links.ts';
import {
  accessModesColumn,
  fillColumn,
  fillLines,
  sizeColumn,
  storageColumn,
  TOLD_TABLES,
  toldColumns,
  toldLines,
  usedOnColumn,
  volumeIdColumn,
  volumeModeColumn,
  zonesColumn,
} from './volume-columns.ts';

/** What keeps a volume from being used. */
function health(row: PersistentVolumeRow, { now }: RowContext): Health {
  const calm = calmHealth(row, now);
  if (calm.level !== 'ok') return calm;
  const { phase, reason, message, reclaimPolicy } = row;
  if (phase === 'Failed') return { level: 'bad', cause: message || reason };
  if (phase === 'Released') {
    const kept = reclaimPolicy === 'Retain';
    const cause = kept ? 'its claim is deleted, the volume is kept and paid' : message || reason;
    return { level: kept || cause !== '' ? 'warn' : 'busy', cause };
  }
  const trouble =
    zoneHealth(row) ?? toldHealth(row.told, row.volumeId, row.usedZones) ?? fillHealth(row.fill);
  if (trouble !== null) return trouble;
  return phase === 'Pending' ? { level: 'busy', cause: '' } : calm;
}

const columns: readonly Column<PersistentVolumeRow>[] = [
  // Most names are `pvc-` and a uid: whose it is says more.
  { ...nameColumn<PersistentVolumeRow>(12, health), max: 28 },
  sizeColumn(({ capacity }) => capacity, { id: 'capacity', tells: 'identity' }),
  fillColumn(['persistentvolumeclaims', 'pods']),
  accessModesColumn(),
  textColumn(
    {
      id: 'reclaimPolicy',
      title: 'RECLAIM',
      description: 'What becomes of it when its claim is deleted.',
      tier: 1,
      max: 8,
    },
    ({ reclaimPolicy }) => reclaimPolicy,
  ),
  statusColumn(
    {
      description: 'Its phase, and what keeps it from being used.',
      min: 18,
      max: 90,
      grow: 3,
      needs: ['nodes', 'persistentvolumeclaims', 'pods'],
      alsoFrom: [...TOLD_TABLES, 'claimusage'],
    },
    ({ phase }) => phase,
    health,
  ),
  textColumn(
    {
      id: 'claim',
      title: 'CLAIM',
      description: 'The claim that has it.',
      tier: 1,
      rank: 0,
      min: 12,
      max: 60,
      grow: 1,
      cut: 'middle',
    },
    ({ claim }) => claim,
  ),
  textColumn(
    {
      id: 'storageClass',
      title: 'CLASS',
      description: 'Its storage class.',
      tier: 1,
      max: 24,
      cell: ({ storageClass }) => muted(storageClass),
    },
    ({ storageClass }) => storageClass,
  ),
  storageColumn({ tier: 0 }, ({ driver }) => driver),
  zonesColumn({ tier: 0 }, ({ zones }) => zones),
  volumeIdColumn({ tier: 1 }, ({ volumeId }) => volumeId),
  usedOnColumn({ tier: 2, needs: ['persistentvolumeclaims', 'pods'] }),
  countColumn(
    {
      id: 'fitting',
      title: 'FIT',
      description: 'Nodes of its zone that could attach it.',
      tier: 3,
      needs: ['nodes'],
    },
    ({ fitting }) => fitting,
  ),
  ...toldColumns<PersistentVolumeRow>(),
  volumeModeColumn(),
  ageColumn(),
  labelsColumn(),
];

export const persistentvolumes = defineResource({
  id: 'persistentvolumes',
  title: 'Persistent volumes',
  singular: 'persistentvolume',
  aliases: ['pv'],
  description:
    'Volumes with what of AWS they are on, their zone, and whether a node there can attach them.',
  table: 'persistentvolumes',
  scope: 'cluster',
  columns,
  sort: { column: 'name', descending: false },
  health,
  enter: {
    is: 'link',
    to: 'persistentvolumeclaims',
    title: 'the claim that has this volume',
    target: ({ claim }, query) => {
      const { namespace, name } = objectAt(claim);
      return claim === ''
        ? { none: 'no claim has this volume' }
        : toObject('PersistentVolumeClaim', namespace, name, query);
    },
  },
  asks: bucketQuestions<PersistentVolumeRow>(),
  ref: (row) => refOf('persistentvolumes', row),
  describe: ({ row, object, events, ctx }) => {
    const { cause } = health(row, ctx);
    return sections(
      {
        title: 'Persistent volume',
        lines: [
          ...identityLines(row, ctx),
          ['Status', status(row.phase, health(row, ctx))],
          ...(cause !== '' && row.fitting === 0
            ? [
                [
                  'To do',
                  'add or uncordon a node there, or move its data by a snapshot to a volume elsewhere',
                ] as const,
              ]
            : []),
          ['Size', memory(row.capacity)],
          ['Access modes', row.accessModes],
          ['Reclaim policy', row.reclaimPolicy],
          ['Claim', row.claim || NONE],
          ['Storage class', row.storageClass || NONE],
          ['On', known(storageName(row.driver))],
          ['Volume id', row.volumeId || NONE],
          ['Zones', row.zones.length === 0 ? 'any' : row.zones.join(', ')],
          ['Nodes that could attach it', row.zones.length === 0 ? 'any' : known(row.fitting)],
          ...(row.taints ? [['Their taints', row.taints] as const] : []),
          ['Used on', known(row.usedOn)],
          ...fillLines(row.fill, ctx),
          ...toldLines(row),
          ...(row.driver === 's3.csi.aws.com' ? [['Region', known(row.region)] as const] : []),
          ...many('Mount options', row.mountOptions),
          ...metadataLines(object),
        ],
      },
      eventsSection(events, ctx),
    );
  },
  describeNeeds: ['nodes', 'persistentvolumeclaims', 'pods', ...TOLD_TABLES, 'claimusage'],
  iam: [],
  empty: 'No persistent volumes: nothing here keeps data on one',
});
