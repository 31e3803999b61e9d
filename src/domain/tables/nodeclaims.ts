import type { ObjectRow } from '../row.ts';
import { part, quantities, text, word } from '../wire/field.ts';
import { CONDITIONS } from '../wire/conditions.ts';
import { message, type Read } from '../wire/message.ts';
import { METADATA, objectRow } from '../wire/metadata.ts';
import { objectTable } from './define.ts';
import { POOL, readinessOf, REQUIREMENTS, requirementText, type Readiness } from './karpenter.ts';

export interface NodeClaimRow extends ObjectRow, Readiness {
  /** How far it has come: `Launching`, `Registering`, `Initializing`, `Ready`. */
  readonly phase: string;
  /** Why it is to be replaced, in Karpenter's words: `AMIDrift`; empty: it is as its pool and class say. */
  readonly drift: string;
  readonly pool: string;
  readonly nodeClass: string;
  /** `EC2NodeClass` of Karpenter, `NodeClass` of Auto Mode; empty where it is not named. */
  readonly nodeClassKind: string;
  readonly instanceType: string;
  readonly zone: string;
  /** `spot`, `on-demand`, `reserved`; empty before it is launched. */
  readonly capacity: string;
  /** Its node; empty before that has registered. */
  readonly node: string;
  /** e.g. `i-0a1b2c`; empty before it is launched. */
  readonly instanceId: string;
  readonly image: string;
  /** What the pods that it was made for ask for, by resource. */
  readonly requests: Readonly<Record<string, string>>;
  readonly requirements: readonly string[];
}

/** karpenter.sh/v1 NodeClaim. */
const NODE_CLAIM = message({
  metadata: part(1, METADATA),
  spec: part(
    2,
    message({
      requirements: REQUIREMENTS,
      nodeClassRef: part(1, message({ name: word(1), kind: word(2) })),
      resources: part(3, message({ requests: quantities(1) })),
    }),
  ),
  status: part(
    3,
    message({
      conditions: CONDITIONS,
      nodeName: word(2),
      providerID: text(3),
      imageID: word(4),
    }),
  ),
});

const STEPS = [
  ['Launched', 'Launching'],
  ['Registered', 'Registering'],
  ['Initialized', 'Initializing'],
] as const;

/** The row of a node claim. */
function nodeClaimRow({ metadata, spec, status }: Read<typeof NODE_CLAIM>): NodeClaimRow {
  const { labels } = metadata;
  const isDone = (type: string): boolean =>
    status.conditions.some((each) => each.type === type && each.status === 'True');
  const drifted = status.conditions.find(({ type }) => type === 'Drifted');
  const [, phase = 'Ready'] = STEPS.find(([type]) => !isDone(type)) ?? [];
  return {
    ...objectRow(metadata),
    ...readinessOf(
      status.conditions,
      STEPS.map(([type]) => type),
    ),
    phase,
    drift: drifted?.status === 'True' ? drifted.reason || 'Drifted' : '',
    pool: labels[POOL] ?? '',
    nodeClass: spec.nodeClassRef.name,
    nodeClassKind: spec.nodeClassRef.kind,
    instanceType: labels['node.kubernetes.io/instance-type'] ?? '',
    zone: labels['topology.kubernetes.io/zone'] ?? '',
    capacity: labels['karpenter.sh/capacity-type'] ?? '',
    node: status.nodeName,
    instanceId: /\/(i-\w+)$/.exec(status.providerID)?.[1] ?? '',
    image: status.imageID,
    requests: spec.resources.requests,
    requirements: spec.requirements.map(requirementText),
  };
}

export const nodeclaims = objectTable({
  kind: {
    group: 'karpenter.sh',
    version: 'v1',
    resource: 'nodeclaims',
    kind: 'NodeClaim',
    namespaced: false,
  },
  message: NODE_CLAIM,
  row: nodeClaimRow,
  keepsGone: true,
  optional: true,
});
