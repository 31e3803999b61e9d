import type { WorkloadKind, WorkloadRow } from '../../../domain/rows.ts';
import { selectorText } from '../../../domain/selector.ts';
import {
  bool,
  count,
  int,
  intOrString,
  optionalCount,
  part,
  parts,
  prose,
  text,
  word,
} from './field.ts';
import { message, type Field, type Read } from './message.ts';
import { METADATA, objectRow, type Metadata } from './meta.ts';
import { managedBy, SELECTOR, TEMPLATE } from './template.ts';

/** A condition: the kinds agree on the first two numbers and differ in the others. */
const conditions = (number: number, reason: number, messageNumber: number) =>
  parts(
    number,
    message({
      type: word(1),
      status: word(2),
      reason: word(reason),
      message: prose(messageNumber),
    }),
  );

type Conditions = ReturnType<typeof conditions> extends Field<infer T> ? T : never;

const STRATEGY = message({
  type: word(1),
  rollingUpdate: part(2, message({ maxUnavailable: intOrString(1), maxSurge: intOrString(2) })),
});

/** apps/v1 Deployment. */
export const DEPLOYMENT = message({
  metadata: part(1, METADATA),
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

/** apps/v1 StatefulSet. */
export const STATEFUL_SET = message({
  metadata: part(1, METADATA),
  spec: part(
    2,
    message({
      replicas: optionalCount(1),
      selector: part(2, SELECTOR),
      template: part(3, TEMPLATE),
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

/** apps/v1 DaemonSet. */
export const DAEMON_SET = message({
  metadata: part(1, METADATA),
  spec: part(
    2,
    message({
      selector: part(1, SELECTOR),
      template: part(2, TEMPLATE),
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

/** apps/v1 ReplicaSet. */
export const REPLICA_SET = message({
  metadata: part(1, METADATA),
  spec: part(
    2,
    message({
      replicas: optionalCount(1),
      selector: part(2, SELECTOR),
      template: part(3, TEMPLATE),
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

const REVISION = 'deployment.kubernetes.io/revision';

/** The row of a deployment. */
export function deploymentRow(deployment: Read<typeof DEPLOYMENT>): WorkloadRow {
  const { metadata, spec, status } = deployment;
  const progress = status.conditions.find(({ type }) => type === 'Progressing');
  const desired = spec.replicas ?? 1;
  const { type: strategy, rollingUpdate } = spec.strategy;
  return {
    ...common('Deployment', metadata, spec, status.conditions),
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

/** The row of a stateful set. */
export function statefulSetRow(set: Read<typeof STATEFUL_SET>): WorkloadRow {
  const { metadata, spec, status } = set;
  const desired = spec.replicas ?? 1;
  const { type: strategy, rollingUpdate } = spec.updateStrategy;
  return {
    ...common('StatefulSet', metadata, spec, status.conditions),
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

/** The row of a daemon set. */
export function daemonSetRow(set: Read<typeof DAEMON_SET>): WorkloadRow {
  const { metadata, spec, status } = set;
  const desired = status.desiredNumberScheduled;
  const { type: strategy, rollingUpdate } = spec.updateStrategy;
  return {
    ...common('DaemonSet', metadata, spec, status.conditions),
    desired,
    current: status.currentNumberScheduled,
    ready: status.numberReady,
    updated: status.updatedNumberScheduled,
    available: status.numberAvailable,
    observedGeneration: status.observedGeneration,
    revision: metadata.annotations['deprecated.daemonset.template.generation'] ?? '',
    strategy,
    maxUnavailable: scaled(rollingUpdate.maxUnavailable || '1', desired),
  };
}

/** A number of pods, or a part of `all` in percent, as a number of pods. */
function scaled(part: string, all: number): number {
  const value = Number.parseFloat(part);
  if (!Number.isFinite(value)) return 0;
  const wanted = Math.ceil(part.endsWith('%') ? (value * all) / 100 : value);
  return Math.min(all, Math.max(0, wanted));
}

/** The row of a replica set. */
export function replicaSetRow(set: Read<typeof REPLICA_SET>): WorkloadRow {
  const { metadata, spec, status } = set;
  return {
    ...common('ReplicaSet', metadata, spec, status.conditions),
    desired: spec.replicas ?? 1,
    current: status.replicas,
    ready: status.readyReplicas,
    // All of a replica set's pods are of its one template.
    updated: status.replicas,
    available: status.availableReplicas,
    observedGeneration: status.observedGeneration,
    revision: metadata.annotations[REVISION] ?? '',
  };
}

/** What the rows of all kinds of workload have, and what is empty where a kind has no such thing. */
function common(
  kind: WorkloadKind,
  metadata: Metadata,
  spec: { readonly selector: Read<typeof SELECTOR>; readonly template: Read<typeof TEMPLATE> },
  conditionsOf: Conditions,
) {
  const { containers, serviceAccountName } = spec.template.spec;
  return {
    ...objectRow(metadata),
    kind,
    generation: metadata.generation,
    paused: false,
    progressReason: '',
    progressMessage: '',
    failure: failureOf(conditionsOf),
    currentRevision: '',
    updateRevision: '',
    strategy: '',
    partition: 0,
    maxUnavailable: 0,
    containers: containers,
    selector: selectorText(spec.selector),
    serviceAccount: serviceAccountName,
    managedBy: managedBy(metadata),
    zones: null,
    hpa: null,
  };
}

/** What a failing condition says: pods that cannot be created come before too few available. */
function failureOf(conditionsOf: Conditions): string {
  const failing =
    conditionsOf.find(({ type, status }) => type === 'ReplicaFailure' && status === 'True') ??
    conditionsOf.find(({ type, status }) => type === 'Available' && status === 'False');
  return failing ? failing.message || failing.reason : '';
}
