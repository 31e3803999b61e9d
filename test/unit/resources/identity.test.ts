import { describe, expect, it } from 'vitest';
import { plain } from '../../../src/core/styled.ts';
import { AwsFault } from '../../../src/domain/aws-fault.ts';
import { policyStatements } from '../../../src/domain/iam-policy.ts';
import { byPodIdentity, byWebIdentity } from '../../../src/domain/role-taker.ts';
import { providerArn, trustDocument } from '../../../src/domain/trust-policy.ts';
import type { Asking } from '../../../src/resources/define.ts';
import { identityQuestions, type Identified } from '../../../src/resources/describe/identity.ts';

const EKS = {
  name: 'prod',
  arn: 'arn:aws:eks:eu-central-1:111122223333:cluster/prod',
  profile: '',
  region: 'eu-central-1',
};
const ISSUER = 'https://oidc.eks.eu-central-1.amazonaws.com/id/AB';
const ROLE = 'arn:aws:iam::111122223333:role/api';
const POLICY = 'arn:aws:iam::111122223333:policy/api';
const provider = providerArn('aws', '111122223333', ISSUER);
const trusting = (serviceAccount: string) =>
  trustDocument([
    byWebIdentity({
      ...{ provider, namespace: 'shop', serviceAccount, audience: 'sts.amazonaws.com' },
    }).statement,
  ]);
const DOCUMENT = JSON.stringify({
  Statement: [
    { Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: 'arn:aws:s3:::shop/*' },
    {
      Effect: 'Deny',
      NotAction: 'kms:*',
      Resource: '*',
      Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-central-1' } },
    },
  ],
});

/** What AWS answers; a string denies the call. */
function answers(changed: Readonly<Record<string, unknown>> = {}) {
  const calls: string[] = [];
  const all: Readonly<Record<string, unknown>> = {
    'eks:ListPodIdentityAssociations': { associations: [] },
    'eks:DescribePodIdentityAssociation': {
      association: { associationId: 'a-1', roleArn: ROLE },
    },
    'eks:DescribeCluster': { cluster: { identity: { oidc: { issuer: ISSUER } } } },
    'iam:GetOpenIDConnectProvider': { Url: ISSUER, ClientIDList: ['sts.amazonaws.com'] },
    'iam:GetRole': { Role: { Arn: ROLE, AssumeRolePolicyDocument: trusting('api') } },
    'iam:ListAttachedRolePolicies': {
      AttachedPolicies: [{ PolicyName: 'api', PolicyArn: POLICY }],
    },
    'iam:GetPolicy': { Policy: { DefaultVersionId: 'v3' } },
    'iam:GetPolicyVersion': { PolicyVersion: { Document: DOCUMENT } },
    'iam:ListRolePolicies': { PolicyNames: ['extra'] },
    'iam:GetRolePolicy': { PolicyDocument: DOCUMENT },
    ...changed,
  };
  const call = (action: string) => {
    calls.push(action);
    const answer = all[action];
    return typeof answer === 'string'
      ? Promise.reject(new AwsFault('denied', `needs ${action}`, '', { code: answer, action }))
      : Promise.resolve(answer);
  };
  return { calls, ask: { eks: EKS, query: {}, call } as unknown as Asking };
}

const who: Identified = { namespace: 'shop', account: 'api', annotation: ROLE, nodeRole: null };

async function told(
  changed: Readonly<Record<string, unknown>> = {},
  given: Partial<Identified> = {},
) {
  const { ask, calls } = answers(changed);
  const questions = identityQuestions<Identified>((row) => row);
  const sections = await questions.sections({ ...who, ...given }, ask);
  const lines = sections.flatMap((section) =>
    section.lines.map((line) =>
      typeof line !== 'string' && typeof line[0] === 'string'
        ? `${line[0]} ${plain(line[1] as never)}`.trim()
        : plain(line as never),
    ),
  );
  for (const call of calls) expect(questions.iam).toContain(call);
  return lines.join('\n');
}

