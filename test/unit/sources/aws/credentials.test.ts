import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { TokenRequest } from '../../../../src/ports/aws.ts';
import { createAwsPort, loadAwsFiles } from '../../../../src/sources/aws/index.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';

const home = mkdtempSync(join(tmpdir(), 'ekscope-home-'));
afterAll(() => rmSync(home, { recursive: true }));

const BARE = { HOME: home, AWS_EC2_METADATA_DISABLED: 'true' };
const KEYS = { AWS_ACCESS_KEY_ID: 'AKIAENVIRONMENT', AWS_SECRET_ACCESS_KEY: 'x' };
const HERE = { name: 'shop', profile: '', region: 'eu-west-1' };

/** Name of the file that the aws CLI keeps a session in, made by botocore for these arguments. */
const CACHE = {
  role: 'a060ca7c2a9f1c9465bec65232b4e3558e266c52',
  sso: '49fc414de3b156585f485ae6ec8e7f8ab5d284a8',
};

const keys = (id: string, more = '') =>
  `aws_access_key_id = ${id}\naws_secret_access_key = x\n${more}`;

function write(name: string, text: string): void {
  mkdirSync(join(home, '.aws', name, '..'), { recursive: true });
  writeFileSync(join(home, '.aws', name), text);
}

beforeEach(() => {
  rmSync(join(home, '.aws'), { recursive: true, force: true });
  write(
    'credentials',
    `[default]\n${keys('AKIADEFAULT')}[prod]\n${keys('AKIAPROD')}[base]\n${keys('AKIABASE')}`,
  );
});

/** What a token says: whose access key, which region and which STS. */
async function signed(
  request: Partial<TokenRequest> = {},
  env: Readonly<Record<string, string>> = {},
) {
  const all = { ...BARE, ...env };
  const files = await loadAwsFiles(all);
  const port = createAwsPort({ clock: new VirtualClock(), random: () => 0.5, env: all, files });
  try {
    const { token } = await port.token({ ...HERE, ...request });
    const url = new URL(Buffer.from(token.slice('k8s-aws-v1.'.length), 'base64url').toString());
    const [key, , region] = (url.searchParams.get('X-Amz-Credential') ?? '').split('/');
    return { key, region, host: url.host };
  } finally {
    port.close();
  }
}

describe('whose keys', () => {
  it('those of the variables before a profile of the variables, but not before one by name', async () => {
    const env = { ...KEYS, AWS_PROFILE: 'prod' };
    expect((await signed({}, env)).key).toBe('AKIAENVIRONMENT');
    expect((await signed({ profile: 'prod' }, env)).key).toBe('AKIAPROD');
    expect((await signed({ env: { AWS_PROFILE: 'prod' } }, KEYS)).key).toBe('AKIAENVIRONMENT');
  });

  it('those of the variables that a plugin is started with', async () => {
    expect((await signed({ env: { AWS_PROFILE: 'prod' } })).key).toBe('AKIAPROD');
    expect((await signed({ env: KEYS })).key).toBe('AKIAENVIRONMENT');
    write('elsewhere', `[prod]\n${keys('AKIAELSEWHERE')}`);
    const env = { AWS_SHARED_CREDENTIALS_FILE: '~/.aws/elsewhere' };
    expect((await signed({ profile: 'prod', env })).key).toBe('AKIAELSEWHERE');
  });

  it('those of AWS_DEFAULT_PROFILE; none where AWS_PROFILE says another', async () => {
    expect((await signed({}, { AWS_DEFAULT_PROFILE: 'prod' })).key).toBe('AKIAPROD');
    const both = { AWS_DEFAULT_PROFILE: 'prod', AWS_PROFILE: 'default' };
    await expect(signed({}, both)).rejects.toMatchObject({
      message: 'AWS_PROFILE names default, AWS_DEFAULT_PROFILE names prod',
    });
    expect((await signed({ profile: 'prod' }, both)).key).toBe('AKIAPROD');
  });

  it.each([
    ['dev team', '[profile "dev team"]'],
    ['data eng', "[profile 'data eng']"],
    ['Ops+Night.Shift@eu', '[profile Ops+Night.Shift@eu]'],
    ['Zürich "a"', '[profile \'Zürich "a"\']'],
  ])('those of the profile %s', async (profile, title) => {
    write('config', `${title}\n${keys('AKIANAMED')}`);
    expect((await signed({ profile })).key).toBe('AKIANAMED');
  });

  it('none of another where one half is missing, or the profile is not there', async () => {
    await expect(signed({}, { AWS_ACCESS_KEY_ID: 'AKIAHALF' })).rejects.toThrow(
      'AWS_ACCESS_KEY_ID is set without AWS_SECRET_ACCESS_KEY',
    );
    await expect(signed({ profile: 'pord' })).rejects.toMatchObject({
      message: 'no AWS profile named "pord"',
      hint: 'did you mean "prod"?',
    });
    write('credentials', '[prod]\naws_access_key_id = AKIAHALF\n');
    await expect(signed({ profile: 'prod' })).rejects.toThrow('without its secret');
  });

  it('those that a process prints, without a shell and without a terminal', async () => {
    const answer = { Version: 1, AccessKeyId: 'ASIAPROCESS', SecretAccessKey: 'x' };
    write('answer.json', JSON.stringify(answer));
    const script = `process.stdout.write(require('fs').readFileSync(process.argv[1]))`;
    const process_ = `"${process.execPath}" -e "${script}" '${join(home, '.aws/answer.json')}'`;
    write('config', `[profile "by process"]\ncredential_process = ${process_}\n`);
    expect((await signed({ profile: 'by process' })).key).toBe('ASIAPROCESS');
    write('answer.json', '{"Version":2}');
    await expect(signed({ profile: 'by process' })).rejects.toMatchObject({
      message: 'the credential_process of profile by process prints no credentials of version 1',
    });
  });

  it('no process that only the working folder has, where anybody may have put it', async () => {
    writeFileSync(join(home, 'print-keys'), '#!/bin/sh\n', { mode: 0o755 });
    write('config', '[profile p]\ncredential_process = print-keys --all\n');
    const PATH = relative(process.cwd(), home);
    await expect(signed({ profile: 'p' }, { PATH })).rejects.toThrow('in the working folder');
    await expect(signed({ profile: 'p' }, { PATH: '' })).rejects.toThrow('is not installed');
  });
});

