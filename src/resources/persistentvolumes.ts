import { calmHealth, type Health } from '../domain/health.ts';
import { refOf } from '../domain/ref.ts';
import type { PersistentVolumeRow } from '../domain/tables/persistentvolumes.ts';
import { shortZone } from '../domain/zones.ts';
import { storageName, zoneTrouble } from '../domain/volume.ts';
import { known, memory, muted, NONE, status, toned } from './cells.ts';
import { ageColumn, countColumn, labelsColumn, nameColumn, textColumn } from './columns.ts';
import { defineResource, type Column, type RowContext } from './define.ts';
import { departure, eventsSection, metadataLines, sections, when } from './describe/common.ts';
import { toObject } from './links.ts';
import { bySeverity } from './severity.ts';

/** What keeps a volume from being used. */
function health(row: PersistentVolumeRow, { now }: RowContext): Health {
  const calm = calmHealth(row, now);
  if (calm.level !== 'ok') return calm;
  const { phase, reason, message, reclaimPolicy, waiting } = row;
  if (phase === 'Failed') return { level: 'bad', cause: message || reason };
  if (phase === 'Released') {
    const kept = reclaimPolicy === 'Retain';
    const cause = kept ? 'its claim is deleted, the volume is kept and paid' : message || reason;
    return { level: kept || cause !== '' ? 'warn' : 'busy', cause };
  }
  const trouble = zoneTrouble(row.driver, row.zones, row.fitting, waiting);
  if (trouble !== '') return { level: waiting === 0 ? 'warn' : 'bad', cause: trouble };
  return phase === 'Pending' ? { level: 'busy', cause: '' } : calm;
}

const columns: readonly Column<PersistentVolumeRow>[] = [
  nameColumn(12, health),
  {
    id: 'capacity',
    title: 'SIZE',
    description: 'How large it is.',
    tells: 'identity',
    tier: 0,
    min: 5,
    max: 8,
    align: 'right',
    unit: 'bytes',
    descending: true,
    value: ({ capacity }) => capacity,
    cell: ({ capacity }) => memory(capacity),
  },
  textColumn(
    { id: 'accessModes', title: 'MODES', description: 'Access modes.', tier: 1, max: 16 },
    ({ accessModes }) => accessModes,
  ),
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
  {
    id: 'status',
    title: 'STATUS',
    tells: 'state',
    description: 'Its phase, and what keeps it from being used.',
    tier: 0,
    min: 11,
    max: 90,
    grow: 3,
    sortKey: 'S',
    needs: ['nodes', 'persistentvolumeclaims', 'pods'],
    sortBy: bySeverity(({ phase }) => phase, health),
    value: ({ phase }) => phase,
    cell: (row, ctx) => status(row.phase, health(row, ctx)),
  },
  textColumn(
    {
      id: 'claim',
      title: 'CLAIM',
      description: 'The claim that has it.',
      tier: 1,
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
  textColumn(
    {
      id: 'kind',
      title: 'ON',
      description: 'What of AWS it is on: EBS, EFS, FSx, S3; else its driver.',
      tier: 0,
      min: 4,
      max: 20,
      cell: ({ driver }) => known(storageName(driver)),
    },
    ({ driver }) => storageName(driver),
  ),
  textColumn(
    {
      id: 'zone',
      title: 'AZ',
      description: 'Availability Zones that it can be used in; none: any.',
      tier: 0,
      min: 2,
      max: 10,
      cell: ({ zones }) => known(zones.map(shortZone).join(',')),
    },
    ({ zones }) => zones.join(','),
  ),
  textColumn(
    {
      id: 'volumeId',
      copies: 'volume id',
      title: 'VOLUME-ID',
      description: 'What AWS calls it: a volume, a file system with its access point, a bucket.',
      tier: 1,
      max: 60,
      cut: 'middle',
    },
    ({ volumeId }) => volumeId,
  ),
  textColumn(
    {
      id: 'usedOn',
      title: 'NODE',
      description: 'Where the pods run that use it.',
      tells: 'moment',
      tier: 2,
      max: 60,
      cut: 'middle',
      needs: ['persistentvolumeclaims', 'pods'],
    },
    ({ usedOn }) => usedOn,
  ),
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
  textColumn(
    {
      id: 'mode',
      title: 'VOLUMEMODE',
      description: 'Filesystem or Block.',
      tier: 3,
    },
    ({ mode }) => mode,
  ),
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
      const [namespace = '', name = ''] = claim.split('/');
      return claim === ''
        ? { none: 'no claim has this volume' }
        : toObject('PersistentVolumeClaim', namespace, name, query);
    },
  },
  ref: (row) => refOf('persistentvolumes', row),
  describe: ({ row, object, events, ctx }) => {
    const { cause } = health(row, ctx);
    return sections(
      {
        title: 'Persistent volume',
        lines: [
          ['Name', toned(row.name, 'strong')],
          ...departure(row, ctx),
          ['Created', when(row.created, ctx)],
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
          ['Used on', known(row.usedOn)],
          ...metadataLines(object),
        ],
      },
      eventsSection(events, ctx),
    );
  },
  describeNeeds: ['nodes', 'persistentvolumeclaims', 'pods'],
  iam: [],
  empty: 'No persistent volumes: nothing here keeps data on one',
});
