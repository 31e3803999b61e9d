import { conditions } from '../wire/condition.ts';
import { cniSettingsOf } from '../cni-settings.ts';
import { policyAgentOf } from '../policy-agent.ts';
import { count, int, part } from '../wire/field.ts';
import { message, type Read } from '../wire/message.ts';
import { SELECTOR, templated, VALUED_TEMPLATE } from '../wire/pod-template.ts';
import { objectTable } from './define.ts';
import { scaled, STRATEGY, workloadMetadata, workloadRow, type WorkloadRow } from './workload.ts';

const GENERATION = 'deprecated.daemonset.template.generation';

/** apps/v1 DaemonSet. */
const DAEMON_SET = message({
  metadata: part(1, workloadMetadata(GENERATION)),
  spec: part(
    2,
    message({
      selector: part(1, SELECTOR),
      template: part(2, VALUED_TEMPLATE),
      updateStrategy: part(3, STRATEGY),
    }),
  ),
  status: part(
    3,
    message({
      currentNumberScheduled: count(1),
      desiredNumberScheduled: count(3),
      numberReady: count(4),
      observedGeneration: int(5),
      updatedNumberScheduled: count(6),
      numberAvailable: count(7),
      conditions: conditions(10, 4, 5),
    }),
  ),
});

/** The row of a daemon set. */
function daemonSetRow(set: Read<typeof DAEMON_SET>): WorkloadRow {
  const { metadata, spec, status } = set;
  const desired = status.desiredNumberScheduled;
  const { type: strategy, rollingUpdate } = spec.updateStrategy;
  return {
    ...workloadRow(
      'DaemonSet',
      metadata,
      spec.selector,
      templated(spec.template),
      status.conditions,
    ),
    policyAgent: policyAgentOf(spec.template.spec.containers),
    cni: cniSettingsOf(spec.template.spec.containers),
    desired,
    current: status.currentNumberScheduled,
    ready: status.numberReady,
    updated: status.updatedNumberScheduled,
    available: status.numberAvailable,
    observedGeneration: status.observedGeneration,
    revision: metadata.annotations[GENERATION] ?? '',
    strategy,
    maxUnavailable: scaled(rollingUpdate.maxUnavailable || '1', desired),
  };
}

export const daemonsets = objectTable({
  kind: {
    group: 'apps',
    version: 'v1',
    resource: 'daemonsets',
    kind: 'DaemonSet',
    namespaced: true,
  },
  message: DAEMON_SET,
  row: daemonSetRow,
  keepsGone: true,
  // Which agents run on the nodes, wherever pods are looked at.
  readsAll: true,
});
