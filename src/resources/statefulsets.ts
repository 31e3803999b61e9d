import { refOf } from '../domain/ref.ts';
import { isPodOf } from '../domain/workload-pods.ts';
import { whyWorkload } from '../domain/why/workload.ts';
import { defineResource } from './define.ts';
import { describeWorkload, WORKLOAD_DESCRIBE_NEEDS } from './describe/workload.ts';
import { TO_OWNER, TO_TRACES } from './links.ts';
import { health, toPods, workloadColumns } from './workloads.ts';
import { workloadCharts } from './charts/pods.ts';

export const statefulsets = defineResource({
  id: 'statefulsets',
  title: 'Stateful sets',
  singular: 'statefulset',
  aliases: ['sts'],
  description: 'Stateful sets with the state of their rollout and spread over zones.',
  table: 'statefulsets',
  scope: 'namespaced',
  columns: workloadColumns('StatefulSet'),
  sort: { column: 'namespace', descending: false },
  health,
  why: whyWorkload,
  enter: toPods('pods of this stateful set'),
  links: { J: TO_OWNER, ...TO_TRACES },
  ref: (row) => refOf('statefulsets', row),
  pods: isPodOf,
  charts: workloadCharts,
  describe: describeWorkload,
  describeNeeds: WORKLOAD_DESCRIBE_NEEDS,
  iam: [],
  empty: 'No stateful sets here',
});
