import type { ObjectRow } from '../row.ts';
import { selecting, selectorText } from '../selector.ts';
import { count, intOrString, optionalPart, part, word } from '../wire/field.ts';
import { message, type Read } from '../wire/message.ts';
import { objectRow } from '../wire/metadata.ts';
import { SELECTOR } from '../wire/pod-template.ts';
import { WRITTEN_METADATA, writesOf, type Write } from '../wire/writes.ts';
import { objectTable } from './define.ts';

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
    written: writesOf(metadata.managedFields).any,
    overlaps: '',
  };
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
