import type { ObjectRow } from '../row.ts';
import { selecting, selectorText } from '../selector.ts';
import { intOrString, optionalInt, optionalPart, part, parts, word, words } from '../wire/field.ts';
import { message, type Read } from '../wire/message.ts';
import { METADATA, objectRow } from '../wire/metadata.ts';
import { SELECTOR } from '../wire/pod-template.ts';
import { objectTable } from './define.ts';

/** What a policy lets through in one direction. */
export interface PolicyRule {
  /** Pods, namespaces and addresses in words, e.g. `pods app=web`; none: any. */
  readonly peers: readonly string[];
  /** e.g. `8080/TCP`, `32000-32768/TCP`, `metrics`; none: any. */
  readonly ports: readonly string[];
}

export interface NetworkPolicyRow extends ObjectRow {
  /** The label selector in its text form; empty: every pod of the namespace. */
  readonly selector: string;
  /** What may come in; no rule: nothing. Null: it says nothing of what comes in. */
  readonly ingress: readonly PolicyRule[] | null;
  /** What may go out, likewise. */
  readonly egress: readonly PolicyRule[] | null;
  // joined
  /** How many pods that have not ended it selects. */
  selected: number | null;
  /** How many of them are on Fargate, where nothing enforces policies. */
  onFargate: number | null;
  /** Who enforces policies in the cluster; empty: nobody; null: not known. */
  enforcer: string | null;
}

const PEER = message({
  podSelector: optionalPart(1, SELECTOR),
  namespaceSelector: optionalPart(2, SELECTOR),
  ipBlock: optionalPart(3, message({ cidr: word(1), except: words(2) })),
});

const PORT = message({ protocol: word(1), port: intOrString(2), endPort: optionalInt(3) });

/** networking.k8s.io/v1 NetworkPolicy. */
const NETWORK_POLICY = message({
  metadata: part(1, METADATA),
  spec: part(
    2,
    message({
      podSelector: part(1, SELECTOR),
      ingress: parts(2, message({ ports: parts(1, PORT), from: parts(2, PEER) })),
      egress: parts(3, message({ ports: parts(1, PORT), to: parts(2, PEER) })),
      policyTypes: words(4),
    }),
  ),
});

/** The row of a network policy. */
function networkPolicyRow({ metadata, spec }: Read<typeof NETWORK_POLICY>): NetworkPolicyRow {
  const { podSelector, ingress, egress, policyTypes } = spec;
  const isOf = (type: string, unsaid: boolean): boolean =>
    policyTypes.length === 0 ? unsaid : policyTypes.includes(type);
  return {
    ...objectRow(metadata),
    selector: selectorText(podSelector),
    // The API server writes the types; what leaves them to it is about what comes in.
    ingress: isOf('Ingress', true) ? ingress.map(({ from, ports }) => ruleOf(from, ports)) : null,
    egress: isOf('Egress', egress.length > 0)
      ? egress.map(({ to, ports }) => ruleOf(to, ports))
      : null,
    selected: null,
    onFargate: null,
    enforcer: null,
  };
}

function ruleOf(
  peers: readonly Read<typeof PEER>[],
  ports: readonly Read<typeof PORT>[],
): PolicyRule {
  return { peers: peers.map(peerText), ports: ports.map(portText) };
}

function peerText({ podSelector, namespaceSelector, ipBlock }: Read<typeof PEER>): string {
  if (ipBlock !== null) {
    const { cidr, except } = ipBlock;
    return except.length === 0 ? cidr : `${cidr} but not ${except.join(', ')}`;
  }
  const labels = podSelector === null ? '' : selectorText(podSelector);
  const pods = labels === '' ? '' : `pods ${labels}`;
  if (namespaceSelector === null) return pods || 'its namespace';
  return [pods, namespacesText(namespaceSelector)].filter(Boolean).join(' of ');
}

/** The label that every namespace has, by which one is meant by its name. */
const NAME = /^kubernetes\.io\/metadata\.name=([^,]+)$/;

function namespacesText(selector: Read<typeof SELECTOR>): string {
  const labels = selectorText(selector);
  const [, name] = NAME.exec(labels) ?? [];
  if (name !== undefined) return `namespace ${name}`;
  return labels === '' ? 'any namespace' : `namespaces ${labels}`;
}

function portText({ protocol, port, endPort }: Read<typeof PORT>): string {
  const range = endPort === null ? port : `${port}-${endPort}`;
  return `${range || 'any'}/${protocol || 'TCP'}`;
}

/** Tells the pods that a policy selects. */
export function policed({ namespace, selector }: Pick<NetworkPolicyRow, 'namespace' | 'selector'>) {
  const takes = selecting(selector);
  return (pod: Pick<ObjectRow, 'namespace' | 'labels'>): boolean =>
    pod.namespace === namespace && takes(pod.labels);
}

export const networkpolicies = objectTable({
  kind: {
    group: 'networking.k8s.io',
    version: 'v1',
    resource: 'networkpolicies',
    kind: 'NetworkPolicy',
    namespaced: true,
  },
  message: NETWORK_POLICY,
  row: networkPolicyRow,
  keepsGone: false,
});
