import { describe, expect, it } from 'vitest';
import { byFargate, byPodIdentity, byWebIdentity } from '../../../src/domain/role-taker.ts';
import { trustAnswer, type TrustRequest } from '../../../src/domain/trust-answer.ts';
import {
  parseTrust,
  trustDocument,
  type TrustStatement,
} from '../../../src/domain/trust-policy.ts';

const host = 'oidc.eks.eu-central-1.amazonaws.com/id/ABC';
const provider = `arn:aws:iam::111122223333:oidc-provider/${host}`;
const clusterArn = 'arn:aws:eks:eu-central-1:111122223333:cluster/prod';
const account = { namespace: 'shop', serviceAccount: 'api' };
const irsa = byWebIdentity({ provider, ...account, audience: 'sts.amazonaws.com' });
const pods = byPodIdentity({ clusterArn, ...account, sessionTags: true });
const untagged = byPodIdentity({ clusterArn, ...account, sessionTags: false });
const fargate = byFargate(clusterArn, 'jobs');

const ask = (request: TrustRequest, ...statements: readonly TrustStatement[]) =>
  trustAnswer({ Statement: statements }, request);
const when = (statement: TrustStatement, Condition: unknown): TrustStatement => ({
  ...statement,
  Condition,
});
const sub = (operator: string, value: string): TrustStatement =>
  when(irsa.statement, { [operator]: { [`${host}:sub`]: value } });

describe('a role', () => {
  it.each([
    ['a service account by its token', irsa],
    ['one by Pod Identity', pods],
    ['one by Pod Identity without tags', untagged],
    ['a Fargate profile', fargate],
  ])('trusts %s by the statement that is made for it', (_who, { request, statement }) => {
    expect(ask(request, statement)).toEqual({ trusts: 'yes', why: '' });
  });

  it.each([
    ['a service account by its token', irsa],
    ['one by Pod Identity', pods],
  ])('made for %s is for that account alone', (_who, { statement }) => {
    const other = { namespace: 'shop', serviceAccount: 'web' };
    const web = byWebIdentity({ provider, ...other, audience: 'sts.amazonaws.com' });
    const pod = byPodIdentity({ clusterArn, ...other, sessionTags: true });
    for (const { request } of [web, pod]) expect(ask(request, statement).trusts).toBe('no');
  });

  it.each<[string, Partial<TrustStatement>, string]>([
    ['an action with a star', { Action: ['sts:*'] }, ''],
    ['all actions but one', { Action: undefined, NotAction: 'sts:TagSession' }, ''],
    ['all but this', { Action: undefined, NotAction: 'sts:*' }, 'no statement allows sts:'],
    [
      'another provider',
      { Principal: { Federated: `${provider}2` } },
      `it trusts ${provider}2, not`,
    ],
    ['nobody', { Principal: null }, 'it trusts no provider'],
    ['a number', { Principal: 5 }, 'it trusts no provider'],
    ['a list of anything', { Principal: { Federated: [null, 7, {}] } }, 'it trusts 7, not'],
    ['no action', { Action: null }, 'no statement allows'],
    ['actions of any type', { Action: [null, {}, 5] }, 'no statement allows'],
    ['a condition of null', { Condition: { StringEquals: null } }, ''],
    [
      'a value that is a number',
      { Condition: { StringEquals: { [`${host}:sub`]: 5 } } },
      'it wants',
    ],
  ])('that names %s is read as IAM reads it', (_what, change, words) => {
    const read = parseTrust(trustDocument([{ ...irsa.statement, ...change }]));
    const { trusts, why } = trustAnswer(read ?? { Statement: [] }, irsa.request);
    expect(trusts).toBe(words === '' ? 'yes' : 'no');
    expect(why).toContain(words);
  });

  it('that denies it is told apart: no statement that is added would help', () => {
    const deny = { ...irsa.statement, Effect: 'Deny' };
    expect(ask(irsa.request, irsa.statement, deny)).toEqual({
      trusts: 'denied',
      why: 'a statement denies it',
    });
    const others = { Effect: 'Deny', NotPrincipal: { Federated: provider }, Action: 'sts:*' };
    expect(ask(irsa.request, irsa.statement, others).trusts).toBe('yes');
    const elsewhere = when(deny, { NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } });
    expect(ask(irsa.request, irsa.statement, elsewhere)).toEqual({
      trusts: 'unknown',
      why: 'a statement may deny it: its condition on aws:SourceIp shows only when the role is taken',
    });
    const notHere = when(deny, { StringEquals: { [`${host}:sub`]: 'system:serviceaccount:x:y' } });
    expect(ask(irsa.request, irsa.statement, notHere).trusts).toBe('yes');
  });

  it('tells of the statement that comes nearest, and takes the one that allows most', () => {
    const other = { ...irsa.statement, Principal: { Federated: `${provider}2` } };
    const web = sub('StringEquals', 'system:serviceaccount:shop:web');
    expect(ask(irsa.request, other, web).why).toContain('sub is system:serviceaccount:shop:api');
    const within = when(irsa.statement, { StringEquals: { 'aws:SourceVpc': 'vpc-1' } });
    expect(ask(irsa.request, web, within).trusts).toBe('unknown');
    expect(ask(irsa.request, web, within, irsa.statement).trusts).toBe('yes');
  });

  it('has to allow every action of the request', () => {
    const half = { ...pods.statement, Action: 'sts:AssumeRole' };
    expect(ask(pods.request, half).why).toBe('no statement allows sts:TagSession');
    expect(ask(pods.request, half, { ...half, Action: 'sts:TagSession' }).trusts).toBe('yes');
  });
});

