import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest';
import type { SignInPrompt, SsoSession } from '../../../../src/ports/sign-in.ts';
import { createSignInPort } from '../../../../src/sources/aws/index.ts';
import { NOW, serveRegion, type TestAws, testRegion } from '../../../support/aws-region.ts';
import { browse } from '../../../support/browse.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';

const CONFIG = `
[profile dev]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = Operator
[profile prod]
sso_session = corp
[profile old]
sso_start_url = https://old.awsapps.com/start
sso_region = us-east-1
[profile keys]
aws_access_key_id = AKIA
[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = eu-central-1
sso_registration_scopes = sso:account:access, other:scope
`;

let home = '';
let aws: TestAws;
let clock: VirtualClock;
let kept: Map<string, string>;
const ended = new AbortController();

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'sign-in-'));
  mkdirSync(join(home, '.aws'));
  writeFileSync(join(home, '.aws', 'config'), CONFIG);
  clock = new VirtualClock(NOW);
  kept = new Map();
  aws = await serveRegion(testRegion().region, { now: () => clock.now() });
});
afterEach(async () => {
  await aws.close();
  rmSync(home, { recursive: true });
});

const portOf = (env: Record<string, string> = {}) =>
  createSignInPort({
    clock,
    env: { AWS_ENDPOINT_URL: aws.url, AWS_CA_BUNDLE: aws.caFile, HOME: home, ...env },
    keep: (path, text) => {
      kept.set(path, text);
      return Promise.resolve();
    },
  });

async function corp(): Promise<SsoSession> {
  const [session] = await portOf().sessions();
  if (session === undefined) throw new Error('no session');
  return session;
}

/** Begins, and resolves with what is shown and what comes of it. */
async function begin(session: SsoSession, signal = ended.signal, env = {}) {
  let over: Promise<unknown> = Promise.resolve();
  const prompt = await new Promise<SignInPrompt>((resolve, reject) => {
    over = portOf(env).signIn(session, resolve, signal);
    over.catch(reject);
  });
  return { prompt, over };
}

it('knows the sessions that profiles name, and the start URLs that they say themselves', async () => {
  expect(await portOf().sessions()).toEqual([
    {
      name: 'corp',
      startUrl: 'https://corp.awsapps.com/start',
      region: 'eu-central-1',
      scopes: ['sso:account:access', 'other:scope'],
      profiles: ['dev', 'prod'],
    },
    {
      name: 'https://old.awsapps.com/start',
      startUrl: 'https://old.awsapps.com/start',
      region: 'us-east-1',
      scopes: [],
      profiles: ['old'],
    },
  ]);
});

it('shows where to confirm, and keeps the token where the aws CLI looks for it', async () => {
  const { prompt, over } = await begin(await corp());
  expect(prompt.code).toMatch(/^[A-Z]{4}-[A-Z]{4}$/);
  expect(prompt.url).toBe(`${aws.url}/device?user_code=${prompt.code}`);
  expect(prompt.until).toBe(NOW + 600_000);
  await askAgain();
  expect(await browse(prompt.url, readFileSync(aws.caFile, 'utf8'))).toBe(200);
  await askAgain();
  const until = clock.now() + 8 * 3_600_000;
  expect(await over).toBe(until);
  // What `printf corp | sha1sum` prints.
  const path = join(home, '.aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json');
  expect([...kept.keys()]).toEqual([path]);
  const token = JSON.parse(kept.get(path) ?? '') as Record<string, string>;
  expect(token).toMatchObject({
    startUrl: 'https://corp.awsapps.com/start',
    region: 'eu-central-1',
    expiresAt: new Date(until).toISOString().replace('.000Z', 'Z'),
  });
  for (const key of ['accessToken', 'clientId', 'clientSecret', 'refreshToken'])
    expect(token[key]).toMatch(/^.{20,}$/);
});

it('says that nobody confirmed it, and asks no more', async () => {
  const { over } = await begin(await corp());
  const refused = expect(over).rejects.toMatchObject({
    message: 'the code was not confirmed in time',
    hint: 'begin again for a new one',
  });
  clock.advance(599_000);
  await askAgain();
  await refused;
  expect(clock.pending).toBe(0);
  expect(kept.size).toBe(0);
});

it('is called off', async () => {
  const stop = new AbortController();
  const { over } = await begin(await corp(), stop.signal);
  await expect.poll(() => clock.pending).toBe(1);
  stop.abort(new Error('left'));
  await expect(over).rejects.toThrow('left');
  expect(clock.pending).toBe(0);
});

it('names the settings that AWS does not take', async () => {
  const session = { ...(await corp()), startUrl: 'https://corp.example.com' };
  await expect(begin(session)).rejects.toMatchObject({
    message: 'IAM Identity Center does not begin a sign-in: Invalid start url provided',
    hint: 'check sso_start_url (https://corp.example.com) and sso_region (eu-central-1) of corp in ~/.aws/config',
  });
});

it('names the aws CLI where nobody can be reached', async () => {
  const nowhere = { AWS_ENDPOINT_URL: 'https://127.0.0.1:1' };
  await expect(begin(await corp(), ended.signal, nowhere)).rejects.toMatchObject({
    message: '127.0.0.1:1 refuses connections',
    hint: 'aws sso login --profile dev tries the same',
  });
});

it('sends nothing over plain http to another machine', async () => {
  const plain = { AWS_ENDPOINT_URL: 'http://sso.example.com' };
  await expect(begin(await corp(), ended.signal, plain)).rejects.toThrow('not encrypted');
});

/** A server that answers each path with the same. */
async function answering(answers: Readonly<Record<string, object>>): Promise<string> {
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answers[request.url ?? ''] ?? {}));
  });
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

it('takes from a server no more than can be shown, copied and kept', async () => {
  const endpoint = await answering({
    '/client/register': { clientId: 'c', clientSecret: 's', clientSecretExpiresAt: 9e15 },
    '/device_authorization': {
      deviceCode: 'd',
      userCode: `A\x1b[2J\u202eB${'C'.repeat(1e5)}`,
      verificationUri: 'https://sso.example/\n;rm -rf ~',
      verificationUriComplete: `https://sso.example/${'x'.repeat(1e5)}`,
      interval: 1,
    },
    '/token': { accessToken: 't', expiresIn: 1e15 },
  });
  const { prompt, over } = await begin(await corp(), ended.signal, { AWS_ENDPOINT_URL: endpoint });
  expect(prompt.code).toMatch(/^ABC{62}$/);
  expect(prompt.url).toBe('https://sso.example/;rm%20-rf%20~');
  await askAgain();
  expect(await over).toBe(clock.now() + 90 * 86_400_000);
  expect([...kept.values()].join('')).toContain('"registrationExpiresAt":"9999-12-31T00:00:00Z"');
});

it('keeps nothing where it was confirmed and no token came', async () => {
  const endpoint = await answering({ '/device_authorization': { interval: 1 } });
  const { over } = await begin(await corp(), ended.signal, { AWS_ENDPOINT_URL: endpoint });
  const refused = expect(over).rejects.toThrow('sent no token');
  await askAgain();
  await refused;
  expect(kept.size).toBe(0);
});

/** Lets the time pass until the next question, and the question be asked. */
async function askAgain(): Promise<void> {
  await expect.poll(() => clock.pending).toBe(1);
  clock.advance(1_000);
}
