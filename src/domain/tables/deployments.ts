import { conditions } from '../wire/condition.ts';
import { bool, count, int, optionalCount, part } from '../wire/field.ts';
import { message, type Read } from '../wire/message.ts';
import { SELECTOR, TEMPLATE, templated } from '../wire/pod-template.ts';
import { objectTable } from './define.ts';
import { scaled, STRATEGY, workloadMetadata, workloadRow, type WorkloadRow } from './workload.ts';

const REVISION = 'deployment.kubernetes.io/revision';

/** apps/v1 Deployment. */
const DEPLOYMENT = message({
  metadata: part(1, workloadMetadata(REVISION)),
  spec: part(
    2,
    message({
      replicas: optionalCount(1),
      selector: part(2, SELECTOR),
      template: part(3, TEMPLATE),
      strategy: part(4, STRATEGY),
      paused: bool(7),
    }),
  ),
  status: part(
    3,
    message({
      observedGeneration: int(1),
      replicas: count(2),
      updatedReplicas: count(3),
      availableReplicas: count(4),
      conditions: conditions(6, 4, 5),
      readyReplicas: count(7),
    }),
  ),
});

/** The row of a deployment. */
function deploymentRow(deployment: Read<typeof DEPLOYMENT>): WorkloadRow {
  const { metadata, spec, status } = deployment;
  const progress = status.conditions.find(({ type }) => type === 'Progressing');
  const desired = spec.replicas ?? 1;
  const { type: strategy, rollingUpdate } = spec.strategy;
  return {
    ...workloadRow(
      'Deployment',
      metadata,
      spec.selector,
      templated(spec.template),
      status.conditions,
    ),
    desired,
    current: status.replicas,
    ready: status.readyReplicas,
    updated: status.updatedReplicas,
    available: status.availableReplicas,
    observedGeneration: status.observedGeneration,
    paused: spec.paused,
    progressReason: progress?.reason ?? '',
    progressMessage: progress?.message ?? '',
    revision: metadata.annotations[REVISION] ?? '',
    strategy,
    maxUnavailable:
      strategy === 'Recreate' ? desired : scaled(rollingUpdate.maxUnavailable || '25%', desired),
  };
}

export const deployments = objectTable({
  kind: {
    group: 'apps',
    version: 'v1',
    resource: 'deployments',
    kind: 'Deployment',
    namespaced: true,
  },
  message: DEPLOYMENT,
  row: deploymentRow,
  keepsGone: true,
});
