import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  AwsConfigError,
  type AwsEnv,
  type AwsFiles,
  awsScopes,
  loadAwsFiles,
  profileNames,
} from '../../../../src/sources/aws/index.ts';
import { customEndpoint } from '../../../../src/sources/aws/endpoint.ts';

let files: AwsFiles;

const folder = mkdtempSync(join(tmpdir(), 'ekscope-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

beforeAll(async () => {
  writeFileSync(
    join(folder, 'config'),
    `[default]
region = eu-north-1
[profile prod]
region = eu-central-1
sso_session = corp
services = local
[profile nowhere]
output = json
endpoint_url = https://everything.example
[sso-session corp]
sso_region = us-east-1
[services local]
eks =
  endpoint_url = https://eks.example
`,
  );
  writeFileSync(join(folder, 'credentials'), '[keys]\naws_access_key_id = AKIAEXAMPLE000000000\n');
  files = await loadAwsFiles({
    AWS_CONFIG_FILE: join(folder, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
  });
});

const scopes = (profiles: readonly string[], regions: readonly string[], env: AwsEnv) =>
  awsScopes({ profiles, regions, env, files });

function failure(ask: () => unknown): { message: string; hint: string } {
  try {
    ask();
  } catch (error) {
    if (error instanceof AwsConfigError) return { message: error.message, hint: error.hint };
  }
  throw new Error('it did not fail');
}

it('lists the profiles of both files, and nothing that is none', () => {
  expect(profileNames(files)).toEqual(['default', 'keys', 'nowhere', 'prod']);
});

it('takes nothing from files that are not there', async () => {
  const none = await loadAwsFiles({
    AWS_CONFIG_FILE: '/none',
    AWS_SHARED_CREDENTIALS_FILE: '/none',
  });
  expect(profileNames(none)).toEqual([]);
});

describe('which profiles and regions are asked', () => {
  it('every profile in every region that is named', () => {
    expect(scopes(['prod', 'keys'], ['eu-west-1', 'us-east-1'], {})).toEqual([
      { profile: 'prod', region: 'eu-west-1' },
      { profile: 'prod', region: 'us-east-1' },
      { profile: 'keys', region: 'eu-west-1' },
      { profile: 'keys', region: 'us-east-1' },
    ]);
  });

  it('the region of AWS_REGION, then AWS_DEFAULT_REGION, then of the profile', () => {
    const both = { AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-2' };
    expect(scopes(['prod'], [], both)[0]?.region).toBe('eu-west-1');
    expect(scopes(['prod'], [], { AWS_DEFAULT_REGION: 'eu-west-2' })[0]?.region).toBe('eu-west-2');
    expect(scopes(['prod'], [], {})[0]?.region).toBe('eu-central-1');
    expect(scopes([], [], {})).toEqual([{ profile: '', region: 'eu-north-1' }]);
  });

  it('AWS_PROFILE, unless keys in the variables win over it as in the aws CLI', () => {
    expect(scopes([], [], { AWS_PROFILE: 'prod' })).toEqual([
      { profile: 'prod', region: 'eu-central-1' },
    ]);
    const keys = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' };
    expect(scopes([], [], { AWS_PROFILE: 'prod', ...keys })).toEqual([
      { profile: '', region: 'eu-central-1' },
    ]);
  });

  it('says what to set where there is no region', () => {
    const { message, hint } = failure(() => scopes(['nowhere'], [], {}));
    expect(message).toBe('no AWS region for profile "nowhere"');
    expect(hint).toContain('AWS_REGION');
    expect(hint).toContain('--region');
  });

  it('names the nearest profile for one that is mistyped', () => {
    expect(failure(() => scopes(['prdo'], ['eu-west-1'], {}))).toEqual({
      message: 'no AWS profile named "prdo"',
      hint: 'did you mean "prod"?',
    });
    expect(failure(() => scopes([], [], { AWS_PROFILE: 'zzzzzz' })).hint).toContain('prod');
  });

  it('refuses a region that is no part of a host name', () => {
    expect(failure(() => scopes([], ['eu west'], {})).message).toBe('not an AWS region: "eu west"');
  });
});

describe('custom endpoints', () => {
  it('are those of AWS unless something is set', () => {
    expect(customEndpoint('eks', '', {}, files)).toBe('');
  });

  it('a service wins over all, variables win over the file', () => {
    const env = { AWS_ENDPOINT_URL: 'http://all', AWS_ENDPOINT_URL_STS: 'http://sts' };
    expect(customEndpoint('sts', 'prod', env, files)).toBe('http://sts');
    expect(customEndpoint('eks', 'prod', env, files)).toBe('http://all');
    expect(customEndpoint('eks', 'prod', {}, files)).toBe('https://eks.example');
    expect(customEndpoint('ec2', 'prod', {}, files)).toBe('');
    expect(customEndpoint('ec2', 'nowhere', {}, files)).toBe('https://everything.example');
  });

  it('spells Auto Scaling as the SDKs do', () => {
    const env = { AWS_ENDPOINT_URL_AUTO_SCALING: 'http://asg' };
    expect(customEndpoint('autoscaling', '', env, files)).toBe('http://asg');
  });

  it('can be ignored as a whole', () => {
    const env = { AWS_ENDPOINT_URL: 'http://all', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' };
    expect(customEndpoint('eks', 'nowhere', env, files)).toBe('');
  });
});
