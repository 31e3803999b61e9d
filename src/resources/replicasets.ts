import { refOf } from '../domain/ref.ts';
import { isPodOf } from '../domain/workload-pods.ts';
import { whyWorkload } from '../domain/why/workload.ts';
import { defineResource } from './define.ts';
import { describeWorkload, WORKLOAD_DESCRIBE_NEEDS } from './describe/workload.ts';
import { TO_OWNER } from './links.ts';
import { health, toPods, workloadColumns } from './workloads.ts';

export const replicasets = defineResource({
  id: 'replicasets',
  title: 'Replica sets',
  singular: 'replicaset',
  aliases: ['rs'],
  description: 'Replica sets: the revisions of deployments, old ones scaled to zero.',
  table: 'replicasets',
  scope: 'namespaced',
  columns: workloadColumns('ReplicaSet'),
  sort: { column: 'namespace', descending: false },
  health,
  why: whyWorkload,
  enter: toPods('pods of this replica set'),
  links: { J: TO_OWNER },
  ref: (row) => refOf('replicasets', row),
  pods: isPodOf,
  describe: describeWorkload,
  describeNeeds: WORKLOAD_DESCRIBE_NEEDS,
  iam: [],
  empty: 'No replica sets: there are no deployments here',
});
