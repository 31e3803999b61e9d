import { refOf } from '../domain/ref.ts';
import { isPodOf } from '../domain/workload-pods.ts';
import { whyWorkload } from '../domain/why/workload.ts';
import { defineResource } from './define.ts';
import { describeWorkload, WORKLOAD_DESCRIBE_NEEDS } from './describe/workload.ts';
import { TO_OWNER, TO_TRACES } from './links.ts';
import { health, toPods, workloadColumns } from './workloads.ts';
import { workloadCharts } from './charts/pods.ts';

export const deployments = defineResource({
  id: 'deployments',
  title: 'Deployments',
  singular: 'deployment',
  aliases: ['deploy', 'dp'],
  description: 'Deployments with the state of their rollout, spread over zones and autoscaler.',
  table: 'deployments',
  scope: 'namespaced',
  columns: workloadColumns('Deployment'),
  sort: { column: 'namespace', descending: false },
  health,
  why: whyWorkload,
  enter: toPods('pods of this deployment'),
  links: { J: TO_OWNER, ...TO_TRACES },
  ref: (row) => refOf('deployments', row),
  pods: isPodOf,
  charts: workloadCharts,
  describe: describeWorkload,
  describeNeeds: WORKLOAD_DESCRIBE_NEEDS,
  iam: [],
  empty: 'No deployments: nothing is deployed here this way',
});
