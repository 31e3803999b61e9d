/**
 * What Karpenter's kinds have in common. Custom resources come as JSON alone: the numbers of their
 * fields only tell them apart.
 */
import { own } from '../../core/own.ts';
import type { Condition } from '../row.ts';
import { parts, word, words } from '../wire/field.ts';
import { message, type Read } from '../wire/message.ts';

/** How an object is, by its conditions. */
export interface Readiness {
  /** `True`, `False` or `Unknown` of Ready; empty before there is one. */
  readonly ready: string;
  /** What is in the way, in the words of the condition that says it; else empty. */
  readonly trouble: string;
}

/** @param types the conditions that Ready follows from, as they come one after the other */
export function readinessOf(conditions: readonly Condition[], types: readonly string[]): Readiness {
  const failing = types
    .map((each) => conditions.find(({ type }) => type === each))
    .find((each) => each !== undefined && each.status !== 'True' && !isAwaited(each));
  return {
    ready: conditions.find(({ type }) => type === 'Ready')?.status ?? '',
    trouble: failing === undefined ? '' : `${failing.reason}: ${failing.message}`,
  };
}

/** It has not come to that yet. */
const isAwaited = ({ status, reason }: Condition): boolean =>
  status === 'Unknown' &&
  /^(|AwaitingReconciliation|DependenciesNotReady|NodeNotFound|NodeNotReady)$/.test(reason);

const REQUIREMENT = message({ key: word(1), operator: word(2), values: words(3) });

/** `spec.requirements` */
export const REQUIREMENTS = parts(2, REQUIREMENT);

/** Domains of labels that go without saying here. */
const DOMAINS = /^(karpenter\.sh|karpenter\.k8s\.aws|([\w.]+\.)?kubernetes\.io)\//;

const OPERATORS: Readonly<Record<string, string>> = {
  In: '',
  NotIn: 'not ',
  Gt: 'over ',
  Lt: 'under ',
  Exists: 'any',
  DoesNotExist: 'none',
};

/** A requirement in words: `capacity-type spot or on-demand`, `instance-generation over 5`. */
export function requirementText({ key, operator, values }: Read<typeof REQUIREMENT>): string {
  const how = own(OPERATORS, operator) ?? `${operator} `;
  return `${key.replace(DOMAINS, '')} ${how}${values.join(' or ')}`.trim();
}

/** The label that says which pool a node or a claim is of. */
export const POOL = 'karpenter.sh/nodepool';

/** What a selector found: `subnet-1 eu-central-1a`. */
export const foundText = (id: string, more: string): string => `${id} ${more}`.trim();
