/**
 * What the kinds of Gateway API have in common. Custom resources come as JSON alone: the numbers of
 * their fields only tell them apart.
 */
import type { KindRef } from '../kind-ref.ts';
import type { Condition } from '../row.ts';

/** The kinds' group, and the version that is read: both controllers of AWS need it. */
export const GATEWAY_API: Pick<KindRef, 'group' | 'version'> = {
  group: 'gateway.networking.k8s.io',
  version: 'v1',
};

/** What a controller says of an object, in one condition. */
export interface Verdict {
  /** `True`, `False` or `Unknown`; empty before anybody has said anything. */
  readonly status: string;
  /** One word, e.g. `NotAllowedByListeners`; may be empty. */
  readonly reason: string;
  readonly message: string;
}

/** What is said in the condition of a type. */
export function verdictOf(conditions: readonly Condition[], type: string): Verdict {
  const found = conditions.find((each) => each.type === type);
  return {
    status: found?.status ?? '',
    reason: found?.reason ?? '',
    message: found?.message ?? '',
  };
}

/** A verdict in words: `NoMatchingParent: no listener of that name`; empty where it says nothing. */
export const wordsOf = ({ reason, message }: Verdict): string =>
  [reason, message].filter((text) => text !== '').join(': ');
