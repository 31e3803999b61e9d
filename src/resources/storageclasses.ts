import { calmHealth } from '../domain/health.ts';
import { refOf } from '../domain/ref.ts';
import type { StorageClassRow } from '../domain/tables/storageclasses.ts';
import { shortZone } from '../domain/zones.ts';
import { storageName } from '../domain/volume.ts';
import { muted, NONE } from './cells.ts';
import { ageColumn, labelsColumn, nameColumn, textColumn, flagColumn } from './columns.ts';
import { defineResource, type Column, type RowContext } from './define.ts';
import { eventsSection, identityLines, metadataLines, pairs, sections } from './describe/common.ts';

const health = (row: StorageClassRow, ctx: RowContext) => calmHealth(row, ctx.now);

const parametersText = ({ parameters }: StorageClassRow): string =>
  Object.entries(parameters)
    .map(([name, value]) => `${name}=${value}`)
    .join(',');

const columns: readonly Column<StorageClassRow>[] = [
  nameColumn(12, health),
  flagColumn(
    {
      id: 'isDefault',
      title: 'DEFAULT',
      description: 'Claims that name no class get this one.',
      tier: 0,
    },
    ({ isDefault }) => isDefault,
    (flag) => (flag ? 'yes' : NONE),
  ),
  textColumn(
    {
      id: 'provisioner',
      copies: 'provisioner',
      title: 'PROVISIONER',
      description: 'The driver that makes its volumes.',
      tier: 0,
      min: 15,
    },
    ({ provisioner }) => provisioner,
  ),
  textColumn(
    { id: 'makes', title: 'MAKES', description: 'What of AWS that is.', tier: 1 },
    ({ provisioner }) => (storageName(provisioner) === provisioner ? '' : storageName(provisioner)),
  ),
  textColumn(
    {
      id: 'reclaimPolicy',
      title: 'RECLAIM',
      description: 'What becomes of a volume when its claim is deleted.',
      tier: 0,
      max: 8,
    },
    ({ reclaimPolicy }) => reclaimPolicy,
  ),
  textColumn(
    {
      id: 'binding',
      title: 'BINDING',
      description: 'When a volume is made: at once, or in the zone of the first pod that uses it.',
      tier: 0,
      min: 9,
      max: 20,
    },
    ({ binding }) => binding,
  ),
  flagColumn(
    { id: 'expands', title: 'EXPAND', description: 'Whether its volumes can grow.', tier: 0 },
    ({ expands }) => expands,
  ),
  textColumn(
    {
      id: 'zones',
      title: 'AZ',
      description: 'Availability Zones that it keeps to; none: any.',
      tier: 2,
      cell: ({ zones }) => muted(zones.map(shortZone).join(',')),
    },
    ({ zones }) => zones.join(','),
  ),
  textColumn(
    {
      id: 'parameters',
      title: 'PARAMETERS',
      description: 'What its driver is told.',
      tier: 1,
      max: 80,
      grow: 1,
      cell: (row) => muted(parametersText(row)),
    },
    parametersText,
  ),
  ageColumn(),
  labelsColumn(),
];

export const storageclasses = defineResource({
  id: 'storageclasses',
  title: 'Storage classes',
  singular: 'storageclass',
  aliases: ['sc'],
  description:
    'Storage classes with their driver, when they make volumes, and which is the default.',
  table: 'storageclasses',
  scope: 'cluster',
  columns,
  sort: { column: 'name', descending: false },
  health,
  enter: {
    is: 'link',
    to: 'persistentvolumeclaims',
    title: 'claims of this class',
    target: ({ name }) => ({
      label: name,
      only: (claim: { readonly storageClass: string }) => claim.storageClass === name,
    }),
  },
  ref: (row) => refOf('storageclasses', row),
  describe: ({ row, object, events, ctx }) =>
    sections(
      {
        title: 'Storage class',
        lines: [
          ...identityLines(row, ctx),
          ['Default', row.isDefault ? 'yes' : 'no'],
          ['Provisioner', row.provisioner],
          ['Reclaim policy', row.reclaimPolicy],
          ['Binding', row.binding],
          ['Expansion', row.expands ? 'yes' : 'no'],
          ['Zones', row.zones.length === 0 ? 'any' : row.zones.join(', ')],
          ...pairs('Parameters', row.parameters),
          ...metadataLines(object),
        ],
      },
      eventsSection(events, ctx),
    ),
  iam: [],
  empty: 'No storage classes: claims get a volume only where one is made for them by hand',
});
