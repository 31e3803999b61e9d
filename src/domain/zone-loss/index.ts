import type { Work } from '../../core/work.ts';
import type { BaseRow } from '../row.ts';
import type { ComputedTableId, TableId, Tables } from '../tables/index.ts';
import { zoneLosses } from './loss.ts';

/** Read access to the rows that a table is computed from. */
interface Rows {
  rows<T extends TableId>(table: T): Iterable<Tables[T]>;
}

/** How a table is computed from others. */
export interface Computation {
  readonly needs: readonly TableId[];
  readonly rows: (query: Rows) => Work<readonly BaseRow[]>;
}

const present = <T extends TableId>(query: Rows, table: T): readonly Tables[T][] =>
  [...query.rows(table)].filter(({ gone }) => gone === 0);

/** By what each computed table is made. */
export const COMPUTATIONS: Readonly<Record<ComputedTableId, Computation>> = {
  zones: {
    needs: [
      'nodes',
      'pods',
      'deployments',
      'statefulsets',
      'daemonsets',
      'pdbs',
      'persistentvolumes',
    ],
    rows: (query) =>
      zoneLosses({
        nodes: present(query, 'nodes'),
        pods: present(query, 'pods'),
        workloads: [
          ...present(query, 'deployments'),
          ...present(query, 'statefulsets'),
          ...present(query, 'daemonsets'),
        ],
        budgets: present(query, 'pdbs'),
        volumes: present(query, 'persistentvolumes'),
      }),
  },
};
