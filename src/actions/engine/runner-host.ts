import type { ActionHost } from './host.ts';
import type { OperationList } from './operations.ts';

/** The cluster that a runner acts on, and where what it does is kept. */
export interface RunnerHost extends ActionHost {
  /** Where what runs and ran is kept: one for all clusters. */
  readonly operations: OperationList;
}
