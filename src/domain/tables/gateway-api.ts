/**
 * What the kinds of Gateway API have in common. Custom resources come as JSON alone: the numbers of
 * their fields only tell them apart.
 */
import { explained } from '../../core/words.ts';
import type { KindRef } from '../kind-ref.ts';
import { optionalInt, parts, prose, word } from '../wire/field.ts';
import { message, type Read } from '../wire/message.ts';

/** The kinds' group, and the version that is read: both controllers of AWS need it. */
export const GATEWAY_API: Pick<KindRef, 'group' | 'version'> = {
  group: 'gateway.networking.k8s.io',
  version: 'v1',
};

const JUDGEMENT = message({
  type: word(1),
  status: word(2),
  reason: word(3),
  message: prose(4),
  observedGeneration: optionalInt(5),
});

/** Conditions, each with the generation of the object that it is about. */
export const JUDGEMENTS = parts(1, JUDGEMENT);

type Judgement = Read<typeof JUDGEMENT>;

/** What a controller says of an object as it is now, in one condition. */
export interface Verdict {
  /** `True`, `False` or `Unknown`; empty before anybody has said anything of what it is now. */
  readonly status: string;
  /** One word, e.g. `NotAllowedByListeners`; may be empty. */
  readonly reason: string;
  readonly message: string;
  /** What was said of it before it was changed last, where nothing is said since; else empty. */
  readonly before: string;
}

/** Where nobody has said anything so far. */
export const UNJUDGED: Verdict = { status: '', reason: '', message: '', before: '' };

/**
 * What is said in the condition of a type.
 *
 * @param generation of the object: what a condition says of an older one is out of date. Controllers
 *   that do not tell what they looked at are taken at their word.
 */
export function verdictOf(
  conditions: readonly Judgement[],
  type: string,
  generation: number,
): Verdict {
  const found = conditions.find((each) => each.type === type);
  if (found === undefined) return UNJUDGED;
  const { status, reason, message: words, observedGeneration: observed } = found;
  if (observed !== null && observed < generation) return { ...UNJUDGED, before: status };
  return { status, reason, message: words, before: '' };
}

/** When an object was changed that is judged. */
export interface Changed {
  /** When its spec was written last, as its managedFields tell (ms); 0 where they do not. */
  readonly changed: number;
}

/** Whether it was changed since it was judged. */
export const isStale = ({ before }: Verdict): boolean => before !== '';

/** A verdict in words: `NoMatchingParent: no listener of that name`; empty where it says nothing. */
export const wordsOf = ({ reason, message: words }: Verdict): string => explained(reason, words);
