import { refOf } from '../domain/ref.ts';
import { isPodOf } from '../domain/workload-pods.ts';
import { whyWorkload } from '../domain/why/workload.ts';
import { defineResource } from './define.ts';
import { describeWorkload, WORKLOAD_DESCRIBE_NEEDS } from './describe/workload.ts';
import { TO_OWNER, TO_TRACES } from './links.ts';
import { health, toPods, workloadColumns } from './workloads.ts';
import { workloadCharts } from './charts/pods.ts';

export const daemonsets = defineResource({
  id: 'daemonsets',
  title: 'Daemon sets',
  singular: 'daemonset',
  aliases: ['ds'],
  description: 'Daemon sets with the state of their rollout on the nodes.',
  table: 'daemonsets',
  scope: 'namespaced',
  columns: workloadColumns('DaemonSet'),
  sort: { column: 'namespace', descending: false },
  health,
  why: whyWorkload,
  enter: toPods('pods of this daemon set'),
  links: { J: TO_OWNER, ...TO_TRACES },
  ref: (row) => refOf('daemonsets', row),
  pods: isPodOf,
  charts: workloadCharts,
  describe: describeWorkload,
  describeNeeds: WORKLOAD_DESCRIBE_NEEDS,
  iam: [],
  empty: 'No daemon sets here',
});
