/** Where keys lead from one pane to another. */
import { own } from '../core/own.ts';
import type { BaseRow, ObjectRow, PodRow } from '../domain/rows.ts';
import type { Link, LinkTarget } from './define.ts';

type Target = LinkTarget | { readonly none: string };

/** The pane of a kind, for links whose end depends on the row. */
const PANES: Readonly<Record<string, string>> = {
  Pod: 'pods',
  Node: 'nodes',
  Namespace: 'namespaces',
  Deployment: 'deployments',
  StatefulSet: 'statefulsets',
  DaemonSet: 'daemonsets',
  ReplicaSet: 'replicasets',
  Job: 'jobs',
  CronJob: 'cronjobs',
  Service: 'services',
  HorizontalPodAutoscaler: 'hpas',
  ServiceAccount: 'serviceaccounts',
};

/** The one object of that kind, namespace and name. */
export function toObject(kind: string, namespace: string, name: string): Target {
  const to = own(PANES, kind);
  if (name === '') return { none: 'there is no object to go to' };
  if (to === undefined) return { none: `${kind} ${name} has no pane` };
  return {
    to,
    label: name,
    only: (row: BaseRow) => row.name === name && (row.namespace === namespace || to === 'nodes'),
  };
}

/** A link to the pods that a row stands for. */
export function podsLink<Row extends BaseRow>(
  title: string,
  pods: (row: Row) => ((pod: PodRow) => boolean) | string,
): Link<Row> {
  return {
    to: 'pods',
    title,
    target: (row) => {
      const only = pods(row);
      return typeof only === 'string' ? { none: only } : { label: row.name, only };
    },
  };
}

/** J leads to the owner. */
export const TO_OWNER: Link<ObjectRow> = {
  to: 'deployments',
  title: 'its owner',
  target: (row) =>
    row.ownerName === ''
      ? { none: `${row.name} has no owner` }
      : toObject(row.ownerKind, row.namespace, row.ownerName),
};
