import type { Health } from '../domain/health.ts';
import { addressKeys, type NetworkInterfaceRow } from '../domain/tables/networkinterfaces.ts';
import { known, muted, nameTone, toned } from './cells.ts';
import { countColumn, nameColumn, textColumn, zoneColumn } from './columns.ts';
import { defineResource, type Column } from './define.ts';
import { many, sections } from './describe/common.ts';
import { shortNode, sortableIp } from './names.ts';

const health = ({ use }: NetworkInterfaceRow): Health =>
  use === 'leaked'
    ? { level: 'warn', cause: 'left behind by the CNI' }
    : { level: 'ok', cause: '' };

/** What it is of, by the best name there is. */
const holderOf = ({ node, holder, instanceId }: NetworkInterfaceRow): string =>
  node || holder || instanceId;

const columns: readonly Column<NetworkInterfaceRow>[] = [
  { ...nameColumn<NetworkInterfaceRow>(12, health), max: 24, title: 'INTERFACE', copies: 'id' },
  textColumn(
    {
      id: 'use',
      title: 'OF',
      description: 'Whose it is: node, pod, control plane, load balancer or other.',
      tier: 0,
      min: 8,
      max: 14,
      sortKey: 'S',
      cell: (row) => toned(row.use, nameTone(health(row).level)),
    },
    (row) => row.use,
  ),
  textColumn(
    {
      id: 'holder',
      title: 'HOLDER',
      description: 'The node, load balancer, gateway or service that has it.',
      tier: 0,
      min: 14,
      max: 70,
      grow: 2,
      cut: 'middle',
      alsoFrom: ['nodes'],
      cell: (row) => known(row.node ? shortNode(row.node) : holderOf(row)),
    },
    holderOf,
  ),
  textColumn(
    {
      id: 'ip',
      title: 'IP',
      copies: 'IP',
      description: 'Its primary address.',
      tier: 0,
      min: 11,
      sortKey: 'I',
      sortBy: ({ ip }) => (ip === '' ? null : sortableIp(ip)),
    },
    ({ ip }) => ip,
  ),
  zoneColumn((row) => row.zone, 0),
  countColumn(
    {
      id: 'addresses',
      title: 'ADDRS',
      description: 'Single addresses on it, the primary one included.',
      tier: 0,
    },
    ({ addresses }) => addresses.length,
  ),
  countColumn(
    {
      id: 'prefixes',
      title: 'PFX',
      description: 'Prefixes on it: 16 addresses each, of IPv6 without number.',
      tier: 0,
    },
    ({ prefixes }) => prefixes.length,
  ),
  {
    ...countColumn<NetworkInterfaceRow>(
      {
        id: 'pods',
        title: 'PODS',
        description: 'Pods that have an address of it.',
        tier: 0,
      },
      ({ pods }) => pods,
    ),
    needs: ['pods'],
  },
  textColumn(
    { id: 'subnet', title: 'SUBNET', description: 'Its subnet.', tier: 1, min: 12 },
    (row) => row.subnet,
  ),
  textColumn(
    {
      id: 'status',
      title: 'STATUS',
      description: 'in-use, or available where it is attached to nothing.',
      tier: 1,
      tells: 'state',
      cell: (row) => muted(row.status),
    },
    (row) => row.status,
  ),
  textColumn(
    { id: 'type', title: 'TYPE', description: 'Its type, as EC2 tells it.', tier: 2 },
    (row) => row.type,
  ),
  textColumn(
    {
      id: 'groups',
      title: 'SECURITY-GROUPS',
      description: 'Its security groups.',
      tier: 2,
      max: 80,
      cell: ({ groups }) => muted(groups.join(', ')),
    },
    ({ groups }) => groups.join(', '),
  ),
  textColumn(
    {
      id: 'publicIp',
      title: 'PUBLIC-IP',
      copies: 'public IP',
      description: 'Public address of its primary one.',
      tier: 2,
    },
    ({ publicIp }) => publicIp,
  ),
  textColumn(
    { id: 'instance', title: 'INSTANCE', description: 'The instance it is on.', tier: 3 },
    ({ instanceId }) => instanceId,
  ),
  textColumn(
    {
      id: 'description',
      title: 'DESCRIPTION',
      description: 'What who made it says of it.',
      tier: 3,
      max: 90,
    },
    (row) => row.description,
  ),
  textColumn(
    {
      id: 'requester',
      title: 'REQUESTER',
      description: 'The service that made it, where one did.',
      tier: 3,
    },
    (row) => row.requester,
  ),
];

export const networkinterfaces = defineResource({
  id: 'networkinterfaces',
  title: 'Network interfaces',
  singular: 'networkinterface',
  aliases: ['eni', 'enis', 'interfaces'],
  description:
    'Network interfaces in the VPC: of nodes, pods, the control plane, load balancers and anything else.',
  table: 'networkinterfaces',
  scope: 'cluster',
  columns,
  sort: { column: 'use', descending: false },
  health,
  enter: {
    is: 'link',
    to: 'pods',
    title: 'pods with an address of this interface',
    target: ({ name, pods }) =>
      pods === 0
        ? { none: `no pod has an address of ${name}` }
        : {
            label: name,
            only: (pod: { readonly network: { readonly id: string } | null }) =>
              pod.network?.id === name,
          },
  },
  addresses: (row) => [...row.addresses, ...addressKeys(row), row.publicIp].filter(Boolean),
  describe: ({ row }) =>
    sections(
      {
        title: 'Network interface',
        lines: [
          ['Id', toned(row.name, 'strong')],
          ['Of', row.use],
          ['Holder', known(holderOf(row))],
          ['Status', known(row.status)],
          ['Type', known(row.type)],
          ['Description', known(row.description)],
          ['Made by', known(row.requester)],
          ['Instance', known(row.instanceId)],
          ['Device', known(row.device)],
          ['Subnet', known(row.subnet)],
          ['Zone', known(row.zone)],
          ...many('Security groups', row.groups),
        ],
      },
      {
        title: 'Addresses',
        lines: [
          ['Public', known(row.publicIp)],
          ...many('Single', row.addresses),
          ...many('Prefixes', row.prefixes),
          ['Pods with one', known(row.pods)],
        ],
      },
    ),
  describeNeeds: ['pods', 'nodes'],
  iam: ['eks:DescribeCluster', 'ec2:DescribeNetworkInterfaces'],
  empty: 'No network interfaces in the VPC of the cluster',
});
