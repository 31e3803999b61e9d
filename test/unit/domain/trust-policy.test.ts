import { describe, expect, it } from 'vitest';
import {
  parseTrust,
  POD_IDENTITY_STATEMENT,
  providerArn,
  trustDocument,
  trustLength,
  trustsService,
  webIdentityStatement,
  whyNoWebIdentity,
  withStatement,
  type TrustStatement,
} from '../../../src/domain/trust-policy.ts';

const issuer = 'https://oidc.eks.eu-central-1.amazonaws.com/id/ABC';
const provider = providerArn('aws', '111122223333', issuer);
const host = 'oidc.eks.eu-central-1.amazonaws.com/id/ABC';
const api = { provider, namespace: 'shop', serviceAccount: 'api', audience: 'sts.amazonaws.com' };

const statement = (change: Partial<TrustStatement>): TrustStatement => ({
  ...webIdentityStatement(api),
  ...change,
});
const why = (...statements: readonly TrustStatement[]): string =>
  whyNoWebIdentity({ Statement: statements }, api);
const when = (operator: string, sub: string): TrustStatement =>
  statement({ Condition: { [operator]: { [`${host}:sub`]: sub } } });

describe('a role that a service account may take', () => {
  it('is one with the statement that is made for it', () => {
    expect(provider).toBe(`arn:aws:iam::111122223333:oidc-provider/${host}`);
    expect(why(webIdentityStatement(api))).toBe('');
    expect(why(when('StringLike', 'system:serviceaccount:shop:*'))).toBe('');
    expect(why(statement({ Action: ['sts:*'] }))).toBe('');
  });

  it('is not one that trusts another cluster', () => {
    const other = provider.replace('ABC', 'OLD');
    expect(why(statement({ Principal: { Federated: other } }))).toBe(
      `it trusts ${other}, not ${provider}`,
    );
  });

  it.each([
    ['StringEquals', 'system:serviceaccount:shop:web', 'it wants StringEquals'],
    ['StringEquals', 'system:serviceaccount:shop:*', 'StringLike is meant'],
    ['StringEquals', 'shop:api', `${host}:sub is system:serviceaccount:shop:api`],
    ['ArnLike', 'x', 'is not known here'],
    ['toString', 'x', 'is not known here'],
  ])('is not one that says %s %s', (operator, sub, words) => {
    expect(why(when(operator, sub))).toContain(words);
  });

  it.each<[Partial<Record<keyof TrustStatement, unknown>>, string]>([
    [{ Condition: { Bool: { 'aws:SecureTransport': true } } }, 'its condition Bool on'],
    [{ Condition: { StringEquals: { [`${host}:sub`]: 5 } } }, 'it wants StringEquals 5'],
    [{ Condition: { StringEquals: { [`${host}:sub`]: null } } }, 'it wants StringEquals'],
    [{ Condition: { StringEquals: null } }, ''],
    [{ Condition: { StringLike: { [`${host}:sub`]: [null, {}, 'system:*'] } } }, ''],
    [{ Principal: null }, 'it trusts no provider'],
    [{ Principal: 5 }, 'it trusts no provider'],
    [{ Principal: { Federated: [null, 7, {}] } }, 'it trusts 7, not'],
    [{ Action: null }, 'no statement allows'],
    [{ Action: [null, {}, 5] }, 'no statement allows'],
  ])('is read with values of any type: %j', (change, words) => {
    const document = trustDocument([{ ...webIdentityStatement(api), ...change }]);
    const policy = parseTrust(document);
    if (policy === null) throw new Error('no policy');
    const said = whyNoWebIdentity(policy, api);
    if (words === '') expect(said).toBe('');
    else expect(said).toContain(words);
    expect(trustsService(policy, 'pods.eks.amazonaws.com', ['sts:AssumeRole'])).toBe(false);
  });

  it('is not one for another audience, or denied', () => {
    const aud = statement({ Condition: { StringEquals: { [`${host}:aud`]: 'other' } } });
    expect(why(aud)).toContain(`${host}:aud is sts.amazonaws.com`);
    expect(why(webIdentityStatement(api), statement({ Effect: 'Deny' }))).toBe(
      'a statement denies it',
    );
    expect(why()).toBe('no statement allows sts:AssumeRoleWithWebIdentity');
  });

  it('tells of the statement that comes nearest', () => {
    const other = statement({ Principal: { Federated: provider.replace('ABC', 'OLD') } });
    expect(why(other, when('StringEquals', 'system:serviceaccount:shop:web'))).toContain('sub is');
  });
});

describe('a trust policy', () => {
  it('keeps what it has when a statement is added', () => {
    const before = '{"Version":"2012-10-17","Id":"mine","Statement":{"Sid":"a","Effect":"Allow"}}';
    const policy = parseTrust(before);
    const after = policy && withStatement(policy, POD_IDENTITY_STATEMENT);
    expect(JSON.parse(after ?? '')).toEqual({
      Version: '2012-10-17',
      Id: 'mine',
      Statement: [{ Sid: 'a', Effect: 'Allow' }, POD_IDENTITY_STATEMENT],
    });
  });

  it('is counted as IAM counts it, and read only where it is one', () => {
    expect(trustLength('{ "a": 1 }\n')).toBe(7);
    expect(parseTrust('no')).toBeNull();
    expect(parseTrust('{"Statement":["x"]}')).toBeNull();
  });

  it('says which services may take the role', () => {
    const policy = parseTrust(trustDocument([POD_IDENTITY_STATEMENT]));
    const actions = ['sts:AssumeRole', 'sts:TagSession'];
    expect(policy && trustsService(policy, 'pods.eks.amazonaws.com', actions)).toBe(true);
    expect(policy && trustsService(policy, 'ec2.amazonaws.com', actions)).toBe(false);
  });
});
