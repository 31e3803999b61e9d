import type { CallerPolicy } from '../iam.ts';
import { ApiError } from './api-error.ts';

/** Who an attempt is made by, as a statement's Principal names it. */
export interface Principal {
  readonly kind: 'Federated' | 'Service' | 'AWS';
  readonly value: string;
}

type OneOrMany = string | readonly string[] | undefined;

interface Statement {
  readonly Effect?: unknown;
  readonly Principal?: Readonly<Record<string, OneOrMany>> | '*';
  readonly Action?: OneOrMany;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, OneOrMany>>>>;
  readonly Resource?: unknown;
}

const listOf = (value: OneOrMany): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value;

const malformed = (message: string): ApiError =>
  new ApiError('MalformedPolicyDocument', 400, message);

/** The most characters of a trust policy, blanks apart. */
const LONGEST_TRUST = 2_048;

/** @throws {ApiError} for what IAM does not take as the trust policy of a role */
export function checkTrust(text: string): void {
  const size = text.replace(/\s+/g, '').length;
  if (size > LONGEST_TRUST) {
    throw new ApiError(
      'LimitExceeded',
      409,
      `Cannot exceed quota for ACLSizePerRole: ${LONGEST_TRUST}`,
    );
  }
  const statements = statementsOf(text);
  if (statements.length === 0) throw malformed('Syntax errors in policy.');
  for (const { Effect, Principal: principal, Action, Resource } of statements) {
    if (Effect !== 'Allow' && Effect !== 'Deny') throw malformed('Syntax errors in policy.');
    if (Resource !== undefined) throw malformed('Has prohibited field Resource');
    if (principal === undefined) throw malformed('Missing required field Principal');
    if (Action === undefined) throw malformed('Missing required field Action');
    if (listOf(Action).some((action) => !/^sts:/i.test(action))) {
      throw malformed('AssumeRole policy may only specify STS AssumeRole actions.');
    }
  }
}

function statementsOf(text: string): readonly Statement[] {
  let policy: unknown;
  try {
    policy = JSON.parse(text);
  } catch {
    throw malformed('This policy contains invalid Json');
  }
  if (typeof policy !== 'object' || policy === null || !('Statement' in policy)) {
    throw malformed('Syntax errors in policy.');
  }
  const given: unknown = policy.Statement;
  const statements: readonly unknown[] = Array.isArray(given) ? given : [given];
  return statements.filter((each): each is Statement => typeof each === 'object' && each !== null);
}

/** Whether a policy lets a principal do something; a Deny wins over every Allow. */
export function trusts(
  text: string,
  attempt: {
    readonly principal: Principal;
    readonly action: string;
    /** What conditions may look at; keys in lower case. */
    readonly context: Readonly<Record<string, string>>;
  },
): boolean {
  const fitting = statementsOf(text).filter(
    ({ Principal: principal, Action, Condition = {} }) =>
      names(principal, attempt.principal) &&
      listOf(Action).some((pattern) => like(pattern.toLowerCase(), attempt.action.toLowerCase())) &&
      Object.entries(Condition).every(([operator, keys]) =>
        Object.entries(keys).every(([key, wanted]) =>
          holds(operator, attempt.context[key.toLowerCase()], listOf(wanted)),
        ),
      ),
  );
  return fitting.length > 0 && fitting.every(({ Effect }) => Effect === 'Allow');
}

function names(principal: Statement['Principal'], { kind, value }: Principal): boolean {
  if (principal === undefined) return false;
  if (principal === '*') return kind === 'AWS';
  return listOf(principal[kind]).includes(value);
}

/** Operators of strings; one that is not known here never holds. */
function holds(operator: string, actual: string | undefined, wanted: readonly string[]): boolean {
  const name = operator.replace(/^(ForAnyValue|ForAllValues):/, '');
  if (actual === undefined) return name.endsWith('IfExists') || name.startsWith('StringNot');
  switch (name.replace(/IfExists$/, '')) {
    case 'StringEquals':
      return wanted.includes(actual);
    case 'StringEqualsIgnoreCase':
      return wanted.some((each) => each.toLowerCase() === actual.toLowerCase());
    case 'StringNotEquals':
      return !wanted.includes(actual);
    case 'StringLike':
    case 'ArnLike':
    case 'ArnEquals':
      return wanted.some((pattern) => like(pattern, actual));
    case 'StringNotLike':
      return !wanted.some((pattern) => like(pattern, actual));
    default:
      return false;
  }
}

/** `*` stands for any text, `?` for any one character. */
export function like(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(text);
}

/** What the caller's policy says of an action, in the words of SimulatePrincipalPolicy. */
export function decisionOf(
  { allow, deny }: CallerPolicy,
  action: string,
): 'allowed' | 'explicitDeny' | 'implicitDeny' {
  const fits = (pattern: string): boolean => like(pattern.toLowerCase(), action.toLowerCase());
  if (deny.some(fits)) return 'explicitDeny';
  return allow.some(fits) ? 'allowed' : 'implicitDeny';
}
