import { addressKind } from '../domain/node-network.ts';
import type { PodRow } from '../domain/rows.ts';
import { known, muted } from './cells.ts';
import { textColumn } from './columns.ts';
import type { Column } from './define.ts';

/** What its address is told by: the interfaces of the VPC, which AWS is asked for. */
const needs = ['networkinterfaces'] as const;

/** One in its host's network has none of its own. */
const own = <T>(row: PodRow, of: (network: NonNullable<PodRow['network']>) => T, none: T) =>
  row.hostNetwork || row.ip === '' ? none : row.network && of(row.network);

/** Where in the VPC a pod is. */
export const placeColumns: readonly Column<PodRow>[] = [
  textColumn(
    {
      id: 'subnet',
      title: 'SUBNET',
      description: 'Subnet that its address is of.',
      tier: 3,
      copies: 'subnet',
      needs,
    },
    (row) => own(row, ({ subnet }) => subnet, ''),
  ),
  textColumn(
    {
      id: 'interface',
      title: 'INTERFACE',
      description: 'Network interface that has its address.',
      tier: 3,
      copies: 'interface',
      needs,
      cell: (row) => known(own(row, ({ id }) => id, '')),
    },
    (row) => own(row, ({ id }) => id, ''),
  ),
  textColumn(
    {
      id: 'addressKind',
      title: 'ADDRESS',
      description:
        'Its address on that interface: secondary, of a prefix, or of an interface of its own.',
      tier: 3,
      min: 9,
      needs,
      cell: (row) => (row.hostNetwork ? muted('of its node') : known(kindOf(row))),
    },
    kindOf,
  ),
  textColumn(
    {
      id: 'securityGroups',
      title: 'SECURITY-GROUPS',
      description: 'Security groups of that interface.',
      tier: 3,
      max: 60,
      needs,
    },
    (row) => own(row, ({ groups }) => groups.join(', '), ''),
  ),
];

function kindOf(row: PodRow): string | null {
  return own(row, (network) => addressKind(row.ip, network), '');
}
