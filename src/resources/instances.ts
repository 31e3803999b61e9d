import type { ReleaseKnown } from '../domain/ami-release.ts';
import type { Health } from '../domain/health.ts';
import { machineHealth } from '../domain/machine-health.ts';
import { instancePrice } from '../domain/node-price.ts';
import type { InstanceRow } from '../domain/tables/instances.ts';
import { known, muted, status, toned } from './cells.ts';
import { ageColumn, textColumn, zoneColumn } from './columns.ts';
import { defineResource, type Column } from './define.ts';
import { dollarsColumn, priceLines } from './price-columns.ts';
import { imageLines, releaseColumn, releaseLines } from './release-columns.ts';
import { bySeverity } from './severity.ts';
import { sections, when } from './describe/common.ts';
import { checkLines } from './describe/machine.ts';
import { enterNode, machineColumn, machineIpColumn, machineNodeColumn } from './machine-columns.ts';

const health = (row: InstanceRow): Health =>
  row.gone > 0 ? { level: 'gone', cause: '' } : machineHealth(row.machine);

/** The images of Auto Mode are EKS's own matter. */
const releaseOf = ({ isAuto, machine: { image } }: InstanceRow): ReleaseKnown => {
  if (isAuto) return 'none';
  return image.name === null ? null : image;
};

const columns: readonly Column<InstanceRow>[] = [
  machineColumn(health),
  {
    id: 'status',
    title: 'STATUS',
    description: 'Its state, what AWS’s own checks say, and what is planned for it.',
    tier: 0,
    tells: 'state',
    min: 12,
    max: 50,
    grow: 1,
    sortKey: 'S',
    sortBy: bySeverity(({ machine }) => machine.state, health),
    value: ({ machine }) => machine.state,
    cell: (row) => status(row.machine.state, health(row)),
  },
  machineNodeColumn(),
  textColumn(
    { id: 'type', title: 'TYPE', description: 'Its instance type.', tier: 0, min: 10, max: 20 },
    ({ type }) => type,
  ),
  textColumn(
    {
      id: 'lifecycle',
      title: 'MARKET',
      description: 'spot, capacity-block, or none for on demand.',
      tier: 0,
      min: 6,
      max: 14,
      cell: ({ machine }) =>
        machine.lifecycle === 'spot' ? toned('spot', 'accent') : muted(machine.lifecycle),
    },
    ({ machine }) => machine.lifecycle,
  ),
  { ...dollarsColumn<InstanceRow>(instancePrice), tier: 2, alsoFrom: ['prices'] },
  zoneColumn((row) => row.zone, 0),
  machineIpColumn(1),
  textColumn(
    { id: 'subnet', title: 'SUBNET', description: 'Its subnet.', tier: 2, min: 12 },
    ({ subnet }) => subnet,
  ),
  releaseColumn({
    description:
      'AMI release, with how far it is behind the latest of its type, or the name of a custom AMI.',
    tier: 2,
    of: releaseOf,
  }),
  textColumn(
    { id: 'image', title: 'AMI', description: 'The image that it runs.', tier: 2, min: 12 },
    ({ machine }) => machine.image.id,
  ),
  textColumn(
    {
      id: 'asg',
      title: 'AUTO-SCALING-GROUP',
      description: 'The Auto Scaling group that started it.',
      tier: 3,
      max: 60,
    },
    ({ asg }) => asg,
  ),
  ageColumn(),
];

export const instances = defineResource({
  id: 'instances',
  title: 'Instances',
  singular: 'instance',
  aliases: ['ec2', 'machines'],
  description:
    'EC2 instances in the VPC, with AWS’s own checks and what is planned for them, nodes or not.',
  table: 'instances',
  scope: 'cluster',
  columns,
  sort: { column: 'name', descending: false },
  health,
  enter: enterNode(),
  describe: ({ row, ctx }) =>
    sections({
      title: 'Instance',
      lines: [
        ['Id', toned(row.name, 'strong')],
        ['Name', known(row.title)],
        ['Node', known(row.node)],
        ...checkLines(row.machine),
        ['Type', known(row.type)],
        ['Market', known(row.machine.lifecycle || 'on demand')],
        ...priceLines(instancePrice(row), row.price, ctx),
        ['Zone', known(row.zone)],
        ['Subnet', known(row.subnet)],
        ['Address', known(row.ip)],
        ...imageLines(row.machine.image, ctx),
        ...releaseLines(releaseOf(row), ctx),
        ['Auto Scaling group', known(row.asg)],
        ['Interfaces at most', known(row.machine.interfaces)],
        ['Addresses on each', known(row.machine.addresses)],
        ['Launched', when(row.created, ctx)],
      ],
    }),
  describeNeeds: ['nodes', 'prices'],
  iam: [
    'eks:DescribeCluster',
    'ec2:DescribeInstances',
    'ec2:DescribeInstanceStatus',
    'ec2:DescribeInstanceTypes',
    'ec2:DescribeImages',
    'ssm:GetParameters',
  ],
  empty: 'No instances: everything runs on Fargate, or nothing does',
});
