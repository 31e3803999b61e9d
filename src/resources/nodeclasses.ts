import { refOf } from '../domain/ref.ts';
import type { NodeClassRow } from '../domain/tables/nodeclasses.ts';
import { muted, NONE } from './cells.ts';
import { ageColumn, labelsColumn, nameColumn, textColumn } from './columns.ts';
import { defineResource, type Column } from './define.ts';
import {
  conditionsSection,
  eventsSection,
  identityLines,
  many,
  metadataLines,
  sections,
} from './describe/common.ts';
import { readyColumn, readyHealth } from './karpenter.ts';
import { enterPools, foundColumn, roleColumn, usedBySection } from './node-class-parts.ts';

const KIND = 'NodeClass';

const columns: readonly Column<NodeClassRow>[] = [
  nameColumn(12, readyHealth),
  readyColumn(readyHealth),
  foundColumn({ id: 'subnets', title: 'SUBNETS', tier: 0 }, 'subnets', (row) => row.subnets),
  foundColumn(
    { id: 'securityGroups', title: 'GROUPS', tier: 1 },
    'security groups',
    (row) => row.securityGroups,
  ),
  textColumn(
    {
      id: 'storage',
      title: 'DISK',
      description: 'Size of the disk of a node.',
      tier: 1,
      cell: (row) => muted(row.storage),
    },
    (row) => row.storage,
  ),
  roleColumn(),
  ageColumn(),
  labelsColumn(),
];

export const nodeclasses = defineResource({
  id: 'nodeclasses',
  title: 'Node classes of Auto Mode',
  singular: 'nodeclass',
  aliases: [],
  description:
    'How EKS launches the nodes of Auto Mode: role, disk, and the subnets that it found.',
  table: 'nodeclasses',
  scope: 'cluster',
  columns,
  sort: { column: 'name', descending: false },
  health: readyHealth,
  enter: enterPools(KIND),
  ref: (row) => refOf('nodeclasses', row),
  describe: ({ row, object, events, query, ctx }) =>
    sections(
      {
        title: 'Node class',
        lines: [
          ...identityLines(row, ctx),
          ['Role', row.role || NONE],
          ['Disk', row.storage || NONE],
          ...many('Subnets found', row.subnets),
          ...many('Security groups found', row.securityGroups),
          ...metadataLines(object),
        ],
      },
      usedBySection(KIND, row, query),
      conditionsSection(object, ctx),
      eventsSection(events, ctx),
    ),
  describeNeeds: ['nodepools'],
  iam: [],
  empty: 'No node classes: Auto Mode is off, or all its pools are those of EKS',
});
