/** What the panes of Karpenter's node classes and of those of Auto Mode have in common. */
import type { Readiness } from '../domain/tables/karpenter.ts';
import type { NodePoolRow } from '../domain/tables/nodepools.ts';
import type { ObjectRow } from '../domain/rows.ts';
import type { Query } from '../ports/query.ts';
import { count, muted, NONE, toned } from './cells.ts';
import { countColumn, textColumn } from './columns.ts';
import type { Column, Section } from './define.ts';
import type { Line } from './describe/common.ts';
import type { Enter } from './enter.ts';

/** A node class, of either kind. */
export interface LaunchRow extends ObjectRow, Readiness {
  readonly role: string;
}

/** How many of something its selectors found: with none it launches nothing. */
export const foundColumn = <Row>(
  column: Pick<Column<Row>, 'id' | 'title' | 'tier'>,
  what: string,
  of: (row: Row) => readonly string[],
): Column<Row> =>
  countColumn(
    {
      ...column,
      description: `How many ${what} its selectors found.`,
      cell: (row) => (of(row).length === 0 ? toned(0, 'warn') : count(of(row).length)),
    },
    (row) => of(row).length,
  );

/** What the nodes may do in AWS. */
export const roleColumn = <Row extends LaunchRow>(): Column<Row> =>
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
  );

type Pool = Pick<NodePoolRow, 'nodeClass' | 'nodeClassKind'>;

/** Whether a pool launches from a class. Before there was another kind, pools did not name it. */
const isOf = (kind: string, name: string, pool: Pool): boolean =>
  pool.nodeClass === name && (pool.nodeClassKind || 'EC2NodeClass') === kind;

/** Enter shows the pools that launch from a class. */
export const enterPools = <Row extends LaunchRow>(kind: string): Enter<Row> => ({
  is: 'link',
  to: 'nodepools',
  title: 'node pools of this class',
  target: ({ name }) => ({ label: name, only: (pool: Pool) => isOf(kind, name, pool) }),
});

/** The pools that launch from a class. */
export function usedBySection(kind: string, { name }: LaunchRow, query: Query): Section {
  const pools = [...query.rows('nodepools')].filter(
    (pool) => pool.gone === 0 && isOf(kind, name, pool),
  );
  return {
    title: 'Used by',
    lines:
      pools.length === 0
        ? [NONE]
        : pools.map((pool): Line => [
            `nodepool/${pool.name}`,
            `${pool.nodes} node${pool.nodes === 1 ? '' : 's'}`,
          ]),
  };
}
