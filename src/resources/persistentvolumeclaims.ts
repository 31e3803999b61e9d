import { bucketQuestions } from './describe/bucket.ts';
import { formatMemory } from '../core/quantity.ts';
import { calmHealth, type Health } from '../domain/health.ts';
import { fillHealth } from '../domain/claim-fill.ts';
import { refOf } from '../domain/ref.ts';
import { toldHealth } from '../domain/storage-told.ts';
import type { PersistentVolumeClaimRow } from '../domain/tables/persistentvolumeclaims.ts';
import { storageName, zoneHealth } from '../domain/volume.ts';
import { whyClaim } from '../domain/why/claim.ts';
import { known, memory, muted, NONE, status } from './cells.ts';
import {
  ageColumn,
  countColumn,
  labelsColumn,
  nameColumn,
  namespaceColumn,
  textColumn,
  statusColumn,
} from './columns.ts';
import { defineResource, type Column, type RowContext } from './define.ts';
import {
  conditionsSection,
  eventsSection,
  identityLines,
  metadataLines,
  sections,
} from './describe/common.ts';
import { refersTo, usedBySection, USERS } from './describe/used-by.ts';
import { enterPods, toObject } from './links.ts';
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

/** A volume is made within that time (ms), where one is made at all. */
const MAKING = 120_000;

/** Why a claim has no volume, or cannot use the one it has. */
function health(row: PersistentVolumeClaimRow, { now }: RowContext): Health {
  const calm = calmHealth(row, now);
  if (calm.level !== 'ok') return calm;
  if (row.phase === 'Lost') return { level: 'bad', cause: `its volume ${row.volume} is gone` };
  if (row.phase === 'Pending') return pending(row, now);
  const trouble =
    zoneHealth(row) ?? toldHealth(row.told, row.volumeId, row.usedZones) ?? fillHealth(row.fill);
  if (trouble !== null) return trouble;
  const failed = row.conditions.find(
    ({ type, status: is }) => /Error$/.test(type) && is === 'True',
  );
  if (failed) return { level: 'warn', cause: failed.message };
  const growing = row.conditions.find(
    ({ type, status: is }) => /Resiz|ModifyingVolume/.test(type) && is === 'True',
  );
  return growing ? { level: 'busy', cause: resizeText(growing.type) } : calm;
}

const resizeText = (type: string): string =>
  type === 'FileSystemResizePending' ? 'grows when a pod next starts with it' : 'is being changed';

function pending(row: PersistentVolumeClaimRow, now: number): Health {
  const { storageClass, volume, provisioner, binding, pods } = row;
  if (volume !== '') return waits(row, now, `volume ${volume} that it names`);
  if (storageClass === '') {
    return { level: 'bad', cause: 'names no storage class, and none is the default' };
  }
  if (binding === '') return { level: 'bad', cause: `there is no storage class ${storageClass}` };
  if (binding === 'WaitForFirstConsumer' && pods === 0) {
    return { level: 'busy', cause: 'waits for the first pod that uses it' };
  }
  return waits(row, now, provisioner === null ? 'a volume' : `a volume from ${provisioner}`);
}

/** What should soon be there is a problem when it is not. */
function waits({ created }: PersistentVolumeClaimRow, now: number, what: string): Health {
  return { level: now - created < MAKING ? 'busy' : 'bad', cause: `waits for ${what}` };
}

/** What its volume tells: none where it has no volume, null where that is not known yet. */
const ofVolume = <T>({ volume }: PersistentVolumeClaimRow, told: T | null, none: T): T | null =>
  told === null && volume === '' ? none : told;

