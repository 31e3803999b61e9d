/**
 * The revisions of a workload that the API server keeps, found and applied as `kubectl rollout`
 * does: replica sets of deployments, controller revisions of stateful and daemon sets.
 */
import { entries, object, type Json } from '../../core/json.ts';
import { kindOf, placeIn } from '../../domain/ref.ts';
import {
  HASH,
  isControlledBy,
  isSameTemplate,
  keeperOf,
  keptTemplate,
  REVISION,
  templateOf,
  withoutHash,
  type KeptTemplate,
} from '../../domain/revisions.ts';
import type { PodRow } from '../../domain/rows.ts';
import type { AccessRequest, KubeObject } from '../../ports/kube.ts';
import type { ActionContext } from '../engine/define.ts';
import type { KubePatch } from '../targets/dry-run.ts';
import { nameOf, refOfTarget, type WorkloadTarget } from '../targets/workload-target.ts';

/** A pod template that a workload had, and how it is gone back to. */
export interface Revision extends KeptTemplate {
  /** Annotations that the workload will have; null: they stay as they are. */
  readonly annotations: Json | null;
  /** Whether its template is what the workload asks for now: kubectl skips going back to it. */
  readonly isCurrent: boolean;
  /** What `kubectl rollout undo` sends. */
  readonly patch: KubePatch;
  readonly isOf: (pod: PodRow) => boolean;
}

/** A workload in full, with its revisions. */
export interface History {
  readonly object: KubeObject;
  readonly template: Json;
  readonly annotations: Json;
  /** The newest first. */
  readonly revisions: readonly Revision[];
  /** The one that runs: of several with the same template the newest. */
  readonly current: Revision | undefined;
}

const keeper = ({ row }: WorkloadTarget) => keeperOf(row.kind);

/** The right to see the revisions of a target. */
export function historyAccess(target: WorkloadTarget): AccessRequest {
  const { group, resource } = kindOf(keeper(target));
  return { verb: 'list', group, resource, namespace: target.row.namespace };
}

/** The workload as it is now, and its revisions. */
export async function historyOf(target: WorkloadTarget, ctx: ActionContext): Promise<History> {
  const { row } = target;
  return ctx.once(`history ${row.uid} ${row.generation}`, async () => {
    const { cluster, namespace, selector } = row;
    const place = placeIn(keeper(target), cluster, namespace);
    const [workload, kept] = await Promise.all([
      ctx.kube.get(refOfTarget(target)),
      ctx.kube.list(place, { labelSelector: selector }),
    ]);
    if (workload.metadata.uid !== row.uid)
      throw new Error(`${nameOf(target)} was deleted, and another one made: open it anew`);
    const own = kept.filter((each) => isControlledBy(each, row.uid));
    const read = row.kind === 'Deployment' ? replicaSetRevision : controllerRevision;
    const revisions = own
      .flatMap((each) => read(each, workload) ?? [])
      .sort((a, b) => b.number - a.number);
    return {
      object: workload,
      template: templateOf(workload),
      annotations: object(workload.metadata.annotations),
      revisions,
      current: revisions.find(({ isCurrent }) => isCurrent),
    };
  });
}

/** A deployment's own annotations: those of a replica set never take their place. */
const OWN_ANNOTATIONS = [
  'kubectl.kubernetes.io/last-applied-configuration',
  REVISION,
  'deployment.kubernetes.io/revision-history',
  'deployment.kubernetes.io/desired-replicas',
  'deployment.kubernetes.io/max-replicas',
  'deprecated.deployment.rollback.to',
];

type Read = Revision | null;

/** Null where the deployment's controller has not numbered it. */
function replicaSetRevision(set: KubeObject, deployment: KubeObject): Read {
  const kept = keptTemplate('replicasets', set);
  if (kept === null) return null;
  const { template } = kept;
  const own = entries(deployment.metadata.annotations).filter(([key]) =>
    OWN_ANNOTATIONS.includes(key),
  );
  const its = entries(set.metadata.annotations).filter(([key]) => !OWN_ANNOTATIONS.includes(key));
  const annotations = Object.fromEntries([...own, ...its]);
  const hash = set.metadata.labels?.[HASH];
  return {
    ...kept,
    annotations,
    isCurrent: isSameTemplate('replicasets', template, withoutHash(templateOf(deployment))),
    patch: {
      type: 'json',
      body: [
        { op: 'replace', path: '/spec/template', value: template },
        { op: 'replace', path: '/metadata/annotations', value: annotations },
      ],
    },
    isOf: ({ labels }) => hash !== undefined && labels[HASH] === hash,
  };
}

/** What it keeps is a patch, sent as it is. */
function controllerRevision(revision: KubeObject, workload: KubeObject): Read {
  const { name, labels = {} } = revision.metadata;
  const kept = keptTemplate('controllerrevisions', revision);
  if (kept === null) return null;
  const hash = labels['controller-revision-hash'] ?? labels['controller.kubernetes.io/hash'];
  return {
    ...kept,
    annotations: null,
    isCurrent: isSameTemplate('controllerrevisions', kept.template, templateOf(workload)),
    patch: { type: 'strategic', body: revision['data'] },
    // Stateful sets label their pods with the whole name, daemon sets with the hash in it.
    isOf: (pod) => [name, hash].includes(pod.labels['controller-revision-hash'] ?? ''),
  };
}
