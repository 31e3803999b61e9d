import type { TableId } from '../domain/tables.ts';

/** Whose rows are kept for a while when they are gone, because that they left is news. */
export const KEEPS_GONE: Readonly<Record<TableId, boolean>> = {
  pods: true,
  nodes: true,
  deployments: true,
  statefulsets: true,
  daemonsets: true,
  replicasets: true,
  jobs: true,
  cronjobs: true,
  services: true,
  hpas: true,
  nodegroups: true,
  clusters: false,
  namespaces: false,
  serviceaccounts: false,
  endpointslices: false,
  // Events are news themselves, and leave by age; usage is of rows that have their own.
  events: false,
  podusage: false,
  nodeusage: false,
};
