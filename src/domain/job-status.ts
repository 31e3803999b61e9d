import type { Condition } from './row.ts';

/** STATUS of a job exactly as kubectl prints it. */
export type JobStatus =
  | 'Complete'
  | 'Failed'
  | 'Terminating'
  | 'Suspended'
  /** It has failed: its pods are being ended. */
  | 'FailureTarget'
  /** It has succeeded: pods that are left are being ended. */
  | 'SuccessCriteriaMet'
  | 'Running';

/** STATUS by the rules of kubectl: which condition comes first. Deletion comes after the end. */
const ENDED = ['Complete', 'Failed'] as const;
const UNDER_WAY = ['Suspended', 'FailureTarget', 'SuccessCriteriaMet'] as const;

type Held = Pick<Condition, 'type' | 'status' | 'reason' | 'message'>;

/** STATUS of a job, and the condition that makes it so. */
export function jobStatus<C extends Held>(
  conditions: readonly C[],
  deleting: number,
): { readonly status: JobStatus; readonly by: C | null } {
  const holds = (of: readonly JobStatus[]): { status: JobStatus; by: C } | null => {
    for (const status of of) {
      const by = conditions.find((each) => each.type === status && each.status === 'True');
      if (by !== undefined) return { status, by };
    }
    return null;
  };
  const ended = holds(ENDED);
  if (ended !== null) return ended;
  if (deleting > 0) return { status: 'Terminating', by: null };
  return holds(UNDER_WAY) ?? { status: 'Running', by: null };
}
