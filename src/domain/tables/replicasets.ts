import { conditions } from '../wire/condition.ts';
import { count, int, optionalCount, part } from '../wire/field.ts';
import { message, type Read } from '../wire/message.ts';
import { ANYWHERE, PLAIN_TEMPLATE, restartedAt, SELECTOR } from '../wire/pod-template.ts';
import { objectTable } from './define.ts';
import { ownedMetadata, workloadRow, type WorkloadRow } from './workload.ts';

const REVISION = 'deployment.kubernetes.io/revision';
const PAST = 'deployment.kubernetes.io/revision-history';

/** apps/v1 ReplicaSet. */
const REPLICA_SET = message({
  metadata: part(1, ownedMetadata(REVISION, PAST)),
  spec: part(
    2,
    message({
      replicas: optionalCount(1),
      selector: part(2, SELECTOR),
      template: part(3, PLAIN_TEMPLATE),
    }),
  ),
  status: part(
    3,
    message({
      replicas: count(1),
      observedGeneration: int(3),
      readyReplicas: count(4),
      availableReplicas: count(5),
      conditions: conditions(6, 4, 5),
    }),
  ),
});

/** The row of a replica set. */
function replicaSetRow(set: Read<typeof REPLICA_SET>): WorkloadRow {
  const { metadata, spec, status } = set;
  const { containers, serviceAccountName: serviceAccount } = spec.template.spec;
  const template = {
    containers,
    restartedAt: restartedAt(spec.template),
    serviceAccount,
    uses: [],
    placement: ANYWHERE,
  };
  return {
    ...workloadRow('ReplicaSet', metadata, spec.selector, template, status.conditions),
    desired: spec.replicas ?? 1,
    current: status.replicas,
    ready: status.readyReplicas,
    // All of a replica set's pods are of its one template.
    updated: status.replicas,
    available: status.availableReplicas,
    observedGeneration: status.observedGeneration,
    revision: metadata.annotations[REVISION] ?? '',
    pastRevisions: metadata.annotations[PAST] ?? '',
  };
}

export const replicasets = objectTable({
  kind: {
    group: 'apps',
    version: 'v1',
    resource: 'replicasets',
    kind: 'ReplicaSet',
    namespaced: true,
  },
  message: REPLICA_SET,
  row: replicaSetRow,
  keepsGone: true,
});