describe('where the token is signed for', () => {
  it('the region of the flag, the variables, the profile, and at last of the cluster', async () => {
    write('config', '[default]\nregion = eu-north-1\n');
    const somewhere = { region: '', clusterRegion: 'eu-west-2' };
    expect((await signed({ ...somewhere, region: 'eu-west-1' })).region).toBe('eu-west-1');
    expect((await signed(somewhere, { AWS_DEFAULT_REGION: 'us-west-2' })).region).toBe('us-west-2');
    expect((await signed(somewhere)).host).toBe('sts.eu-north-1.amazonaws.com');
    expect((await signed({ ...somewhere, profile: 'prod' })).region).toBe('eu-west-2');
  });

  // Each as the aws CLI signs for the same settings.
  it.each([
    ['use_fips_endpoint = true', 'sts-fips.us-east-1.amazonaws.com', 'us-east-1'],
    ['use_dualstack_endpoint = true', 'sts.us-east-1.api.aws', 'us-east-1'],
    ['sts_regional_endpoints = legacy', 'sts.amazonaws.com', 'us-east-1'],
    ['services = local', 'vpce.example', 'us-east-1'],
  ])('%s of the profile', async (setting, host, region) => {
    write(
      'config',
      `[profile prod]\n${setting}\n[services local]\nsts =\n  endpoint_url = https://vpce.example\n`,
    );
    expect(await signed({ profile: 'prod', region: 'us-east-1' })).toEqual({
      key: 'AKIAPROD',
      region,
      host,
    });
  });
});

const session = (id: string, minutes: number) =>
  JSON.stringify({
    Credentials: {
      AccessKeyId: id,
      SecretAccessKey: 'x',
      SessionToken: 't',
      Expiration: new Date(Date.now() + minutes * 60_000).toISOString().replace(/\.\d+Z/, 'UTC'),
    },
  });

describe('a role', () => {
  const ROLE = 'arn:aws:iam::111122223333:role/ops';
  const MFA = 'arn:aws:iam::444455556666:mfa/gull';

  it('that asks for a code is used as long as the session of the aws CLI lasts', async () => {
    write(
      'config',
      `[profile ops]\nrole_arn = ${ROLE}\nmfa_serial = ${MFA}\nsource_profile = base`,
    );
    write(`cli/cache/${CACHE.role}.json`, session('ASIACACHED', 50));
    expect((await signed({ profile: 'ops' })).key).toBe('ASIACACHED');
    write(`cli/cache/${CACHE.role}.json`, session('ASIACACHED', 14));
    await expect(signed({ profile: 'ops' })).rejects.toMatchObject({
      message: 'the role of profile ops asks for an MFA code',
      hint: 'run aws sts get-caller-identity --profile ops in a shell: its session is used',
    });
  });

  it('tells the name of its profile as a shell takes it', async () => {
    write(
      'config',
      `[profile "o ps"]\nrole_arn = ${ROLE}\nmfa_serial = ${MFA}\nsource_profile = base`,
    );
    await expect(signed({ profile: 'o ps' })).rejects.toMatchObject({
      hint: expect.stringContaining("--profile 'o ps' in a shell") as string,
    });
  });

  it.each([
    ['', 'no source'],
    ['source_profile = base\ncredential_source = Environment', 'two sources'],
    ['source_profile = none', 'no AWS profile named "none"'],
    ['credential_source = Moon', 'no credential_source "Moon"'],
    ['source_profile = b\n[profile b]\nrole_arn = x\nsource_profile = a', 'a → b → a'],
  ])('with %j is a mistake that is told', async (source, words) => {
    write('config', `[profile a]\nrole_arn = ${ROLE}\n${source}\n`);
    await expect(signed({ profile: 'a' })).rejects.toThrow(words);
  });
});

describe('SSO', () => {
  const profile = (more: string) =>
    `[profile "single sign"]\nsso_account_id = 111122223333\nsso_role_name = Ops\n${more}\n`;

  it('uses what the aws CLI keeps of the role', async () => {
    write('config', `${profile('sso_session = corp')}[sso-session corp]\nsso_region = eu-west-1`);
    write(`cli/cache/${CACHE.sso}.json`, session('ASIASSO', 30));
    expect((await signed({ profile: 'single sign' })).key).toBe('ASIASSO');
  });

  it('tells how to log in where nobody has', async () => {
    write(
      'config',
      `${profile('sso_session = nobody')}[sso-session nobody]\nsso_region = eu-west-1\nsso_start_url = https://x.example/start\n`,
    );
    await expect(signed({ profile: 'single sign' })).rejects.toMatchObject({
      message: 'the SSO session of profile single sign has expired',
      hint: "aws sso login --profile 'single sign'",
    });
    write('config', profile('sso_session = gone'));
    await expect(signed({ profile: 'single sign' })).rejects.toThrow('"gone", which is not there');
  });
});