describe('a condition', () => {
  it.each([
    ['StringLike', 'system:serviceaccount:shop:*', 'yes', ''],
    ['StringEquals', 'system:serviceaccount:shop:*', 'no', 'StringLike is meant'],
    ['StringEquals', 'shop:api', 'no', `${host}:sub is system:serviceaccount:shop:api`],
    ['StringNotEquals', 'system:serviceaccount:shop:api', 'no', 'it wants StringNotEquals'],
    ['StringNotLike', 'system:serviceaccount:kube-system:*', 'yes', ''],
    ['StringEqualsIgnoreCase', 'SYSTEM:serviceaccount:shop:api', 'yes', ''],
    ['ForAnyValue:StringEquals', 'system:serviceaccount:shop:api', 'yes', ''],
    ['StringEquals', 'system:serviceaccount:${aws:PrincipalTag/ns}:api', 'unknown', 'a variable'],
    ['NumericEquals', '5', 'unknown', 'is not known here'],
    ['toString', 'x', 'unknown', 'is not known here'],
    ['Null', 'true', 'no', 'to be absent'],
    ['Null', 'false', 'yes', ''],
  ])('%s %s is %s', (operator, value, trusts, words) => {
    const answer = ask(irsa.request, sub(operator, value));
    expect(answer.trusts).toBe(trusts);
    expect(answer.why).toContain(words);
  });

  // What is said of a key that the request does not have, by IAM's rules for each operator.
  it.each([
    ['StringEquals', 'no'],
    ['StringEqualsIfExists', 'yes'],
    ['StringNotEquals', 'yes'],
    ['ForAllValues:StringEquals', 'yes'],
    ['ForAnyValue:StringNotEquals', 'no'],
  ])('%s on what the request does not carry is %s', (operator, trusts) => {
    const strange = when(irsa.statement, { [operator]: { 'oidc.example.com:sub': 'x' } });
    expect(ask(irsa.request, strange).trusts).toBe(trusts);
    const absent = when(irsa.statement, { Null: { 'aws:RequestTag/team': 'true' } });
    expect(ask(irsa.request, absent).trusts).toBe('yes');
  });

  it.each([
    ['kubernetes-namespace', 'shop', 'yes'],
    ['kubernetes-namespace', 'other', 'no'],
    ['eks-cluster-name', 'prod', 'yes'],
    ['eks-cluster-name', 'dev', 'no'],
    ['kubernetes-pod-name', 'api-0', 'unknown'],
    ['team', 'red', 'no'],
  ])('on the session tag %s = %s is %s', (tag, value, trusts) => {
    const tagged = when(pods.statement, { StringEquals: { [`aws:RequestTag/${tag}`]: value } });
    expect(ask(pods.request, tagged).trusts).toBe(trusts);
    // An association may put no tags on.
    expect(ask(untagged.request, tagged).trusts).toBe('no');
  });

  it.each([
    ['ArnLike', 'arn:aws:eks:eu-central-1:111122223333:fargateprofile/prod/*', 'yes'],
    ['ArnEquals', 'arn:aws:eks:*:111122223333:fargateprofile/prod/jobs/*', 'yes'],
    ['ArnLike', 'arn:aws:eks:eu-central-1:111122223333:fargateprofile/other/*', 'no'],
    ['ArnLike', 'arn:aws:eks:us-east-1:111122223333:fargateprofile/prod/*', 'no'],
    // A star does not go past a colon.
    ['ArnLike', 'arn:aws:eks:*:fargateprofile/prod/*', 'no'],
    ['ArnNotLike', 'arn:aws:eks:*:*:fargateprofile/other/*', 'yes'],
    ['StringEquals', 'arn:aws:eks:eu-central-1:111122223333:fargateprofile/prod/*', 'no'],
  ])('%s on %s is %s for a profile', (operator, arn, trusts) => {
    const source = when(fargate.statement, { [operator]: { 'AWS:SourceArn': arn } });
    expect(ask(fargate.request, source).trusts).toBe(trusts);
  });
});
