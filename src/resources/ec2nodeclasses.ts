import { refOf } from '../domain/ref.ts';
import type { Ec2NodeClassRow } from '../domain/tables/ec2nodeclasses.ts';
import { muted, NONE, toned } from './cells.ts';
import { ageColumn, labelsColumn, nameColumn, textColumn } from './columns.ts';
import { defineResource, type Column, type DescribeInput, type Section } from './define.ts';
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

const KIND = 'EC2NodeClass';

const columns: readonly Column<Ec2NodeClassRow>[] = [
  nameColumn(12, readyHealth),
  readyColumn(readyHealth),
  textColumn(
    {
      id: 'image',
      title: 'AMI',
      description: 'Alias that images are chosen by, or their family.',
      tier: 0,
      // What follows the latest image replaces nodes whenever there is another.
      cell: ({ image }) => (image.endsWith('@latest') ? toned(image, 'accent') : muted(image)),
    },
    (row) => row.image,
  ),
  foundColumn({ id: 'subnets', title: 'SUBNETS', tier: 0 }, 'subnets', (row) => row.subnets),
  foundColumn(
    { id: 'securityGroups', title: 'GROUPS', tier: 1 },
    'security groups',
    (row) => row.securityGroups,
  ),
  foundColumn({ id: 'images', title: 'AMIS', tier: 2 }, 'images', (row) => row.images),
  roleColumn(),
  ageColumn(),
  labelsColumn(),
];

export const ec2nodeclasses = defineResource({
  id: 'ec2nodeclasses',
  title: 'EC2 node classes',
  singular: 'ec2nodeclass',
  aliases: ['ec2nc', 'ec2ncs'],
  description: "How Karpenter's nodes are launched: image, role, and the subnets that were found.",
  table: 'ec2nodeclasses',
  scope: 'cluster',
  columns,
  sort: { column: 'name', descending: false },
  health: readyHealth,
  enter: enterPools(KIND),
  ref: (row) => refOf('ec2nodeclasses', row),
  describe: describeNodeClass,
  describeNeeds: ['nodepools'],
  iam: [],
  empty: 'No node classes: node pools need one to launch from',
});

function describeNodeClass({
  row,
  object,
  events,
  query,
  ctx,
}: DescribeInput<Ec2NodeClassRow>): readonly Section[] {
  return sections(
    {
      title: 'EC2 node class',
      lines: [
        ...identityLines(row, ctx),
        ['Image', row.image || NONE],
        ['Role', row.role || NONE],
        ...many('Subnets found', row.subnets),
        ...many('Security groups found', row.securityGroups),
        ...many('Images found', row.images),
        ...metadataLines(object),
      ],
    },
    usedBySection(KIND, row, query),
    conditionsSection(object, ctx),
    eventsSection(events, ctx),
  );
}
