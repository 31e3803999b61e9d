/** Trust policies of IAM roles as documents: who may become the role. */

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
  readonly NotPrincipal?: unknown;
  readonly Action?: unknown;
  readonly NotAction?: unknown;
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

/** Host and path of the issuer that a provider is for, as condition keys begin. */
export const hostOf = (provider: string): string =>
  provider.slice(provider.indexOf(':oidc-provider/') + 15);
