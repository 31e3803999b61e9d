import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AwsDoor, AwsPort } from '../../../../src/ports/aws.ts';
import { addRole, providerArn } from '../../../../src/simulator/catalog/iam.ts';
import { PROPAGATION_MS, webIdentityTrust } from '../../../../src/simulator/iam.ts';
import type { EksCluster, Region } from '../../../../src/simulator/region.ts';
import { signServiceAccountToken } from '../../../../src/simulator/world/service-account-token.ts';
import { createAwsPort, NO_FILES } from '../../../../src/sources/aws/index.ts';
import { NOW, serveRegion, type TestAws, testRegion } from '../../../support/aws-region.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';

let region: Region;
let now: number;
let shop: EksCluster;
let aws: TestAws;
let port: AwsPort;
let door: AwsDoor;

beforeEach(async () => {
  ({ region, shop } = testRegion());
  now = NOW;
  aws = await serveRegion(region, { now: () => now });
  const clock = new VirtualClock();
  port = createAwsPort({ clock, random: () => 0.5, env: aws.env, files: NO_FILES });
  door = port.door({ profile: '', region: region.name }, () => false);
});
afterEach(async () => {
  port.close();
  await aws.close();
});

const API = 'system:serviceaccount:shop:api';
const trustOf = (...subjects: string[]): string =>
  webIdentityTrust(providerArn(region, shop), subjects);

describe('roles', () => {
  it('come with a cluster, and their trust can be read', async () => {
    const { Roles } = await door.call('iam:ListRoles', {});
    expect(Roles.map(({ RoleName }) => RoleName)).toEqual([
      'ShopOperator',
      'shop-cluster',
      'shop-fargate-pods',
      'shop-node',
      'shop-pod-identity',
    ]);
    const { Role } = await door.call('iam:GetRole', { RoleName: 'shop-fargate-pods' });
    expect(JSON.parse(Role.AssumeRolePolicyDocument)).toMatchObject({
      Statement: [{ Principal: { Service: 'eks-fargate-pods.amazonaws.com' } }],
    });
  });

  it('are made, trusted anew, given policies and taken away', async () => {
    const RoleName = 'api';
    const { Role } = await door.call('iam:CreateRole', {
      RoleName,
      Path: '/apps/',
      AssumeRolePolicyDocument: trustOf(API),
      Tags: [{ Key: 'team', Value: 'shop' }],
    });
    expect(Role).toMatchObject({
      Arn: 'arn:aws:iam::111122223333:role/apps/api',
      Tags: [{ Key: 'team', Value: 'shop' }],
    });
    await door.call('iam:UpdateAssumeRolePolicy', { RoleName, PolicyDocument: trustOf(API, 'b') });
    const PolicyArn = 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess';
    await door.call('iam:AttachRolePolicy', { RoleName, PolicyArn });
    await door.call('iam:AttachRolePolicy', { RoleName, PolicyArn });
    expect(
      (await door.call('iam:ListAttachedRolePolicies', { RoleName })).AttachedPolicies,
    ).toEqual([{ PolicyName: 'AmazonS3ReadOnlyAccess', PolicyArn }]);
    await expect(door.call('iam:DeleteRole', { RoleName })).rejects.toMatchObject({
      code: 'DeleteConflict',
    });
    await door.call('iam:DetachRolePolicy', { RoleName, PolicyArn });
    await door.call('iam:DeleteRole', { RoleName });
    await expect(door.call('iam:GetRole', { RoleName })).rejects.toMatchObject({
      code: 'NoSuchEntity',
      message: 'The role with name api cannot be found',
    });
  });

  it.each([
    ['{', 'MalformedPolicyDocument', 'This policy contains invalid Json'],
    [
      '{"Statement":[{"Effect":"Allow","Action":"sts:AssumeRole"}]}',
      'MalformedPolicyDocument',
      'Missing required field Principal',
    ],
    [
      '{"Statement":{"Effect":"Allow","Action":"s3:*","Principal":"*"}}',
      'MalformedPolicyDocument',
      'may only specify STS AssumeRole actions',
    ],
  ])('refuse %s as a trust policy', async (PolicyDocument, code, message) => {
    const call = door.call('iam:UpdateAssumeRolePolicy', { RoleName: 'shop-node', PolicyDocument });
    await expect(call).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message) as string,
    });
  });

  it('have a quota for what they trust, in which blanks do not count', async () => {
    const subjects = Array.from(
      { length: 32 },
      (_, i) => `system:serviceaccount:shop:api-${i}-${'x'.repeat(20)}`,
    );
    const long = trustOf(...subjects);
    const call = door.call('iam:UpdateAssumeRolePolicy', {
      RoleName: 'shop-node',
      PolicyDocument: long,
    });
    await expect(call).rejects.toMatchObject({
      code: 'LimitExceeded',
      message: expect.stringContaining('ACLSizePerRole: 2048') as string,
    });
    const blank = `${trustOf(API)}${' '.repeat(3_000)}`;
    await door.call('iam:UpdateAssumeRolePolicy', { RoleName: 'shop-node', PolicyDocument: blank });
  });
});

