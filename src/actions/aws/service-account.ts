/** The service account that an action on a row is about, and who uses it. */
import { refOf, type ObjectRef } from '../../domain/ref.ts';
import type { PodRow, ServiceAccountRow, WorkloadRow } from '../../domain/rows.ts';
import { hasEnded } from '../../domain/workload-pods.ts';
import type { ActionContext, ActionTarget } from '../engine/define.ts';

/** Rows that have a service account, or are one. */
export type AccountRow = ServiceAccountRow | PodRow | WorkloadRow;

export interface Account {
  readonly namespace: string;
  readonly name: string;
}

/** The account of a row; pods that name none use `default`. */
export function accountOf({ table, row }: ActionTarget<AccountRow>): Account {
  const { namespace } = row;
  if (table === 'serviceaccounts') return { namespace, name: row.name };
  return { namespace, name: ('serviceAccount' in row && row.serviceAccount) || 'default' };
}

export function accountRef({ namespace, name }: Account, { cluster }: ActionContext): ObjectRef {
  return refOf('serviceaccounts', { cluster, namespace, name });
}

/** Pods of an account that are there. */
export function podsUsing(
  { namespace, name }: Account,
  { query }: ActionContext,
): readonly PodRow[] {
  return [...query.rows('pods')].filter(
    (pod) =>
      pod.gone === 0 &&
      pod.namespace === namespace &&
      !hasEnded(pod) &&
      (pod.serviceAccount || 'default') === name,
  );
}

/** Tables of workloads whose pods can be made anew by a rollout. */
const RESTARTABLE = ['deployments', 'statefulsets', 'daemonsets'] as const;

/** Workloads whose pods use an account, with the tables they stand in. */
export function workloadsUsing(
  { namespace, name }: Account,
  { query }: ActionContext,
): readonly {
  readonly table: (typeof RESTARTABLE)[number];
  readonly row: WorkloadRow;
}[] {
  return RESTARTABLE.flatMap((table) =>
    [...query.rows(table)]
      .filter(
        (row) =>
          row.gone === 0 &&
          row.namespace === namespace &&
          (row.serviceAccount || 'default') === name,
      )
      .map((row) => ({ table, row })),
  );
}
