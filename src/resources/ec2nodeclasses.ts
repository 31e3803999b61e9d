import { refOf } from '../domain/ref.ts';
import type { Ec2NodeClassRow } from '../domain/tables/ec2nodeclasses.ts';
import { count, muted, NONE, toned } from './cells.ts';
import { ageColumn, countColumn, labelsColumn, nameColumn, textColumn } from './columns.ts';
import { defineResource, type Column, type DescribeInput, type Section } from './define.ts';
import {
  conditionsSection,
  eventsSection,
  identityLines,
  type Line,
  many,
  metadataLines,
  sections,
} from './describe/common.ts';
import { readyColumn, readyHealth } from './karpenter.ts';

const found = (
  id: 'subnets' | 'securityGroups' | 'images',
  title: string,
  what: string,
  tier: Column<Ec2NodeClassRow>['tier'],
): Column<Ec2NodeClassRow> =>
  countColumn(
    {
      id,
      title,
      description: `How many ${what} its selectors found.`,
      tier,
      cell: (row) => (row[id].length === 0 ? toned(0, 'warn') : count(row[id].length)),
    },
    (row) => row[id].length,
  );

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
  found('subnets', 'SUBNETS', 'subnets', 0),
  found('securityGroups', 'GROUPS', 'security groups', 1),
  found('images', 'AMIS', 'images', 2),
  textColumn(
    {
      id: 'role',
      title: 'ROLE',
      description: 'IAM role of the nodes, or their instance profile.',
      tier: 1,
      cut: 'middle',
      cell: (row) => muted(row.role),
    },
    (row) => row.role,
  ),
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
  enter: {
    is: 'link',
    to: 'nodepools',
    title: 'node pools of this class',
    target: ({ name }) => ({
      label: name,
      only: (pool: { readonly nodeClass: string }) => pool.nodeClass === name,
    }),
  },
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
  const pools = [...query.rows('nodepools')].filter(
    ({ gone, nodeClass }) => gone === 0 && nodeClass === row.name,
  );
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
    {
      title: 'Used by',
      lines:
        pools.length === 0
          ? [NONE]
          : pools.map(({ name, nodes }): Line => [`nodepool/${name}`, `${nodes} nodes`]),
    },
    conditionsSection(object, ctx),
    eventsSection(events, ctx),
  );
}