it('has providers of OIDC tokens', async () => {
  const known = { OpenIDConnectProviderArn: providerArn(region, shop) };
  const { Url, ClientIDList } = await door.call('iam:GetOpenIDConnectProvider', known);
  expect(`https://${Url}`).toBe(shop.oidcIssuer);
  expect(ClientIDList).toEqual(['sts.amazonaws.com']);
  const again = door.call('iam:CreateOpenIDConnectProvider', {
    Url: shop.oidcIssuer,
    ClientIDList,
  });
  await expect(again).rejects.toMatchObject({ code: 'EntityAlreadyExists' });
  region.iam.providers.clear();
  await expect(door.call('iam:GetOpenIDConnectProvider', known)).rejects.toMatchObject({
    code: 'NoSuchEntity',
  });
  expect(
    await door.call('iam:CreateOpenIDConnectProvider', {
      Url: shop.oidcIssuer,
      ClientIDList: ['a'],
    }),
  ).toEqual(known);
  await door.call('iam:AddClientIDToOpenIDConnectProvider', { ...known, ClientID: 'b' });
  expect((await door.call('iam:GetOpenIDConnectProvider', known)).ClientIDList).toEqual(['a', 'b']);
});

it('tells beforehand what the caller may do, and holds to it', async () => {
  region.callerPolicy = { allow: ['eks:*', 'iam:Sim*'], deny: ['eks:Delete*'] };
  const ActionNames = ['eks:ListAddons', 'eks:DeleteFargateProfile', 'iam:CreateRole'];
  const PolicySourceArn = 'arn:aws:iam::111122223333:role/ShopOperator';
  const { EvaluationResults } = await door.call('iam:SimulatePrincipalPolicy', {
    PolicySourceArn,
    ActionNames,
  });
  expect(EvaluationResults.map(({ EvalDecision }) => EvalDecision)).toEqual([
    'allowed',
    'explicitDeny',
    'implicitDeny',
  ]);
  await expect(
    door.call('iam:CreateRole', { RoleName: 'x', AssumeRolePolicyDocument: trustOf(API) }),
  ).rejects.toMatchObject({ kind: 'denied', message: 'needs iam:CreateRole' });
  const session = { PolicySourceArn: region.caller.arn, ActionNames };
  await expect(door.call('iam:SimulatePrincipalPolicy', session)).rejects.toMatchObject({
    code: 'InvalidInput',
  });
});

