/** What panes of machines have in common: their id is their name, and they may be nodes. */
import type { BaseRow } from '../domain/rows.ts';
import type { Health } from '../domain/health.ts';
import { known } from './cells.ts';
import { nameColumn, textColumn } from './columns.ts';
import type { Column } from './define.ts';
import type { Enter } from './enter.ts';
import { shortNode, sortableIp } from './names.ts';

interface MachineRow extends BaseRow {
  /** The node that it is; empty where it is none of the cluster's, null before nodes are known. */
  readonly node: string | null;
  readonly ip: string;
}

/** The id of a machine. */
export const machineColumn = <Row extends MachineRow>(
  health: (row: Row) => Health,
): Column<Row> => ({
  ...nameColumn<Row>(12, health),
  max: 22,
  copies: 'id',
  title: 'INSTANCE',
});

/** The node that a machine is. */
export const machineNodeColumn = <Row extends MachineRow>(): Column<Row> =>
  textColumn(
    {
      id: 'node',
      title: 'NODE',
      description: 'The node that it is; none where it is no node of the cluster.',
      tier: 0,
      min: 14,
      max: 60,
      grow: 1,
      needs: ['nodes'],
      cell: ({ node }) => known(node === null ? null : shortNode(node)),
    },
    ({ node }) => node,
  );

/** Its private address. */
export const machineIpColumn = <Row extends MachineRow>(tier: Column<Row>['tier']): Column<Row> =>
  textColumn(
    {
      id: 'ip',
      title: 'IP',
      copies: 'IP',
      description: 'Its private address.',
      tier,
      min: 11,
      sortKey: 'I',
      sortBy: ({ ip }) => (ip === '' ? null : sortableIp(ip)),
    },
    ({ ip }) => ip,
  );

/** Enter shows the node that a machine is. */
export const enterNode = <Row extends MachineRow>(): Enter<Row> => ({
  is: 'link',
  to: 'nodes',
  title: 'its node',
  target: ({ name, uid, node }) =>
    node === ''
      ? { none: `${name} is no node of this cluster` }
      : {
          label: name,
          only: (row: { readonly instanceId: string }) => row.instanceId === uid,
        },
});
