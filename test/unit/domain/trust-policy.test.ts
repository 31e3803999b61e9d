import { describe, expect, it } from 'vitest';
import {
  parseTrust,
  providerArn,
  trustLength,
  withStatement,
} from '../../../src/domain/trust-policy.ts';

const MORE = { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' } };

describe('a trust policy', () => {
  it('keeps what it has when a statement is added', () => {
    const before = '{"Version":"2012-10-17","Id":"mine","Statement":{"Sid":"a","Effect":"Allow"}}';
    const policy = parseTrust(before);
    const after = policy && withStatement(policy, MORE);
    expect(JSON.parse(after ?? '')).toEqual({
      Version: '2012-10-17',
      Id: 'mine',
      Statement: [{ Sid: 'a', Effect: 'Allow' }, MORE],
    });
  });

  it('is counted as IAM counts it, and read only where it is one', () => {
    expect(trustLength('{ "a": 1 }\n')).toBe(7);
    expect(parseTrust('no')).toBeNull();
    expect(parseTrust('{"Statement":["x"]}')).toBeNull();
  });

  it('names the provider of an issuer by account and issuer', () => {
    const issuer = 'https://oidc.eks.eu-central-1.amazonaws.com/id/ABC';
    expect(providerArn('aws', '111122223333', issuer)).toBe(
      'arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/ABC',
    );
  });
});