const columns: readonly Column<PersistentVolumeClaimRow>[] = [
  namespaceColumn(),
  nameColumn(12, health),
  statusColumn(
    {
      description: 'Its phase, and why it has no volume or cannot use the one it has.',
      min: 18,
      max: 90,
      grow: 3,
      needs: ['storageclasses', 'persistentvolumes', 'nodes', 'pods'],
      alsoFrom: [...TOLD_TABLES, 'claimusage'],
    },
    ({ phase }) => phase,
    health,
  ),
  sizeColumn(({ capacity, requested }) => capacity || requested, {
    id: 'capacity',
    description: 'How large it is; where it has no volume yet, what it asks for.',
    tells: 'identity',
    cell: ({ capacity, requested }) =>
      capacity === 0 ? muted(formatMemory(requested)) : memory(capacity),
  }),
  fillColumn(['pods']),
  accessModesColumn(),
  textColumn(
    { id: 'storageClass', title: 'CLASS', description: 'Its storage class.', tier: 0, max: 24 },
    ({ storageClass }) => storageClass,
  ),
  storageColumn({ tier: 1, needs: ['persistentvolumes'] }, (row) => ofVolume(row, row.driver, '')),
  zonesColumn({ tier: 0, needs: ['persistentvolumes'] }, (row) => ofVolume(row, row.zones, [])),
  countColumn(
    {
      id: 'pods',
      title: 'PODS',
      description: 'Pods that use it; one that none uses is still paid.',
      tier: 0,
      needs: ['pods'],
    },
    ({ pods }) => pods,
  ),
  textColumn(
    {
      id: 'volume',
      title: 'VOLUME',
      description: 'The volume that it has.',
      tier: 1,
      max: 44,
      cut: 'middle',
      cell: ({ volume }) => muted(volume),
    },
    ({ volume }) => volume,
  ),
  volumeIdColumn({ tier: 2, needs: ['persistentvolumes'] }, (row) =>
    ofVolume(row, row.volumeId, ''),
  ),
  usedOnColumn({ tier: 2, needs: ['pods'] }),
  ...toldColumns<PersistentVolumeClaimRow>(['persistentvolumes']),
  volumeModeColumn(),
  ageColumn(),
  labelsColumn(),
];

export const persistentvolumeclaims = defineResource({
  id: 'persistentvolumeclaims',
  title: 'Volume claims',
  singular: 'persistentvolumeclaim',
  aliases: ['pvc'],
  description:
    'Claims of volumes: why one has none, where its volume is, and which pods use or wait for it.',
  table: 'persistentvolumeclaims',
  scope: 'namespaced',
  columns,
  sort: { column: 'namespace', descending: false },
  health,
  why: whyClaim,
  enter: enterPods<PersistentVolumeClaimRow>('pods that use this claim', (row) =>
    refersTo('persistentvolumeclaims', row),
  ),
  links: {
    J: {
      to: 'persistentvolumes',
      title: 'its volume',
      target: ({ name, volume }, query) =>
        volume === ''
          ? { none: `${name} has no volume yet` }
          : toObject('PersistentVolume', '', volume, query),
    },
  },
  asks: bucketQuestions<PersistentVolumeClaimRow>(),
  ref: (row) => refOf('persistentvolumeclaims', row),
  describe: ({ row, object, events, query, ctx }) =>
    sections(
      {
        title: 'Volume claim',
        lines: [
          ...identityLines(row, ctx),
          ['Status', status(row.phase, health(row, ctx))],
          ['Size', row.capacity === 0 ? NONE : memory(row.capacity)],
          ['Asked for', memory(row.requested)],
          ['Access modes', row.accessModes],
          ['Storage class', row.storageClass || NONE],
          ['Binding', known(row.binding)],
          ['Volume', row.volume || NONE],
          ...(row.volume === ''
            ? []
            : ([
                ['On', known(row.driver === null ? null : storageName(row.driver))],
                ['Volume id', known(row.volumeId)],
                ['Zones', row.zones?.length === 0 ? 'any' : known(row.zones?.join(', ') ?? null)],
                ...toldLines(row),
              ] as const)),
          ['Used on', known(row.usedOn)],
          ...fillLines(row.fill, ctx),
          ...metadataLines(object),
        ],
      },
      conditionsSection(object, ctx),
      usedBySection(refersTo('persistentvolumeclaims', row), query),
      eventsSection(events, ctx),
    ),
  describeNeeds: [
    ...USERS,
    'persistentvolumes',
    'storageclasses',
    'nodes',
    ...TOLD_TABLES,
    'claimusage',
  ],
  iam: [],
  empty: 'No claims of volumes in this scope',
});