describe('the role that an account becomes', () => {
  it('is that of its annotation, which trusts it, with what its policies say', async () => {
    const text = await told();
    expect(text).toContain(`Runs as ${ROLE}`);
    expect(text).toContain('by the annotation of shop/api (IRSA)');
    expect(text).toContain('✓ the OIDC provider of the cluster is there');
    expect(text).toContain(`✓ the role ${ROLE} trusts the account`);
    expect(text).toContain('api allow s3:GetObject, s3:PutObject on arn:aws:s3:::shop/*');
    expect(text).toContain('deny all but kms:* on *  if aws:RequestedRegion');
    expect(text).toContain('extra (inline) allow');
  });

  it('does not trust it, and says what differs', async () => {
    const Role = { Arn: ROLE, AssumeRolePolicyDocument: trusting('web') };
    expect(await told({ 'iam:GetRole': { Role } })).toMatch(/✗ the role .* does not trust/);
  });

  it('is that of its association, before any annotation', async () => {
    const taker = byPodIdentity({
      ...{ clusterArn: EKS.arn, namespace: 'shop', serviceAccount: 'api', sessionTags: true },
    });
    const Role = { Arn: ROLE, AssumeRolePolicyDocument: trustDocument([taker.statement]) };
    const text = await told(
      {
        'eks:ListPodIdentityAssociations': { associations: [{ associationId: 'a-1' }] },
        'iam:GetRole': { Role },
      },
      { annotation: '' },
    );
    expect(text).toContain('by Pod Identity association a-1');
    expect(text).toContain(`✓ the role ${ROLE} trusts the account`);
  });

  it('is that of the node where the account has none', async () => {
    const node = 'arn:aws:iam::111122223333:role/node';
    const text = await told({}, { annotation: '', nodeRole: node });
    expect(text).toContain(`Runs as ${node}`);
    expect(text).toContain('as its node');
  });

  it('is not said to be that of the node where an association may give it another', async () => {
    const node = 'arn:aws:iam::111122223333:role/node';
    const denied = { 'eks:ListPodIdentityAssociations': 'AccessDenied' };
    const text = await told(denied, { annotation: '', nodeRole: node });
    expect(text).toContain('whether an association gives it a role is not known');
    expect(text).not.toContain(node);
  });

  it('of another account is not taken for one of that name in this account', async () => {
    const other = 'arn:aws:iam::999900001111:role/api';
    const text = await told({}, { annotation: other });
    expect(text).toContain(`Runs as ${other}`);
    expect(text).toContain(`· the role ${other} is of another account`);
    expect(text).toContain('? the role is of another account, which is not asked');
    expect(text).not.toMatch(/trusts the account|s3:GetObject|✗|bind the account/);
  });

  it('does not exist, which is said once of what it is and once of what it may do', async () => {
    const calls = ['iam:GetRole', 'iam:ListRolePolicies', 'iam:ListAttachedRolePolicies'];
    const text = await told(Object.fromEntries(calls.map((call) => [call, 'NoSuchEntity'])));
    expect(text).toContain(`✗ there is no role ${ROLE}`);
    expect(text.match(/there is no such role/g)).toHaveLength(1);
    expect(text).not.toContain('?');
  });

  it.each([
    'eks:ListPodIdentityAssociations',
    'eks:DescribeCluster',
    'iam:GetOpenIDConnectProvider',
    'iam:GetRole',
    'iam:ListAttachedRolePolicies',
    'iam:GetPolicyVersion',
    'iam:ListRolePolicies',
    'iam:GetRolePolicy',
  ])('is told as far as it can be without %s', async (action) => {
    const text = await told({ [action]: 'AccessDenied' });
    expect(text).toContain(`? needs ${action}`);
    expect(text).toContain(`Runs as ${ROLE}`);
  });
});

it.each(['', '7', '{}', '[]'])('%j is no policy', (document) => {
  expect(policyStatements(document)).toBeNull();
});
