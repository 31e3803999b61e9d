/** What the tables of workloads have in common. */
import type { CniSettings } from '../cni-settings.ts';
import type { PolicyAgent } from '../policy-agent.ts';
import type { ObjectRow } from '../row.ts';
import { selectorText } from '../selector.ts';
import type { conditions } from '../wire/condition.ts';
import { intOrString, part, word } from '../wire/field.ts';
import { message, type Field, type Read } from '../wire/message.ts';
import { metadata, objectRow, type Metadata } from '../wire/metadata.ts';
import { NO_WRITES, writesOf, writtenMetadata, type Writes } from '../wire/writes.ts';
import {
  managedBy,
  MANAGING_ANNOTATIONS,
  type SELECTOR,
  type Templated,
} from '../wire/pod-template.ts';

export type WorkloadKind = 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'ReplicaSet';

export interface WorkloadRow extends ObjectRow, Templated {
  readonly kind: WorkloadKind;
  /** Replicas asked for (spec), or nodes that should run it (daemon sets). */
  readonly desired: number;
  /** Replicas there are (status.replicas, currentNumberScheduled). */
  readonly current: number;
  readonly ready: number;
  readonly updated: number;
  /** Ready for as long as is asked. */
  readonly available: number;
  readonly generation: number;
  readonly observedGeneration: number;
  readonly paused: boolean;
  /** Reason and message of the Progressing condition (deployments), else empty. */
  readonly progressReason: string;
  readonly progressMessage: string;
  /** Message of a failing condition (ReplicaFailure, Available=False), else empty. */
  readonly failure: string;
  /** deployment.kubernetes.io/revision, or the number of the current ControllerRevision's hash as text. */
  readonly revision: string;
  /** Revisions that a replica set was before, by commas, where it was gone back to; else empty. */
  readonly pastRevisions: string;
  /** StatefulSets: currentRevision and updateRevision; empty elsewhere. */
  readonly currentRevision: string;
  readonly updateRevision: string;
  /** `RollingUpdate`, `Recreate`, `OnDelete`. */
  readonly strategy: string;
  /** StatefulSet rolling-update partition; 0 elsewhere. */
  readonly partition: number;
  /** How many of the pods wanted may be unavailable while it rolls out by itself. */
  readonly maxUnavailable: number;
  /** The label selector in its text form, as kubectl prints it. */
  readonly selector: string;
  /** `Helm`, `Argo CD`, `Flux` where labels say so: what would revert a change made by hand. */
  readonly managedBy: string;
  /** Who wrote it; nobody is told of replica sets, which their owners write. */
  readonly writes: Writes;
  /** What a daemon set does about network policies, as far as that is known; null elsewhere. */
  readonly policyAgent: PolicyAgent | null;
  /** How the VPC CNI hands out addresses, of its daemon set; null elsewhere. */
  readonly cni: CniSettings | null;
  // joined
  /** Pods by zone letter or zone name, sorted by zone; null before pods and nodes are known. */
  zones: readonly (readonly [zone: string, pods: number])[] | null;
  /** What was last wrong with one of its pods that is not ready; empty where nothing is. */
  trouble: string | null;
  /** The HPA that owns the replica count; empty where none does. */
  hpa: string | null;
}

/** The metadata of a workload that people write, and of these annotations. */
export const workloadMetadata = (...annotations: readonly string[]) =>
  writtenMetadata([...MANAGING_ANNOTATIONS, ...annotations]);

/** The metadata of a workload that others own: there may be very many. */
export const ownedMetadata = (...annotations: readonly string[]) =>
  metadata([...MANAGING_ANNOTATIONS, ...annotations]);

/** What of a workload's metadata its row is made of. */
type WorkloadMetadata = Metadata & Partial<Read<ReturnType<typeof writtenMetadata>>>;

type Conditions = ReturnType<typeof conditions> extends Field<infer T> ? T : never;

/** How a workload replaces its pods. */
export const STRATEGY = message({
  type: word(1),
  rollingUpdate: part(2, message({ maxUnavailable: intOrString(1), maxSurge: intOrString(2) })),
});

/** A number of pods, or a part of `all` in percent, as a number of pods. */
export function scaled(part: string, all: number): number {
  const value = Number.parseFloat(part);
  if (!Number.isFinite(value)) return 0;
  const wanted = Math.ceil(part.endsWith('%') ? (value * all) / 100 : value);
  return Math.min(all, Math.max(0, wanted));
}

/** What the rows of all kinds of workload have, and what is empty where a kind has no such thing. */
export function workloadRow(
  kind: WorkloadKind,
  metadata: WorkloadMetadata,
  selector: Read<typeof SELECTOR>,
  template: Templated,
  conditionsOf: Conditions,
) {
  return {
    ...objectRow(metadata),
    kind,
    generation: metadata.generation,
    paused: false,
    progressReason: '',
    progressMessage: '',
    failure: failureOf(conditionsOf),
    pastRevisions: '',
    currentRevision: '',
    updateRevision: '',
    strategy: '',
    partition: 0,
    maxUnavailable: 0,
    ...template,
    selector: selectorText(selector),
    managedBy: managedBy(metadata),
    writes: metadata.managedFields ? writesOf(metadata.managedFields) : NO_WRITES,
    policyAgent: null,
    cni: null,
    zones: null,
    trouble: null,
    hpa: null,
  };
}

/** The reason of a deployment's Progressing where the API server refuses its new replica set. */
export const NO_REPLICA_SET = 'ReplicaSetCreateError';

/** What a failing condition says: what cannot be created comes before too few available. */
function failureOf(conditionsOf: Conditions): string {
  const failing =
    conditionsOf.find(({ type, status }) => type === 'ReplicaFailure' && status === 'True') ??
    conditionsOf.find(({ reason }) => reason === NO_REPLICA_SET) ??
    conditionsOf.find(({ type, status }) => type === 'Available' && status === 'False');
  return failing ? failing.message || failing.reason : '';
}
