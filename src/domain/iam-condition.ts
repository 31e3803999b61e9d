/**
 * Conditions of IAM policies, told from outside the call: what it carries is known in part, and what
 * is not known is said rather than guessed.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
import { object, text } from '../core/json.ts';
import { own } from '../core/own.ts';
import { matchesWildcard } from '../core/wildcard.ts';

/** What a call carries: values by condition keys in small letters; null: some that are not known. */
export type CallContext = ReadonlyMap<string, readonly string[] | null>;

/** Whether a condition holds; `unknown`: only the call itself shows it. */
export interface ConditionAnswer {
  readonly holds: 'yes' | 'no' | 'unknown';
  /** Why it does not, or cannot be told; empty where it holds. */
  readonly why: string;
}

const HOLDS: ConditionAnswer = { holds: 'yes', why: '' };
const no = (why: string): ConditionAnswer => ({ holds: 'no', why });
const unknown = (why: string): ConditionAnswer => ({ holds: 'unknown', why });

/** All of a statement's conditions have to hold; none at all do. */
export function conditionAnswer(condition: unknown, context: CallContext): ConditionAnswer {
  const answers = Object.entries(object(condition)).flatMap(([operator, keys]) =>
    Object.entries(object(keys)).map(([key, wanted]) =>
      answerOf(operator, key, texts(wanted), context),
    ),
  );
  const worst = (holds: ConditionAnswer['holds']): ConditionAnswer | undefined =>
    answers.find((each) => each.holds === holds);
  return worst('no') ?? worst('unknown') ?? HOLDS;
}

/** One text or several; what is none counts for nothing. */
export const texts = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).map(text).filter((each) => each !== '');

function answerOf(
  operator: string,
  key: string,
  wanted: readonly string[],
  context: CallContext,
): ConditionAnswer {
  const [, quantifier = '', name = '', lenient] =
    /^(?:(ForAnyValue|ForAllValues):)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  const values = valuesOf(key, context);
  if (values === null) return unknown(`its condition on ${key} shows only when the role is taken`);
  if (name === 'Null') {
    const wantsNone = wanted.some((each) => each.toLowerCase() === 'true');
    return wantsNone === (values === undefined)
      ? HOLDS
      : no(`it wants ${key} to be ${wantsNone ? 'absent' : 'there'}`);
  }
  const isNegated = /^(String|Arn|Numeric|Date)?Not/.test(name);
  if (values === undefined) {
    const holds =
      lenient !== undefined ||
      quantifier === 'ForAllValues' ||
      (isNegated && quantifier !== 'ForAnyValue');
    return holds ? HOLDS : no(`its condition is on ${key}, which the request does not carry`);
  }
  const matches = own(MATCHES, name.replace('Not', ''));
  if (matches === undefined)
    return unknown(`its condition ${operator} on ${key} is not known here`);
  if (wanted.some((each) => each.includes('${')))
    return unknown(`its condition on ${key} has a variable, which only the call fills in`);
  const fits = (value: string): boolean =>
    wanted.some((each) => matches(each, value)) !== isNegated;
  const holds = quantifier === 'ForAllValues' ? values.every(fits) : values.some(fits);
  if (holds) return HOLDS;
  const wild = name === 'StringEquals' && wanted.some((each) => /[*?]/.test(each));
  const hint = wild ? ' (StringEquals takes * as it stands: StringLike is meant)' : '';
  return no(
    `${key} is ${values.join(', ')}, and it wants ${operator} ${wanted.join(' or ')}${hint}`,
  );
}

/** Null: the call has a value that is not known; undefined: it has none. Keys are told apart without regard to case. */
function valuesOf(key: string, context: CallContext): readonly string[] | null | undefined {
  const name = key.toLowerCase();
  const values = context.get(name);
  if (values !== undefined) return values;
  // Tags and an external id are there only where the caller gives them.
  if (name.startsWith('aws:requesttag/') || name === 'sts:externalid') return undefined;
  return /^(aws|sts):/.test(name) ? null : undefined;
}

type Matches = (pattern: string, value: string) => boolean;

/** Each part of an ARN is matched by itself: a star does not go past a colon, but in the last. */
const matchesArn: Matches = (pattern, value) => {
  const [patterns, values] = [pattern, value].map((each) => {
    const parts = each.split(':');
    return [...parts.slice(0, 5), parts.slice(5).join(':')];
  });
  return (
    patterns?.length === values?.length &&
    (patterns ?? []).every((each, at) => matchesWildcard(each, values?.[at] ?? ''))
  );
};

/** What a wanted value matches, by the operator, without its Not. */
const MATCHES: Readonly<Record<string, Matches>> = {
  StringEquals: (pattern, value) => pattern === value,
  StringEqualsIgnoreCase: (pattern, value) => pattern.toLowerCase() === value.toLowerCase(),
  StringLike: matchesWildcard,
  ArnEquals: matchesArn,
  ArnLike: matchesArn,
};
