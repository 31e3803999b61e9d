import { isWithin } from '../domain/cidr.ts';
import { humanDuration } from '../core/duration.ts';
import { runwayOf, subnetHealth, takenIn } from '../domain/subnet-room.ts';
import type { AddressUse, SubnetRow } from '../domain/tables/subnets.ts';
import type { TableId } from '../domain/tables/index.ts';
import { bar, known, muted, percentOf, status, toned, UNKNOWN, usageTone } from './cells.ts';
import { countColumn, nameColumn, statusColumn, textColumn, zoneColumn } from './columns.ts';
import { defineResource, type Column } from './define.ts';
import { describeSubnet } from './describe/subnet.ts';

/** Leavings on screen of what a subnet gone from AWS was are none: it leaves at once. */
const health = (row: SubnetRow) => subnetHealth(row);

/** Whose addresses are is told by the interfaces, and by the pods and nodes that have them. */
const TELLERS: readonly TableId[] = ['networkinterfaces', 'pods', 'nodes'];

const shareColumn = (
  column: Pick<Column<SubnetRow>, 'id' | 'title' | 'description' | 'tier'>,
  of: (use: AddressUse) => number,
): Column<SubnetRow> => ({
  ...countColumn<SubnetRow>(column, ({ use }) => (use === null ? null : of(use))),
  needs: TELLERS,
});

const wordOf = (row: SubnetRow): string => {
  const { level } = health(row);
  return level === 'ok' ? 'ok' : level === 'bad' ? 'full' : 'tight';
};

const columns: readonly Column<SubnetRow>[] = [
  // Names of subnets begin alike: what they run out of says more.
  { ...nameColumn<SubnetRow>(14, health), grow: 1 },
  zoneColumn((row) => row.zone, 0),
  statusColumn(
    {
      description: 'Whether the next node, pod and prefix finds an address, in AWS’s words.',
      min: 18,
      max: 60,
      grow: 3,
      cell: (row) => status(wordOf(row), health(row)),
    },
    wordOf,
    health,
  ),
  countColumn(
    {
      id: 'free',
      title: 'FREE',
      description: 'Addresses that nothing has.',
      tier: 0,
      min: 5,
      descending: false,
      sortKey: 'C',
      cell: ({ free }) => known(free),
    },
    ({ free }) => free,
  ),
  {
    id: 'usedPercent',
    title: 'USED',
    description: 'Share of its addresses that are taken, reserved by prefixes included.',
    tier: 0,
    min: 10,
    max: 11,
    descending: true,
    sortKey: 'M',
    value: (row) => percentOf(takenIn(row), row.size),
    cell: (row) => bar(percentOf(takenIn(row), row.size), usageTone),
  },
  shareColumn(
    {
      id: 'warm',
      title: 'WARM',
      description: 'Taken by interfaces of nodes for pods to come: no pod has them yet.',
      tier: 0,
    },
    (use) => use.warm,
  ),
  {
    id: 'runway',
    title: 'RUNWAY',
    description:
      'Until none is free, at the pace seen since the pane looks; - where none is taken.',
    tier: 0,
    min: 6,
    max: 8,
    align: 'right',
    value: (row) => {
      const runway = runwayOf(row);
      return runway === null ? null : runway.left === null ? '' : humanDuration(runway.left);
    },
    sortBy: (row) => runwayOf(row)?.left ?? null,
    cell: (row) => {
      const runway = runwayOf(row);
      if (runway === null) return UNKNOWN;
      if (runway.left === null) return muted('');
      return toned(humanDuration(runway.left), health(row).level === 'ok' ? 'muted' : 'warn');
    },
  },
  shareColumn(
    { id: 'pods', title: 'PODS', description: 'Addresses that pods have.', tier: 1 },
    (use) => use.pods,
  ),
  shareColumn(
    { id: 'nodes', title: 'NODES', description: 'Own addresses of nodes.', tier: 1 },
    (use) => use.nodes,
  ),
  shareColumn(
    {
      id: 'prefixed',
      title: 'PREFIXED',
      description: 'Reserved in /28 prefixes, whether pods have them or not.',
      tier: 1,
    },
    (use) => use.prefixed,
  ),
  textColumn(
    {
      id: 'cidr',
      title: 'CIDR',
      copies: 'CIDR',
      description: 'Its block of addresses.',
      tier: 1,
      min: 14,
      sortKey: 'I',
    },
    (row) => row.cidr,
  ),
  shareColumn(
    {
      id: 'controlPlane',
      title: 'EKS',
      description: 'Addresses of the control plane.',
      tier: 2,
    },
    (use) => use.controlPlane,
  ),
  shareColumn(
    { id: 'balancers', title: 'LB', description: 'Addresses of load balancers.', tier: 2 },
    (use) => use.balancers,
  ),
  shareColumn(
    {
      id: 'others',
      title: 'OTHERS',
      description: 'Addresses of anything else, those that the CNI left behind included.',
      tier: 2,
    },
    (use) => use.others + use.leaked,
  ),
  textColumn(
    {
      id: 'roles',
      title: 'TAGGED',
      description: 'What its tags say it is for: elb, internal-elb, cni, karpenter.',
      tier: 1,
      min: 8,
      cell: ({ roles, ofCluster }) =>
        roles.length === 0 ? muted(ofCluster ? '' : 'not the cluster’s') : roles.join(','),
    },
    ({ roles }) => roles.join(','),
  ),
  textColumn(
    {
      id: 'id',
      title: 'ID',
      copies: 'id',
      description: 'Id of the subnet.',
      tier: 2,
      min: 15,
    },
    (row) => row.uid,
  ),
  textColumn(
    {
      id: 'zoneId',
      title: 'ZONE-ID',
      description: 'Id of its zone, the same zone in every account: `euc1-az2`.',
      tier: 2,
    },
    (row) => row.zoneId,
  ),
  countColumn(
    { id: 'size', title: 'SIZE', description: 'Addresses that can be used, all told.', tier: 3 },
    ({ size }) => size,
  ),
  {
    id: 'public',
    title: 'PUBLIC',
    description: 'Instances get public addresses in it.',
    tier: 3,
    tells: 'identity',
    min: 6,
    max: 6,
    value: (row) => row.public,
    cell: (row) => muted(row.public ? 'yes' : 'no'),
  },
  textColumn(
    { id: 'vpc', title: 'VPC', description: 'Its VPC.', tier: 3, min: 12 },
    (row) => row.vpc,
  ),
];

export const subnets = defineResource({
  id: 'subnets',
  title: 'Subnets',
  singular: 'subnet',
  aliases: ['vpc'],
  description:
    'Subnets of the VPC: free, taken and warm addresses, whose they are, and how long they last.',
  table: 'subnets',
  scope: 'cluster',
  columns,
  sort: { column: 'name', descending: false },
  health,
  enter: {
    is: 'link',
    to: 'networkinterfaces',
    title: 'network interfaces in this subnet',
    target: ({ uid, name }) => ({
      label: name,
      only: (row: { readonly subnet: string }) => row.subnet === uid,
    }),
  },
  handsOut: ({ cidr }, address) => isWithin(address, cidr),
  describe: describeSubnet,
  describeNeeds: ['networkinterfaces', 'pods', 'nodes', 'daemonsets'],
  iam: ['eks:DescribeCluster', 'ec2:DescribeSubnets'],
  empty: 'No subnets: the VPC of the cluster has none',
});
