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
import {
  anyCustomEndpoint,
  customEndpoint,
  requireSafeEndpoint,
  serviceSettings,
} from '../../../../src/sources/aws/service-settings.ts';

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

async function failure(ask: () => unknown): Promise<{ message: string; hint: string }> {
  try {
    await ask();
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
  it('every profile in every region that is named', async () => {
    expect(await scopes(['prod', 'keys'], ['eu-west-1', 'us-east-1'], {})).toEqual([
      { profile: 'prod', region: 'eu-west-1' },
      { profile: 'prod', region: 'us-east-1' },
      { profile: 'keys', region: 'eu-west-1' },
      { profile: 'keys', region: 'us-east-1' },
    ]);
  });

  it('the region of AWS_REGION, then AWS_DEFAULT_REGION, then of the profile', async () => {
    const both = { AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-2' };
    expect((await scopes(['prod'], [], both))[0]?.region).toBe('eu-west-1');
    expect((await scopes(['prod'], [], { AWS_DEFAULT_REGION: 'eu-west-2' }))[0]?.region).toBe(
      'eu-west-2',
    );
    expect((await scopes(['prod'], [], {}))[0]?.region).toBe('eu-central-1');
    expect(await scopes([], [], {})).toEqual([{ profile: '', region: 'eu-north-1' }]);
  });

  it('AWS_PROFILE, unless keys in the variables win over it as in the aws CLI', async () => {
    expect(await scopes([], [], { AWS_PROFILE: 'prod' })).toEqual([
      { profile: 'prod', region: 'eu-central-1' },
    ]);
    const keys = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' };
    expect(await scopes([], [], { AWS_PROFILE: 'prod', ...keys })).toEqual([
      { profile: '', region: 'eu-central-1' },
    ]);
  });

  it('AWS_DEFAULT_PROFILE where there is no AWS_PROFILE', async () => {
    const old = { AWS_DEFAULT_PROFILE: 'prod' };
    expect(await scopes([], [], old)).toEqual([{ profile: 'prod', region: 'eu-central-1' }]);
    expect((await scopes([], [], { ...old, AWS_PROFILE: 'default' }))[0]?.profile).toBe('default');
  });

  it('a profile of the variables has to be there, whoever signs in', async () => {
    const env = { AWS_PROFILE: 'gone', AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' };
    expect((await failure(() => scopes([], ['eu-west-1'], env))).message).toBe(
      'no AWS profile named "gone"',
    );
  });

  it('says what to set where there is no region', async () => {
    const { message, hint } = await failure(() =>
      scopes(['nowhere'], [], { AWS_EC2_METADATA_DISABLED: 'true' }),
    );
    expect(message).toBe('no AWS region for profile "nowhere"');
    expect(hint).toContain('AWS_REGION');
    expect(hint).toContain('--region');
  });

  it('names the nearest profile for one that is mistyped', async () => {
    expect(await failure(() => scopes(['prdo'], ['eu-west-1'], {}))).toEqual({
      message: 'no AWS profile named "prdo"',
      hint: 'did you mean "prod"?',
    });
    const unknown = await failure(() => scopes([], [], { AWS_PROFILE: 'zzzzzz' }));
    expect(unknown.hint).toContain('prod');
  });

  it('refuses a region that is no part of a host name', async () => {
    expect((await failure(() => scopes([], ['eu west'], {}))).message).toBe(
      'not an AWS region: "eu west"',
    );
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

  it('has one of its own for classic load balancers, as the aws CLI does', () => {
    const scope = { profile: '', region: 'eu-central-1' };
    const of = (env: Readonly<Record<string, string>>) => {
      const { endpoint, olderEndpoint } = serviceSettings(
        'elasticloadbalancing',
        scope,
        env,
        files,
      );
      return [endpoint, olderEndpoint];
    };
    const classic = { AWS_ENDPOINT_URL_ELASTIC_LOAD_BALANCING: 'http://classic' };
    expect(of(classic)).toEqual([undefined, 'http://classic']);
    expect(of({ ...classic, AWS_ENDPOINT_URL: 'http://all' })).toEqual([
      ...['http://all', 'http://classic'],
    ]);
    expect(of({ AWS_ENDPOINT_URL_ELASTIC_LOAD_BALANCING_V2: 'http://new' })).toEqual([
      ...['http://new', ''],
    ]);
  });

  it('can be ignored as a whole', () => {
    const env = { AWS_ENDPOINT_URL: 'http://all', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' };
    expect(customEndpoint('eks', 'nowhere', env, files)).toBe('');
  });
});

describe('where a service is', () => {
  const gov = (section: Record<string, string>, env: AwsEnv = {}, region = 'us-east-1') =>
    serviceSettings('sts', { profile: 'gov', region }, env, {
      ...files,
      profiles: new Map([['gov', section]]),
    });

  it('FIPS and dual stack are of the profile, the variable wins', () => {
    expect(gov({ use_fips_endpoint: 'true' }).useFipsEndpoint).toBe(true);
    expect(gov({ use_dualstack_endpoint: 'True' }).useDualstackEndpoint).toBe(true);
    const off = gov({ use_fips_endpoint: 'true' }, { AWS_USE_FIPS_ENDPOINT: 'false' });
    expect(off.useFipsEndpoint).toBe(false);
    expect(gov({}, { AWS_USE_FIPS_ENDPOINT: 'true' }).useFipsEndpoint).toBe(true);
  });

  it('a region that is spelled with FIPS', () => {
    expect(gov({}, {}, 'fips-us-east-1')).toMatchObject({
      region: 'us-east-1',
      useFipsEndpoint: true,
    });
  });

  it('an endpoint of the user counts alone', () => {
    const env = { AWS_ENDPOINT_URL_STS: 'https://vpce.example', AWS_USE_FIPS_ENDPOINT: 'true' };
    expect(gov({}, env)).toMatchObject({
      endpoint: 'https://vpce.example',
      useFipsEndpoint: false,
    });
  });

  it('the endpoint of all old regions for those who ask for it', () => {
    expect(gov({ sts_regional_endpoints: 'legacy' }).useGlobalEndpoint).toBe(true);
    const env = { AWS_STS_REGIONAL_ENDPOINTS: 'regional' };
    expect(gov({ sts_regional_endpoints: 'legacy' }, env).useGlobalEndpoint).toBe(false);
  });

  it('services that are not there, and an endpoint that is no URL, are mistakes', async () => {
    expect((await failure(() => gov({ services: 'none' }))).message).toContain('"none"');
    expect((await failure(() => gov({ endpoint_url: 'localhost:4566' }))).message).toContain(
      'is no URL',
    );
  });
});

describe('"not AWS"', () => {
  it('is said for an endpoint of any service and of any profile in use', () => {
    expect(anyCustomEndpoint([''], {}, files)).toBe('');
    expect(anyCustomEndpoint(['', 'prod'], {}, files)).toBe('https://eks.example');
    const env = { AWS_ENDPOINT_URL_AUTO_SCALING: 'https://asg.example' };
    expect(anyCustomEndpoint([''], env, files)).toBe('https://asg.example');
  });

  it.each(['https://any.example', 'http://localhost:4566', 'http://127.0.0.2:1', 'http://[::1]:1'])(
    '%s may be asked',
    (endpoint) => {
      requireSafeEndpoint(endpoint);
    },
  );

  it.each(['http://10.0.0.1', 'http://localhost.evil.example', 'http://127.0.0.1.evil.example'])(
    '%s is sent no credentials',
    async (endpoint) => {
      const { message } = await failure(() => requireSafeEndpoint(endpoint));
      expect(message).toContain('is not encrypted');
    },
  );
});
