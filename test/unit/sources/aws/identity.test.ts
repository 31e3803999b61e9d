import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { AwsPort } from '../../../../src/ports/aws.ts';
import type { Region } from '../../../../src/simulator/region.ts';
import { type AwsEnv, createAwsPort, NO_FILES } from '../../../../src/sources/aws/index.ts';
import { serveRegion, type TestAws, testRegion } from '../../../support/aws-region.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';

const HERE = { profile: '', region: 'eu-central-1' };

let region: Region;
let aws: TestAws;

beforeEach(async () => {
  ({ region } = testRegion());
  aws = await serveRegion(region);
});
afterEach(() => aws.close());

const portOf = (env: AwsEnv) =>
  createAwsPort({
    clock: new VirtualClock(),
    random: () => 0.5,
    env,
    files: NO_FILES,
  });

const identity = (port: AwsPort) => port.door(HERE, () => true).call('sts:GetCallerIdentity', {});

it('tells who the caller is', async () => {
  expect(await identity(portOf(aws.env))).toEqual({
    Account: '111122223333',
    Arn: region.caller.arn,
    UserId: expect.any(String) as string,
  });
});

it('says that the key is not accepted', async () => {
  const port = portOf({ ...aws.env, AWS_ACCESS_KEY_ID: 'AKIANOBODY0000000000' });
  await expect(identity(port)).rejects.toThrow('AWS does not accept the access key in use');
});

it('says that the certificate is not trusted, and what to set', async () => {
  const port = portOf({ ...aws.env, AWS_CA_BUNDLE: undefined });
  await expect(identity(port)).rejects.toMatchObject({
    message: expect.stringContaining('is not trusted') as string,
    hint: expect.stringContaining('AWS_CA_BUNDLE') as string,
  });
});

it('says that the CA bundle cannot be read', async () => {
  const port = portOf({ ...aws.env, AWS_CA_BUNDLE: '/nowhere/ca.pem' });
  await expect(identity(port)).rejects.toThrow('cannot read the CA bundle /nowhere/ca.pem');
});

it('says that the CA bundle holds no certificate', async () => {
  const file = `${aws.caFile}.empty`;
  writeFileSync(file, 'not a certificate');
  const port = portOf({ ...aws.env, AWS_CA_BUNDLE: file });
  await expect(identity(port)).rejects.toThrow(`no certificate in the CA bundle ${file}`);
});

it('does not trust a stranger because of NODE_TLS_REJECT_UNAUTHORIZED', async () => {
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
  const port = portOf({ ...aws.env, AWS_CA_BUNDLE: undefined });
  await expect(identity(port)).rejects.toThrow('is not trusted');
  vi.unstubAllEnvs();
});

it('sends no credentials in the clear beyond this machine', async () => {
  const port = portOf({ ...aws.env, AWS_ENDPOINT_URL: 'http://sts.example' });
  await expect(identity(port)).rejects.toThrow('http://sts.example is not encrypted');
});

it('signs the token of a role with the credentials of that role', async () => {
  const port = portOf(aws.env);
  const cluster = { name: 'shop', ...HERE, role: 'arn:aws:iam::111122223333:role/Deployer' };
  const { token } = await port.token(cluster);
  const url = Buffer.from(token.replace('k8s-aws-v1.', ''), 'base64url').toString();
  const [session] = region.sessions.values();
  expect(session?.arn).toBe('arn:aws:sts::111122223333:assumed-role/Deployer/EKSGetTokenAuth');
  expect(url).toContain(`X-Amz-Credential=${session?.accessKeyId ?? ''}%2F`);
  expect(url.startsWith(`${aws.url}/?`)).toBe(true);
});

it('names the action that assuming a role needs', async () => {
  const cluster = { name: 'shop', ...HERE, role: 'arn:aws:iam::999999999999:role/Deployer' };
  await expect(portOf(aws.env).token(cluster)).rejects.toThrow('needs sts:AssumeRole');
});

it('marks a custom endpoint', () => {
  expect(portOf(aws.env).endpoint).toBe(aws.url);
  expect(portOf({}).endpoint).toBe('');
});
