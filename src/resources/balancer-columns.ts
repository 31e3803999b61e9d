import type { TargetsTold } from '../domain/balancer-targets.ts';
import type { Health } from '../domain/health.ts';
import { known, muted, NONE, status, UNKNOWN } from './cells.ts';
import type { Column } from './define.ts';

/** How the targets of a balancer do: worst where none gets traffic. */
export function targetsHealth(targets: TargetsTold | null): Health {
  if (targets === null || targets.healthy === targets.all) return { level: 'ok', cause: '' };
  return { level: targets.healthy === 0 ? 'bad' : 'warn', cause: targets.trouble };
}

/**
 * Targets that get traffic, of all that the balancer has, and what keeps the others from it.
 *
 * @param balanced whether a row has a balancer at all
 */
export function targetsColumn<Row extends { readonly targets: TargetsTold | null }>(
  balanced: (row: Row) => boolean,
  more: Pick<Column<Row>, 'tier' | 'needs'>,
): Column<Row> {
  return {
    id: 'targets',
    title: 'TARGETS',
    description:
      'Targets of its load balancer that get traffic, of all, and the balancer’s reason where some do not.',
    min: 9,
    max: 48,
    grow: 1,
    ...more,
    value: ({ targets }) => (targets === null ? null : `${targets.healthy}/${targets.all}`),
    sortBy: ({ targets }) =>
      targets === null || targets.all === 0 ? null : targets.healthy / targets.all,
    cell: (row) => {
      if (!balanced(row)) return NONE;
      if (row.targets === null) return UNKNOWN;
      const { healthy, all } = row.targets;
      return all === 0 ? muted('0') : status(`${healthy}/${all}`, targetsHealth(row.targets));
    },
  };
}

/** Names of Route 53 that lead to the balancer of a row. */
export const namesColumn = <Row extends { readonly names: readonly string[] | null }>(
  more: Pick<Column<Row>, 'tier'>,
): Column<Row> => ({
  id: 'names',
  title: 'NAMES',
  description: 'Names of Route 53 that lead to its load balancer.',
  min: 12,
  max: 60,
  grow: 1,
  copies: 'DNS name',
  needs: ['records'],
  value: ({ names }) => names?.join(', ') ?? null,
  cell: ({ names }) => known(names?.join(', ') ?? null),
  ...more,
});
