import type { ObjectRow } from '../row.ts';
import { selecting, selectorText } from '../selector.ts';
import { CONDITION } from '../wire/condition.ts';
import { count, intOrString, optionalPart, part, parts, word } from '../wire/field.ts';
import { message, type Read } from '../wire/message.ts';
import { objectRow } from '../wire/metadata.ts';
import { SELECTOR } from '../wire/pod-template.ts';
import { WRITTEN_METADATA, writesOf, type Write } from '../wire/writes.ts';
import { objectTable } from './define.ts';
import type { PodRow } from './pods.ts';

export interface PdbRow extends ObjectRow {
  /** A number or a part in percent, as written; empty where the other one is set. */
  readonly minAvailable: string;
  readonly maxUnavailable: string;
  /** The label selector in its text form; empty: every pod of the namespace, if it has one. */
  readonly selector: string;
  /** A budget without a selector is about no pod. */
  readonly hasSelector: boolean;
  /** Which pods that are not ready may be evicted: `IfHealthyBudget` or `AlwaysAllow`. */
  readonly unhealthyPolicy: string;
  /** How many pods may be evicted now. */
  readonly allowed: number;
  readonly healthy: number;
  /** How many pods must be healthy. */
  readonly desired: number;
  /** How many pods it is about. */
  readonly expected: number;
  /** The controller has counted what the spec of now says. */
  readonly counted: boolean;
  /** Why the controller cannot count its pods, in its words: none of them can be evicted then. Empty: it can. */
  readonly failure: string;
  /** Who wrote it last, its status apart; null where nobody is named. */
  readonly written: Write | null;
  // joined
  /** Names of other budgets that are about pods of it too, which then cannot be evicted. */
  overlaps: string;
}

/** policy/v1 PodDisruptionBudget. */
const PDB = message({
  metadata: part(1, WRITTEN_METADATA),
  spec: part(
    2,
    message({
      minAvailable: intOrString(1),
      selector: optionalPart(2, SELECTOR),
      maxUnavailable: intOrString(3),
      unhealthyPodEvictionPolicy: word(4),
    }),
  ),
  status: part(
    3,
    message({
      observedGeneration: count(1),
      disruptionsAllowed: count(3),
      currentHealthy: count(4),
      desiredHealthy: count(5),
      expectedPods: count(6),
      conditions: parts(7, CONDITION),
    }),
  ),
});

/** The row of a pod disruption budget. */
function pdbRow({ metadata, spec, status }: Read<typeof PDB>): PdbRow {
  return {
    ...objectRow(metadata),
    minAvailable: spec.minAvailable,
    maxUnavailable: spec.maxUnavailable,
    selector: spec.selector === null ? '' : selectorText(spec.selector),
    hasSelector: spec.selector !== null,
    unhealthyPolicy: spec.unhealthyPodEvictionPolicy || 'IfHealthyBudget',
    allowed: status.disruptionsAllowed,
    healthy: status.currentHealthy,
    desired: status.desiredHealthy,
    expected: status.expectedPods,
    counted: status.observedGeneration >= metadata.generation,
    failure: failureOf(status.conditions),
    written: writesOf(metadata.managedFields).any,
    overlaps: '',
  };
}

/** The controller's way to fail safely: the condition is false for that reason, and all counts are left. */
function failureOf(conditions: Read<typeof PDB>['status']['conditions']): string {
  const told = conditions.find(({ type }) => type === 'DisruptionAllowed');
  if (told?.status !== 'False' || told.reason !== 'SyncFailed') return '';
  return told.message || told.reason;
}

/** Tells the pods that a budget is about. */
export function coveredBy({
  namespace,
  hasSelector,
  selector,
}: Pick<PdbRow, 'namespace' | 'hasSelector' | 'selector'>) {
  const takes = selecting(selector);
  return (pod: Pick<ObjectRow, 'namespace' | 'labels'>): boolean =>
    hasSelector && pod.namespace === namespace && takes(pod.labels);
}

/** A pod as the eviction API looks at it. */
export type Evictable = Pick<PodRow, 'namespace' | 'labels' | 'phase' | 'deleting' | 'isReady'>;

/**
 * Tells the pods that cannot be evicted now for a budget. Rule: the eviction subresource: what has not
 * begun, has ended or is being deleted may always go; what runs and is not ready may where the budget's
 * policy lets it (AlwaysAllow), or where as many are healthy as must be.
 */
export function heldBy(pdb: PdbRow): (pod: Evictable) => boolean {
  const isAbout = coveredBy(pdb);
  const { allowed, desired, healthy, unhealthyPolicy } = pdb;
  const letsUnready = unhealthyPolicy === 'AlwaysAllow' || (desired > 0 && healthy >= desired);
  return (pod) =>
    allowed < 1 &&
    pod.phase === 'Running' &&
    pod.deleting === 0 &&
    (pod.isReady || !letsUnready) &&
    isAbout(pod);
}

export const pdbs = objectTable({
  kind: {
    group: 'policy',
    version: 'v1',
    resource: 'poddisruptionbudgets',
    kind: 'PodDisruptionBudget',
    namespaced: true,
  },
  message: PDB,
  row: pdbRow,
  keepsGone: false,
});
