/** By what the tables are made that are computed from others. */
import type { Work } from '../core/work.ts';
import type { BaseRow } from './row.ts';
import type { SourceStatus } from './status.ts';
import {
  COMPUTED_TABLES,
  type ComputedTableId,
  type TableId,
  type Tables,
} from './tables/index.ts';
import { checkRows, DOCTOR_NEEDS, examine } from './doctor/index.ts';
import { costsOf } from './costs.ts';
import { zoneLosses } from './zone-loss/loss.ts';
import { PIECE } from './zone-loss/world.ts';

/** Read access to the rows that a table is computed from. */
interface Rows {
  rows<T extends TableId>(table: T): Iterable<Tables[T]>;
  status(table: TableId): SourceStatus;
  /** Present time (ms). */
  now(): number;
}

/** How a table is computed from others. */
export interface Computation {
  readonly needs: readonly TableId[];
  /** Without the rows of this one there is nothing to compute; absent: something always is. */
  readonly of?: TableId;
  readonly rows: (query: Rows) => Work<readonly BaseRow[]>;
}

function* present<T extends TableId>(query: Rows, ...tables: T[]): Work<readonly Tables[T][]> {
  const rows: Tables[T][] = [];
  for (const table of tables) {
    let due = PIECE;
    for (const row of query.rows(table)) {
      if (row.gone === 0) rows.push(row);
      if (--due > 0) continue;
      due = PIECE;
      yield;
    }
  }
  return rows;
}

/** By what each computed table is made. */
export const COMPUTATIONS: Readonly<Record<ComputedTableId, Computation>> = {
  zones: {
    of: 'nodes',
    needs: [
      'nodes',
      'pods',
      'deployments',
      'statefulsets',
      'daemonsets',
      'pdbs',
      'persistentvolumes',
    ],
    *rows(query) {
      return yield* zoneLosses({
        nodes: yield* present(query, 'nodes'),
        pods: yield* present(query, 'pods'),
        workloads: yield* present(query, 'deployments', 'statefulsets', 'daemonsets'),
        budgets: yield* present(query, 'pdbs'),
        volumes: yield* present(query, 'persistentvolumes'),
      });
    },
  },
  costs: {
    of: 'nodes',
    // The prices stand in the nodes' rows: where AWS does not tell them, that is why some have none.
    needs: ['nodes', 'pods', 'prices'],
    *rows(query) {
      const podStatus = query.status('pods');
      return yield* costsOf({
        nodes: yield* present(query, 'nodes'),
        pods: yield* present(query, 'pods'),
        arePodsAll: podStatus.synced && podStatus.namespaces === null,
      });
    },
  },
  checks: {
    needs: ['clusters', ...DOCTOR_NEEDS],
    *rows(query) {
      const read = new Map<TableId, readonly BaseRow[]>();
      for (const table of DOCTOR_NEEDS) read.set(table, yield* present(query, table));
      const [cluster = null] = yield* present(query, 'clusters');
      const results = examine({
        now: query.now(),
        cluster,
        // The cast: what was read of a table is of its type.
        rows: <T extends TableId>(table: T) => (read.get(table) ?? []) as readonly Tables[T][],
        unread: (table) => {
          const { synced, reason } = query.status(table);
          return synced ? '' : reason || `${table}: not read`;
        },
      });
      return checkRows(results, COMPUTED_TABLES.checks.blank);
    },
  },
};
