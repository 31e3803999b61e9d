/** Every row type, by one name to import them from. */
export type * from './row.ts';
export type * from './container.ts';
export type { HpaMetric } from './hpa-metric.ts';
export type { JobStatus } from './job-status.ts';
export type { ClusterRow } from './tables/clusters.ts';
export type { CronJobRow } from './tables/cronjobs.ts';
export type { EndpointSliceRow } from './tables/endpointslices.ts';
export type { EventRow } from './tables/events.ts';
export type { HpaRow } from './tables/hpas.ts';
export type { JobRow } from './tables/jobs.ts';
export type { NamespaceRow } from './tables/namespaces.ts';
export type { NodeGroupRow } from './tables/nodegroups.ts';
export type { NodeRow } from './tables/nodes.ts';
export type { PodRow } from './tables/pods.ts';
export type { ServiceAccountRow } from './tables/serviceaccounts.ts';
export type { ServicePort, ServiceRow } from './tables/services.ts';
export type { UsageRow } from './tables/usage.ts';
export type { WorkloadKind, WorkloadRow } from './tables/workload.ts';
