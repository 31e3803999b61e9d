import { conditions } from '../wire/condition.ts';
import { count, int, optionalCount, part, parts, text, word, intOrString } from '../wire/field.ts';
import { message, type Read } from '../wire/message.ts';
import { SELECTOR, TEMPLATE, templated } from '../wire/pod-template.ts';
import { objectTable } from './define.ts';
import { ANY_NUMBER } from '../wire/references.ts';
import { scaled, workloadMetadata, workloadRow, type WorkloadRow } from './workload.ts';

/** apps/v1 StatefulSet. */
const STATEFUL_SET = message({
  metadata: part(1, workloadMetadata()),
  spec: part(
    2,
    message({
      replicas: optionalCount(1),
      selector: part(2, SELECTOR),
      template: part(3, TEMPLATE),
      volumeClaimTemplates: parts(4, message({ metadata: part(1, message({ name: word(1) })) })),
      updateStrategy: part(
        7,
        message({
          type: word(1),
          rollingUpdate: part(2, message({ partition: count(1), maxUnavailable: intOrString(2) })),
        }),
      ),
    }),
  ),
  status: part(
    3,
    message({
      observedGeneration: int(1),
      replicas: count(2),
      readyReplicas: count(3),
      updatedReplicas: count(5),
      currentRevision: text(6),
      updateRevision: text(7),
      conditions: conditions(10, 4, 5),
      availableReplicas: optionalCount(11),
    }),
  ),
});

/** The row of a stateful set. */
function statefulSetRow(set: Read<typeof STATEFUL_SET>): WorkloadRow {
  const { metadata, spec, status } = set;
  const desired = spec.replicas ?? 1;
  const template = templated(spec.template);
  // Each pod has a claim of its own, by its number.
  const claims = spec.volumeClaimTemplates.map(
    (claim) => `persistentvolumeclaims/${claim.metadata.name}-${metadata.name}-${ANY_NUMBER}`,
  );
  const { type: strategy, rollingUpdate } = spec.updateStrategy;
  return {
    ...workloadRow('StatefulSet', metadata, spec.selector, template, status.conditions),
    uses: [...template.uses, ...claims],
    desired,
    current: status.replicas,
    ready: status.readyReplicas,
    updated: status.updatedReplicas,
    // Servers that know no minReadySeconds of stateful sets leave it out: then ready is available.
    available: status.availableReplicas ?? status.readyReplicas,
    observedGeneration: status.observedGeneration,
    // A ControllerRevision is named after its set and the hash of its template.
    revision: status.updateRevision.replace(`${metadata.name}-`, ''),
    currentRevision: status.currentRevision,
    updateRevision: status.updateRevision,
    strategy,
    partition: rollingUpdate.partition,
    maxUnavailable: scaled(rollingUpdate.maxUnavailable || '1', desired),
  };
}

export const statefulsets = objectTable({
  kind: {
    group: 'apps',
    version: 'v1',
    resource: 'statefulsets',
    kind: 'StatefulSet',
    namespaced: true,
  },
  message: STATEFUL_SET,
  row: statefulSetRow,
  keepsGone: true,
});
