/**
 * Trust policies of IAM roles: who may become the role. Read as IAM reads them, as far as service
 * accounts and EKS are concerned.
 */
import { object, text } from '../core/json.ts';
import { own } from '../core/own.ts';
import { matchesWildcard } from '../core/wildcard.ts';

/** Characters that a trust policy may have (IAM's default quota; spaces do not count). */
export const LONGEST_TRUST = 2048;

/**
 * A statement as it stands in the document; what is not named here is kept as it is. What somebody
 * wrote may be of any type: booleans and numbers where IAM takes them as text, or nothing sensible.
 */
export interface TrustStatement {
  readonly Sid?: unknown;
  readonly Effect?: unknown;
  readonly Principal?: unknown;
  readonly Action?: unknown;
  readonly Condition?: unknown;
}

/** A trust policy. */
export interface TrustPolicy {
  readonly Version?: string;
  readonly Statement: readonly TrustStatement[];
}

/** A service account as IAM sees it: by the cluster's OIDC provider. */
export interface WebIdentity {
  /** ARN of the provider. */
  readonly provider: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  /** `sts.amazonaws.com`, unless the account has it otherwise. */
  readonly audience: string;
}

/** The issuer without its scheme, as conditions and the provider's ARN name it. */
const issuerHost = (issuer: string): string => issuer.replace(/^https:\/\//, '');

/** The ARN of the provider of an issuer: it follows from account and issuer. */
export function providerArn(partition: string, account: string, issuer: string): string {
  return `arn:${partition}:iam::${account}:oidc-provider/${issuerHost(issuer)}`;
}

/** How tokens name a service account. */
const subjectOf = ({
  namespace,
  serviceAccount,
}: Pick<WebIdentity, 'namespace' | 'serviceAccount'>): string =>
  `system:serviceaccount:${namespace}:${serviceAccount}`;

/** Reads a document. Null where it is none. */
export function parseTrust(document: string): TrustPolicy | null {
  try {
    const read = JSON.parse(document) as Partial<TrustPolicy> | null;
    const statements: unknown = read?.Statement;
    if (statements === undefined || statements === null) return null;
    // IAM takes one statement without brackets.
    const list = Array.isArray(statements) ? statements : [statements];
    if (!list.every((each) => typeof each === 'object' && each !== null && !Array.isArray(each)))
      return null;
    return { ...read, Statement: list as readonly TrustStatement[] };
  } catch {
    return null;
  }
}

/** The statement that lets a service account become the role. */
export function webIdentityStatement(identity: WebIdentity): TrustStatement {
  const host = hostOf(identity.provider);
  return {
    Effect: 'Allow',
    Principal: { Federated: identity.provider },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: {
      StringEquals: {
        [`${host}:sub`]: subjectOf(identity),
        [`${host}:aud`]: identity.audience,
      },
    },
  };
}

/** The statement that lets the EKS Pod Identity agent become the role for pods. */
export const POD_IDENTITY_STATEMENT: TrustStatement = {
  Effect: 'Allow',
  Principal: { Service: 'pods.eks.amazonaws.com' },
  Action: ['sts:AssumeRole', 'sts:TagSession'],
};

/** The statement that lets Fargate start pods with the role. */
export const FARGATE_STATEMENT: TrustStatement = {
  Effect: 'Allow',
  Principal: { Service: 'eks-fargate-pods.amazonaws.com' },
  Action: 'sts:AssumeRole',
};

/** A document with these statements. */
export function trustDocument(statements: readonly TrustStatement[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

/** The same document with one statement more; all else in it stays. */
export function withStatement(policy: TrustPolicy, statement: TrustStatement): string {
  return JSON.stringify({ ...policy, Statement: [...policy.Statement, statement] });
}

/** Characters that count against IAM's quota. */
export const trustLength = (document: string): number => document.replaceAll(/\s/g, '').length;

/** Whether a service of AWS may take the role by these actions. */
export function trustsService(
  { Statement }: TrustPolicy,
  service: string,
  actions: readonly string[],
): boolean {
  return actions.every((action) =>
    Statement.some(
      (statement) =>
        statement.Effect === 'Allow' &&
        principals(statement, 'Service').includes(service) &&
        hasAction(statement, action),
    ),
  );
}

/**
 * Why a service account may not become the role, with what the policy says and what it would have
 * to say; empty where it may. Of several statements the one that comes nearest is told.
 */
export function whyNoWebIdentity({ Statement }: TrustPolicy, identity: WebIdentity): string {
  const action = 'sts:AssumeRoleWithWebIdentity';
  const reasons: string[] = [];
  let denied = '';
  for (const statement of Statement) {
    if (!hasAction(statement, action)) continue;
    const reason = mismatch(statement, identity);
    if (statement.Effect === 'Deny' && reason === '') denied = 'a statement denies it';
    if (statement.Effect !== 'Allow') continue;
    if (reason === '') reasons.unshift('');
    else reasons.push(reason);
  }
  if (denied !== '') return denied;
  if (reasons.length === 0) return `no statement allows ${action}`;
  if (reasons.includes('')) return '';
  // A condition that differs is nearer than a provider that does.
  return reasons.find((reason) => !reason.startsWith('it trusts')) ?? reasons[0] ?? '';
}

function mismatch(statement: TrustStatement, identity: WebIdentity): string {
  const federated = principals(statement, 'Federated');
  if (!federated.includes(identity.provider) && !federated.includes('*'))
    return `it trusts ${federated.join(', ') || 'no provider'}, not ${identity.provider}`;
  const host = hostOf(identity.provider);
  const values: Readonly<Record<string, string>> = {
    [`${host}:sub`]: subjectOf(identity),
    [`${host}:aud`]: identity.audience,
  };
  for (const [operator, conditions] of Object.entries(object(statement.Condition))) {
    for (const [key, wanted] of Object.entries(object(conditions))) {
      const reason = unmet(operator, key, texts(wanted), ownValue(values, key));
      if (reason !== '') return reason;
    }
  }
  return '';
}

/** Condition keys are told apart without regard to case. */
function ownValue(values: Readonly<Record<string, string>>, key: string): string | undefined {
  const found = Object.entries(values).find(([name]) => name.toLowerCase() === key.toLowerCase());
  return found?.[1];
}

function unmet(
  operator: string,
  key: string,
  wanted: readonly string[],
  value: string | undefined,
): string {
  const compare = own(COMPARISONS, operator.replace(/^(ForAnyValue|ForAllValues):/, ''));
  if (compare === undefined) return `its condition ${operator} on ${key} is not known here`;
  if (value === undefined) {
    if (operator.endsWith('IfExists')) return '';
    return `its condition is on ${key}, which a token of this cluster does not have`;
  }
  if (compare(wanted, value)) return '';
  const wild = operator === 'StringEquals' && wanted.some((each) => /[*?]/.test(each));
  const hint = wild ? ' (StringEquals takes * as it stands: StringLike is meant)' : '';
  return `${key} is ${value}, and it wants ${operator} ${wanted.join(' or ')}${hint}`;
}

type Comparison = (wanted: readonly string[], value: string) => boolean;

const equals: Comparison = (wanted, value) => wanted.includes(value);
const like: Comparison = (wanted, value) => wanted.some((each) => matchesWildcard(each, value));
const equalsLoosely: Comparison = (wanted, value) =>
  wanted.some((each) => each.toLowerCase() === value.toLowerCase());

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  StringEquals: equals,
  StringEqualsIfExists: equals,
  StringLike: like,
  StringLikeIfExists: like,
  StringEqualsIgnoreCase: equalsLoosely,
  StringNotEquals: (wanted, value) => !equals(wanted, value),
  StringNotLike: (wanted, value) => !like(wanted, value),
};

function hasAction({ Action }: TrustStatement, action: string): boolean {
  return texts(Action).some((each) => matchesWildcard(each.toLowerCase(), action.toLowerCase()));
}

function principals({ Principal }: TrustStatement, kind: string): readonly string[] {
  return typeof Principal === 'string' ? [Principal] : texts(object(Principal)[kind]);
}

/** One text or several; what is none counts for nothing. */
const texts = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).map(text).filter((each) => each !== '');

const hostOf = (provider: string): string =>
  provider.slice(provider.indexOf(':oidc-provider/') + 15);
