import { parseQuantity } from '../../core/quantity.ts';
import type { ObjectRow } from '../row.ts';
import { optionalInt, part, parts, quantities, word, words } from '../wire/field.ts';
import { CONDITIONS } from '../wire/conditions.ts';
import { message, type Read } from '../wire/message.ts';
import { METADATA, objectRow } from '../wire/metadata.ts';
import { objectTable } from './define.ts';
import { readinessOf, REQUIREMENTS, requirementText, type Readiness } from './karpenter.ts';

export interface NodePoolRow extends ObjectRow, Readiness {
  readonly nodeClass: string;
  /** `EC2NodeClass` of Karpenter, `NodeClass` of Auto Mode; empty where it is not named. */
  readonly nodeClassKind: string;
  /** Pools of a higher weight are tried first; null: 0. */
  readonly weight: number | null;
  /** What its nodes have together, and may at most, by resource; quantities as they are written. */
  readonly used: Readonly<Record<string, string>>;
  readonly limits: Readonly<Record<string, string>>;
  /** The resource of which it may have no more; empty: none. */
  readonly atLimit: string;
  readonly nodes: number;
  /** e.g. `WhenEmpty`. */
  readonly consolidation: string;
  /** e.g. `1m`, `Never`. */
  readonly consolidateAfter: string;
  /** How many nodes may be disrupted at once, in words. */
  readonly budgets: readonly string[];
  /** What its nodes are like, in words. */
  readonly requirements: readonly string[];
  /** How old a node may become: `720h`, `Never`. */
  readonly expireAfter: string;
}

const BUDGET = message({ nodes: word(1), schedule: word(2), duration: word(3), reasons: words(4) });

/** karpenter.sh/v1 NodePool. */
const NODE_POOL = message({
  metadata: part(1, METADATA),
  spec: part(
    2,
    message({
      weight: optionalInt(1),
      limits: quantities(2),
      disruption: part(
        3,
        message({
          consolidationPolicy: word(1),
          consolidateAfter: word(2),
          budgets: parts(3, BUDGET),
        }),
      ),
      template: part(
        4,
        message({
          spec: part(
            1,
            message({
              requirements: REQUIREMENTS,
              nodeClassRef: part(1, message({ name: word(1), kind: word(2) })),
              expireAfter: word(3),
            }),
          ),
        }),
      ),
    }),
  ),
  status: part(3, message({ conditions: CONDITIONS, resources: quantities(2) })),
});

/** The row of a node pool. */
function nodePoolRow({ metadata, spec, status }: Read<typeof NODE_POOL>): NodePoolRow {
  const { weight, limits, disruption, template } = spec;
  const used = status.resources;
  const amount = (text: string | undefined): number => parseQuantity(text ?? '') ?? 0;
  const full = Object.keys(limits).find((each) => amount(used[each]) >= amount(limits[each]));
  return {
    ...objectRow(metadata),
    ...readinessOf(status.conditions, ['ValidationSucceeded', 'NodeClassReady']),
    nodeClass: template.spec.nodeClassRef.name,
    nodeClassKind: template.spec.nodeClassRef.kind,
    weight,
    used,
    limits,
    atLimit: full ?? '',
    nodes: amount(used['nodes']),
    consolidation: disruption.consolidationPolicy,
    consolidateAfter: disruption.consolidateAfter,
    budgets: disruption.budgets.map(budgetText),
    requirements: template.spec.requirements.map(requirementText),
    expireAfter: template.spec.expireAfter,
  };
}

/** `10%`; `0 at 0 8 * * 1-5 for 10h`; `5 where Drifted`. */
function budgetText({ nodes, schedule, duration, reasons }: Read<typeof BUDGET>): string {
  const when = schedule === '' ? '' : ` at ${schedule} for ${duration}`;
  return `${nodes}${when}${reasons.length === 0 ? '' : ` where ${reasons.join(' or ')}`}`;
}

export const nodepools = objectTable({
  kind: {
    group: 'karpenter.sh',
    version: 'v1',
    resource: 'nodepools',
    kind: 'NodePool',
    namespaced: false,
  },
  message: NODE_POOL,
  row: nodePoolRow,
  keepsGone: false,
  optional: true,
});
