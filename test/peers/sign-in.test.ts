/**
 * One token for both: the aws CLI goes on with what was signed in here. Skipped where it is not
 * installed.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { replaceFile } from '../../src/config/private-files.ts';
import { systemClock } from '../../src/core/clock.ts';
import { createSignInPort } from '../../src/sources/aws/index.ts';
import { startRegion } from '../e2e/region.ts';
import { browse } from '../support/browse.ts';
import { onPath } from '../support/on-path.ts';
import { Clients } from './peer.ts';

const run = promisify(execFile);

const CONFIG = `
[profile dev]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = Operator
region = eu-central-1
[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = eu-central-1
sso_registration_scopes = sso:account:access
`;

it.skipIf(!onPath('aws'))('what was signed in here is signed in for the aws CLI', async () => {
  using region = await startRegion('--pods', '100');
  const isKey = (name: string): boolean => /^AWS_(ACCESS|SECRET)/.test(name);
  const env = Object.fromEntries(Object.entries(region.env).filter(([name]) => !isKey(name)));
  using clients = new Clients(env);
  const { home } = clients;
  mkdirSync(join(home, '.aws'));
  writeFileSync(join(home, '.aws', 'config'), CONFIG);
  const caller = ['sts', 'get-caller-identity', '--profile', 'dev', '--output', 'text'];
  // Where it looks for tokens is settled as it starts.
  const byCli = () =>
    run('aws', [...caller, '--query', 'Arn'], {
      env: { PATH: process.env['PATH'], ...env, HOME: home },
    });
  await expect(byCli()).rejects.toThrow('Token for corp does not exist');

  const port = createSignInPort({
    clock: systemClock,
    env: { ...env, HOME: home },
    keep: replaceFile,
  });
  const [session] = await port.sessions();
  if (session === undefined) throw new Error('no session');
  const ca = readFileSync(env['AWS_CA_BUNDLE'] ?? '', 'utf8');
  await port.signIn(session, ({ url }) => void browse(url, ca), new AbortController().signal);

  const arn = 'arn:aws:sts::111122223333:assumed-role/Operator/operator';
  expect((await byCli()).stdout.trim()).toBe(arn);
  using signedIn = clients.with({ AWS_PROFILE: 'dev', HOME: home });
  expect((await signedIn.rows('clusters')).map(({ name }) => name)).toEqual([
    'shop-prod',
    'shop-staging',
  ]);
});
