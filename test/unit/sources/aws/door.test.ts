import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AWS_ACTIONS } from '../../../../src/domain/aws-actions.ts';
import type { AwsDoor, AwsPort } from '../../../../src/ports/aws.ts';
import { createAwsPort, NO_FILES } from '../../../../src/sources/aws/index.ts';
import { OPERATIONS } from '../../../../src/sources/aws/operations/index.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';

interface Asked {
  readonly path: string;
  readonly body: string;
  readonly signed: boolean;
}
type Answer = { readonly status: number; readonly body: string } | 'cut';

let asked: Asked[];
/** What is answered, in this order; the last one for good. */
let answers: Answer[];
let server: Server;
let port: AwsPort;
let door: AwsDoor;
let readonly: boolean;
/** Called when a request has come in, before it is answered. */
let heard: () => void;

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
};
const ok = (body: object): Answer => ({ status: 200, body: JSON.stringify(body) });
const refused = (status: number, __type: string, message = 'no'): Answer => ({
  status,
  body: JSON.stringify({ __type, message }),
});
const xmlError = (code: string, message: string): Answer => ({
  status: 400,
  body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
});

beforeEach(async () => {
  asked = [];
  answers = [ok({})];
  readonly = false;
  heard = () => undefined;
  server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const signed = request.headers.authorization !== undefined;
      heard();
      asked.push({ path: request.url ?? '', body, signed });
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      if (answer === undefined || answer === 'cut') response.destroy();
      else
        response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const env = { AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' };
  port = createAwsPort({ clock: new VirtualClock(), random: () => 0.5, env, files: NO_FILES });
  door = port.door({ profile: '', region: 'eu-central-1' }, () => readonly);
});
afterEach(() => {
  port.close();
  server.close();
  server.closeAllConnections();
});

const PROFILE = { clusterName: 'shop', fargateProfileName: 'batch' };
const SCALE = { clusterName: 'shop', nodegroupName: 'web', scalingConfig: { desiredSize: 3 } };

it('knows every call that is on the list, and none that is not', async () => {
  // Needed where a call hands a role on, and for tokens and credentials.
  const elsewhere = ['iam:PassRole', 'sts:AssumeRole'];
  const config = { region: 'eu-central-1' } as Parameters<typeof OPERATIONS.eks>[0];
  const tables = await Promise.all(Object.values(OPERATIONS).map((load) => load(config)));
  const known = tables.flatMap((table) => Object.keys(table));
  expect([...known, ...elsewhere].sort()).toEqual(Object.keys(AWS_ACTIONS).sort());
});

it.each(['eks:DeleteCluster', 'iam:PassRole', 'toString', 'constructor:x'])(
  'refuses %s, which is no call of the program, without a request',
  async (action) => {
    const call = door.call(action as 'eks:DescribeCluster', { name: 'shop' });
    await expect(call).rejects.toMatchObject({ kind: 'refused', action });
    expect(asked).toEqual([]);
  },
);

it('sends nothing that writes while read-only, and reads as ever', async () => {
  readonly = true;
  const writes = Object.entries(AWS_ACTIONS).filter(([, effect]) => effect === 'write');
  expect(writes.length).toBeGreaterThan(10);
  for (const [action] of writes) {
    const call = door.call(action as 'eks:DeleteFargateProfile', PROFILE);
    await expect(call).rejects.toMatchObject({
      kind: 'refused',
      message: `read-only: ${action} is refused`,
    });
  }
  expect(asked).toEqual([]);
  answers = [ok({ fargateProfileNames: ['a'] })];
  await door.call('eks:ListFargateProfiles', { clusterName: 'shop' });
  expect(asked).toHaveLength(1);
});

it('names the error as AWS does, with the action that was needed', async () => {
  answers = [refused(409, 'ResourceInUseException', 'Cluster shop currently has profile x')];
  await expect(door.call('eks:DeleteFargateProfile', PROFILE)).rejects.toMatchObject({
    kind: 'rejected',
    code: 'ResourceInUseException',
    action: 'eks:DeleteFargateProfile',
    message: 'DeleteFargateProfile: Cluster shop currently has profile x',
  });
  answers = [refused(403, 'AccessDeniedException', 'User: x is not authorized')];
  await expect(door.call('eks:UpdateNodegroupConfig', SCALE)).rejects.toMatchObject({
    kind: 'denied',
    code: 'AccessDeniedException',
    message: 'needs eks:UpdateNodegroupConfig',
  });
  answers = [xmlError('NoSuchEntity', 'The role with name x cannot be found.')];
  await expect(door.call('iam:GetRole', { RoleName: 'x' })).rejects.toMatchObject({
    kind: 'absent',
    code: 'NoSuchEntity',
    message: 'The role with name x cannot be found',
  });
});

it('reads again after a cut connection', async () => {
  answers = ['cut', ok({ addons: ['coredns'] })];
  const answer = await door.call('eks:ListAddons', { clusterName: 'shop' });
  expect(answer.addons).toEqual(['coredns']);
});

it('sends once what may not be done twice, and says that it may have been done', async () => {
  answers = ['cut'];
  const call = door.call('eks:DeleteFargateProfile', PROFILE);
  await expect(call).rejects.toMatchObject({
    kind: 'unreachable',
    hint: expect.stringContaining('may have been done all the same') as string,
  });
  expect(asked).toHaveLength(1);
});

it('sends again what AWS throttled', async () => {
  const fargateProfile = { fargateProfileName: 'batch', status: 'DELETING' };
  answers = [refused(429, 'ThrottlingException'), ok({ fargateProfile })];
  const answer = await door.call('eks:DeleteFargateProfile', PROFILE);
  expect(answer.fargateProfile.status).toBe('DELETING');
  expect(asked).toHaveLength(2);
});

it('says of a change that AWS goes on throttling that it was not done, and may be tried again', async () => {
  answers = Array.from({ length: 3 }, () => refused(429, 'ThrottlingException'));
  const call = door.call('eks:DeleteFargateProfile', PROFILE);
  await expect(call).rejects.toMatchObject({
    kind: 'busy',
    message: 'AWS throttles eks:DeleteFargateProfile',
    hint: 'it was not done: try it again in a moment',
  });
});

it('repeats a write by the same token, so that AWS does it once', async () => {
  answers = ['cut', ok({ update: { id: 'u' } })];
  await door.call('eks:UpdateNodegroupConfig', SCALE);
  const tokens = asked.map(({ body }) => /"clientRequestToken":"([\w-]+)"/.exec(body)?.[1]);
  expect(tokens[0]).toMatch(/^[\w-]{36}$/);
  expect(tokens).toEqual([tokens[0], tokens[0]]);
});

it('follows the pages of a listing', async () => {
  answers = [
    ok({ fargateProfileNames: ['a'], nextToken: 'n' }),
    ok({ fargateProfileNames: ['b', 7, null] }),
  ];
  const answer = await door.call('eks:ListFargateProfiles', { clusterName: 'shop' });
  expect(answer.fargateProfileNames).toEqual(['a', 'b']);
  expect(asked.map(({ path }) => path)).toEqual([
    '/clusters/shop/fargate-profiles',
    '/clusters/shop/fargate-profiles?nextToken=n',
  ]);
});

it('reads what AWS left out as empty, and refuses an answer without its subject', async () => {
  answers = [ok({ fargateProfile: { status: 'CREATING', selectors: [{ namespace: 'a' }, 3] } })];
  const { fargateProfile } = await door.call('eks:DescribeFargateProfile', PROFILE);
  expect(fargateProfile).toMatchObject({
    podExecutionRoleArn: '',
    subnets: [],
    createdAt: null,
    health: { issues: [] },
    selectors: [{ namespace: 'a', labels: {} }, { namespace: '' }],
  });
  answers = [ok({})];
  await expect(door.call('eks:DescribeFargateProfile', PROFILE)).rejects.toThrow(
    'AWS answers without what was asked for',
  );
});

const PROOF = {
  RoleArn: 'arn:aws:iam::1:role/api',
  RoleSessionName: 'ekscope',
  WebIdentityToken: 'the.web.token',
};

it('proves a web identity without a signature, and keeps no credentials', async () => {
  const secret = '<AccessKeyId>ASIASECRET</AccessKeyId><SecretAccessKey>hidden</SecretAccessKey>';
  answers = [
    {
      status: 200,
      body: `<AssumeRoleWithWebIdentityResponse><AssumeRoleWithWebIdentityResult><Audience>sts.amazonaws.com</Audience><AssumedRoleUser><Arn>arn:aws:sts::1:assumed-role/api/ekscope</Arn><AssumedRoleId>AROA:ekscope</AssumedRoleId></AssumedRoleUser><Provider>p</Provider><SubjectFromWebIdentityToken>system:serviceaccount:shop:api</SubjectFromWebIdentityToken><Credentials>${secret}<SessionToken>hidden</SessionToken></Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`,
    },
  ];
  const proof = await door.call('sts:AssumeRoleWithWebIdentity', PROOF);
  expect(proof).toEqual({
    AssumedRoleUser: {
      Arn: 'arn:aws:sts::1:assumed-role/api/ekscope',
      AssumedRoleId: 'AROA:ekscope',
    },
    Audience: 'sts.amazonaws.com',
    Provider: 'p',
    SubjectFromWebIdentityToken: 'system:serviceaccount:shop:api',
  });
  expect(asked[0]?.signed).toBe(false);
});

it.each([
  ['AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity'],
  ['InvalidIdentityToken', 'No OpenIDConnect provider found in your account for https://x'],
  ['ExpiredTokenException', 'Token expired: current date/time 1 must be before 0'],
])("says why a web identity was refused in STS's own words: %s", async (code, message) => {
  answers = [xmlError(code, message)];
  const call = door.call('sts:AssumeRoleWithWebIdentity', PROOF);
  await expect(call).rejects.toMatchObject({ kind: 'rejected', code, message });
});

it('undoes the encoding of a trust policy', async () => {
  const trust = '{"Version":"2012-10-17","Statement":[]}';
  answers = [
    {
      status: 200,
      body: `<GetRoleResponse><GetRoleResult><Role><RoleName>r</RoleName><Arn>a</Arn><Path>/</Path><RoleId>i</RoleId><CreateDate>2026-01-01T00:00:00Z</CreateDate><AssumeRolePolicyDocument>${encodeURIComponent(trust)}</AssumeRolePolicyDocument></Role></GetRoleResult></GetRoleResponse>`,
    },
  ];
  const { Role } = await door.call('iam:GetRole', { RoleName: 'r' });
  expect(Role.AssumeRolePolicyDocument).toBe(trust);
  expect(Role.CreateDate).toBe(Date.UTC(2026, 0, 1));
});

it('names the action that is missing where it is another one', async () => {
  const message =
    'User: arn:aws:sts::1:assumed-role/Dev/a is not authorized to perform: iam:PassRole on resource: arn:aws:iam::1:role/pods';
  answers = [refused(403, 'AccessDeniedException', message)];
  await expect(door.call('eks:DeleteFargateProfile', PROFILE)).rejects.toMatchObject({
    kind: 'denied',
    message: 'needs iam:PassRole',
    action: 'iam:PassRole',
  });
});

it('waits for the answer to a write that was sent, whoever wants to leave', async () => {
  const leave = new AbortController();
  answers = [ok({ fargateProfile: { status: 'DELETING' } })];
  heard = () => leave.abort(new Error('left'));
  const answer = await door.call('eks:DeleteFargateProfile', PROFILE, leave.signal);
  expect(answer.fargateProfile.status).toBe('DELETING');
  const reading = new AbortController();
  heard = () => reading.abort(new Error('left'));
  const read = door.call('eks:DescribeFargateProfile', PROFILE, reading.signal);
  await expect(read).rejects.toThrow('left');
});

it('can be left', async () => {
  const leave = new AbortController();
  leave.abort(new Error('left'));
  const call = door.call('eks:ListAddons', { clusterName: 'shop' }, leave.signal);
  await expect(call).rejects.toThrow('left');
  expect(asked).toEqual([]);
});
