import type {
  ClusterRow,
  CronJobRow,
  EndpointSliceRow,
  EventRow,
  HpaRow,
  JobRow,
  NamespaceRow,
  NodeGroupRow,
  NodeRow,
  PodRow,
  ServiceAccountRow,
  ServiceRow,
  UsageRow,
  WorkloadRow,
} from './rows.ts';

/** The tables fed by a Kubernetes API server, by the plural of their kind. */
export interface KubeTables {
  pods: PodRow;
  nodes: NodeRow;
  deployments: WorkloadRow;
  statefulsets: WorkloadRow;
  daemonsets: WorkloadRow;
  replicasets: WorkloadRow;
  jobs: JobRow;
  cronjobs: CronJobRow;
  services: ServiceRow;
  endpointslices: EndpointSliceRow;
  hpas: HpaRow;
  events: EventRow;
  namespaces: NamespaceRow;
  serviceaccounts: ServiceAccountRow;
  podusage: UsageRow;
  nodeusage: UsageRow;
}

/** The tables fed by AWS. */
export interface AwsTables {
  clusters: ClusterRow;
  nodegroups: NodeGroupRow;
}

/** Every table of a store: id → the type of its rows. */
export interface Tables extends KubeTables, AwsTables {}

export type KubeTableId = keyof KubeTables;
export type AwsTableId = keyof AwsTables;
export type TableId = keyof Tables;