describe('a web identity', () => {
  const token = (more: {
    readonly aud?: string[];
    readonly exp?: number;
    readonly sub?: string;
  }) => {
    const seconds = NOW / 1_000;
    return signServiceAccountToken({
      iss: shop.oidcIssuer,
      sub: API,
      aud: ['sts.amazonaws.com'],
      iat: seconds,
      nbf: seconds,
      exp: seconds + 3_600,
      ...more,
    });
  };
  const prove = (WebIdentityToken: string, RoleArn = 'arn:aws:iam::111122223333:role/api') =>
    door.call('sts:AssumeRoleWithWebIdentity', {
      RoleArn,
      RoleSessionName: 'proof',
      WebIdentityToken,
    });
  beforeEach(() => {
    addRole(region.iam, region.accountId, 'api', trustOf(API), { createdAt: NOW });
  });

  it('becomes the role that trusts it', async () => {
    expect(await prove(token({}))).toMatchObject({
      AssumedRoleUser: { Arn: 'arn:aws:sts::111122223333:assumed-role/api/proof' },
      SubjectFromWebIdentityToken: API,
      Audience: 'sts.amazonaws.com',
      Provider: providerArn(region, shop),
    });
  });

  it('is trusted by a new role some seconds after it was made, as IAM takes its time', async () => {
    const RoleName = 'late';
    const { Role } = await door.call('iam:CreateRole', {
      RoleName,
      AssumeRolePolicyDocument: trustOf(API),
    });
    await expect(prove(token({}), Role.Arn)).rejects.toMatchObject({ code: 'AccessDenied' });
    now += PROPAGATION_MS;
    expect((await prove(token({}), Role.Arn)).Audience).toBe('sts.amazonaws.com');
    await door.call('iam:UpdateAssumeRolePolicy', { RoleName, PolicyDocument: trustOf('other') });
    expect((await prove(token({}), Role.Arn)).Audience).toBe('sts.amazonaws.com');
    now += PROPAGATION_MS;
    await expect(prove(token({}), Role.Arn)).rejects.toMatchObject({ code: 'AccessDenied' });
  });

  it('may be trusted by a pattern', async () => {
    const like = trustOf('system:serviceaccount:shop:*').replace('StringEquals', 'StringLike');
    addRole(region.iam, region.accountId, 'api', like, { createdAt: NOW });
    expect((await prove(token({}))).Audience).toBe('sts.amazonaws.com');
    addRole(region.iam, region.accountId, 'api', like.replace('StringLike', 'StringEquals'), {
      createdAt: NOW,
    });
    await expect(prove(token({}))).rejects.toMatchObject({ code: 'AccessDenied' });
  });

  it('is refused in the words of STS', async () => {
    const denied = {
      code: 'AccessDenied',
      message: 'Not authorized to perform sts:AssumeRoleWithWebIdentity',
    };
    await expect(prove(token({ sub: 'system:serviceaccount:shop:web' }))).rejects.toMatchObject(
      denied,
    );
    await expect(prove(token({}), 'arn:aws:iam::111122223333:role/none')).rejects.toMatchObject(
      denied,
    );
    await expect(prove(token({ aud: ['other'] }))).rejects.toMatchObject({
      code: 'InvalidIdentityToken',
      message: 'Incorrect token audience',
    });
    await expect(prove(token({ exp: NOW / 1_000 - 1 }))).rejects.toMatchObject({
      code: 'ExpiredTokenException',
      message: expect.stringContaining('Token expired: current date/time') as string,
    });
    await expect(prove('nonsense')).rejects.toMatchObject({
      code: 'InvalidIdentityToken',
      message: expect.stringContaining('is not a valid JWT') as string,
    });
    await expect(prove(`${token({})}x`)).rejects.toMatchObject({
      message: expect.stringContaining("Couldn't retrieve verification key") as string,
    });
    region.iam.providers.clear();
    await expect(prove(token({}))).rejects.toMatchObject({
      code: 'InvalidIdentityToken',
      message: `No OpenIDConnect provider found in your account for ${shop.oidcIssuer}`,
    });
  });
});

describe('Pod Identity', () => {
  const clusterName = 'shop';
  const roleArn = 'arn:aws:iam::111122223333:role/shop-pod-identity';
  const ofApi = { clusterName, namespace: 'shop', serviceAccount: 'api' };

  it('ties one role to a service account', async () => {
    const { association } = await door.call('eks:CreatePodIdentityAssociation', {
      ...ofApi,
      roleArn,
    });
    const { associationId } = association;
    expect(association).toMatchObject({ namespace: 'shop', serviceAccount: 'api', roleArn });
    await expect(
      door.call('eks:CreatePodIdentityAssociation', { ...ofApi, roleArn }),
    ).rejects.toMatchObject({
      code: 'ResourceInUseException',
      message: expect.stringContaining(`Association already exists: ${associationId}`) as string,
    });
    const { associations } = await door.call('eks:ListPodIdentityAssociations', ofApi);
    expect(associations.map((each) => each.associationId)).toEqual([associationId]);
    const one = { clusterName, associationId };
    const other = 'arn:aws:iam::111122223333:role/shop-node';
    await door.call('eks:UpdatePodIdentityAssociation', { ...one, roleArn: other });
    expect((await door.call('eks:DescribePodIdentityAssociation', one)).association.roleArn).toBe(
      other,
    );
    await door.call('eks:DeletePodIdentityAssociation', one);
    await expect(door.call('eks:DescribePodIdentityAssociation', one)).rejects.toMatchObject({
      kind: 'absent',
    });
  });

  it('wants a role that is there', async () => {
    const call = door.call('eks:CreatePodIdentityAssociation', {
      ...ofApi,
      roleArn: `${roleArn}x`,
    });
    await expect(call).rejects.toMatchObject({
      message: expect.stringContaining('Role provided in the request does not exist') as string,
    });
  });

  it('has its agent among the add-ons', async () => {
    const { addons } = await door.call('eks:ListAddons', { clusterName });
    expect(addons).toContain('eks-pod-identity-agent');
    const addonName = 'vpc-cni';
    expect((await door.call('eks:DescribeAddon', { clusterName, addonName })).addon).toMatchObject({
      status: 'ACTIVE',
      serviceAccountRoleArn: 'arn:aws:iam::111122223333:role/shop-vpc-cni',
    });
  });
});
