/** Clusters over profiles and regions: 40 of them in four regions of three accounts. */
import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { partitionOf } from '../../../../src/domain/aws-regions.ts';
import type { ClusterRow } from '../../../../src/domain/rows.ts';
import type { AwsPort, AwsScope } from '../../../../src/ports/aws.ts';
import {
  accessDenied,
  type ApiCall,
  type ApiError,
} from '../../../../src/simulator/aws-api/index.ts';
import { emptyRegion } from '../../../../src/simulator/catalog/region.ts';
import type { Region } from '../../../../src/simulator/region.ts';
import {
  type AwsFiles,
  awsScopes,
  createAwsPort,
  loadAwsFiles,
} from '../../../../src/sources/aws/index.ts';
import { addTestCluster, NOW, serveRegion, type TestAws } from '../../../support/aws-region.ts';
import { recordingSink, type RecordingSink } from '../../../support/recording-sink.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';

const REGIONS = ['eu-central-1', 'eu-west-1', 'us-east-1', 'us-west-2'];
const ACCOUNTS = ['111111111111', '222222222222', '333333333333'];
const PROFILES = ['alpha', 'beta', 'gamma'];
/** The profile of the third account signs in by SSO, and has not. */
const SIGNED_IN = 2;
const CLUSTERS = 40;

let aws: TestAws;
let files: AwsFiles;
let clock: VirtualClock;
let port: AwsPort;
let env: Record<string, string>;
let calls: (ApiCall & { readonly operation: string })[];
let fault: (call: ApiCall) => ApiError | null;

/** `prod-0` to `prod-4` again and again: no name is one cluster's own. */
function world(): readonly Region[] {
  const regions = ACCOUNTS.flatMap((account, i) =>
    REGIONS.map((name) => ({
      ...emptyRegion(name, account, `AKIAEKSCOPEFLEET${i}XMPL`),
      enabledRegions: REGIONS,
    })),
  );
  for (let i = 0; i < CLUSTERS; i++) {
    const region = regions[i % regions.length];
    if (region) addTestCluster(region, `prod-${Math.floor(i / regions.length)}`);
  }
  return regions;
}

beforeEach(async () => {
  calls = [];
  fault = () => null;
  const [first, ...others] = world();
  if (first === undefined) throw new Error('no regions');
  const options = {
    fault: (call: ApiCall) => {
      calls.push(call);
      return fault(call);
    },
  };
  aws = await serveRegion(first, options, others);
  const file = `${aws.caFile}.config`;
  const keys = PROFILES.slice(0, SIGNED_IN).map(
    (name, i) =>
      `[profile ${name}]\nregion = eu-central-1\naws_access_key_id = AKIAEKSCOPEFLEET${i}XMPL\n` +
      `aws_secret_access_key = ${first.credentials.secretAccessKey}\n`,
  );
  const signIn =
    '[profile gamma]\nregion = eu-central-1\nsso_session = corp\nsso_account_id = 333333333333\n' +
    'sso_role_name = Ops\n[sso-session corp]\nsso_region = eu-west-1\n' +
    'sso_start_url = https://corp.example/start\n';
  writeFileSync(file, keys.join('') + signIn);
  env = {
    ...{ AWS_ENDPOINT_URL: aws.url, AWS_CA_BUNDLE: aws.caFile, HOME: `${aws.caFile}.home` },
    ...{ AWS_CONFIG_FILE: file, AWS_SHARED_CREDENTIALS_FILE: '/none' },
  };
  files = await loadAwsFiles(env);
  clock = new VirtualClock(NOW);
  port = createAwsPort({ clock, random: () => 0.5, env, files });
});

afterEach(async () => {
  port.close();
  await aws.close();
});

const count = (operation: string): number =>
  calls.filter((call) => call.operation === operation).length;

/** How many of the clusters the first two accounts have. */
const VISIBLE = [...Array(CLUSTERS).keys()].filter(
  (i) => i % (ACCOUNTS.length * REGIONS.length) < SIGNED_IN * REGIONS.length,
).length;

async function follow(scopes: readonly AwsScope[]): Promise<RecordingSink<ClusterRow>> {
  const sink = recordingSink<ClusterRow>();
  port.follow('clusters', scopes, sink);
  await sink.until(({ last }) => last !== undefined && last.state === 'live');
  return sink;
}

const scopesOf = (profiles: readonly string[], regions: readonly string[]) =>
  awsScopes({ profiles, regions, env, files });

describe('40 clusters in four regions of three accounts, one profile of three expired', () => {
  it('are shown beside what failed, which says why and what to do', async () => {
    const sink = await follow(await scopesOf(PROFILES, REGIONS));
    const rows = [...sink.rows.values()];
    const failed = rows.filter(({ error }) => error !== '');
    expect(rows).toHaveLength(VISIBLE + REGIONS.length);
    expect(new Set(failed.map(({ profile }) => profile))).toEqual(new Set(['gamma']));
    expect(failed.map(({ region }) => region).sort()).toEqual(REGIONS);
    expect(failed[0]).toMatchObject({
      error: 'the SSO session of profile gamma has expired',
      errorHint: 'aws sso login --profile gamma',
      endpoint: '',
    });
    // Of one name there are eight, each a row of its own.
    const same = rows.filter(({ name }) => name === 'prod-0');
    expect(same).toHaveLength(8);
    expect(new Set(same.map(({ account, region }) => `${account} ${region}`)).size).toBe(8);
    expect(new Set(rows.map(({ uid }) => uid)).size).toBe(rows.length);
  });

  it('cost in five minutes what a look each half minute costs, and the expired profile nothing', async () => {
    const sink = await follow(await scopesOf(PROFILES, REGIONS));
    for (let round = 1; round <= 10; round++) {
      clock.advance(30_000);
      await sink.until(({ last }) => last?.asOf === NOW + round * 30_000);
    }
    const rounds = 11;
    expect(count('ListClusters')).toBe(SIGNED_IN * REGIONS.length * rounds);
    expect(count('DescribeCluster')).toBe(VISIBLE * rounds);
    // The calendar of a region is good for a day.
    expect(count('DescribeClusterVersions')).toBe(SIGNED_IN * REGIONS.length);
    expect(calls.filter(({ caller }) => caller.arn.includes('333333333333'))).toEqual([]);
    expect(calls).toHaveLength(
      count('ListClusters') + count('DescribeCluster') + count('DescribeClusterVersions'),
    );
  });

  it('cost no more where all regions are meant by one word, which are asked for once an hour', async () => {
    const sink = await follow(await scopesOf(['all'], ['all']));
    await sink.until(({ rows }) => rows.size === VISIBLE + 1);
    const failed = [...sink.rows.values()].filter(({ error }) => error !== '');
    expect(failed.map(({ name }) => name)).toEqual(['gamma/all regions']);
    for (let round = 1; round <= 10; round++) {
      clock.advance(30_000);
      await sink.until(({ last }) => last?.asOf === NOW + round * 30_000);
    }
    expect(count('DescribeRegions')).toBe(SIGNED_IN);
    expect(count('ListClusters')).toBe(SIGNED_IN * REGIONS.length * 11);
    expect(count('DescribeCluster')).toBe(VISIBLE * 11);
  });
});

describe('all regions of an account', () => {
  it('say once that they may not be listed, and that names would do', async () => {
    fault = (call) => (call.operation === 'DescribeRegions' ? accessDenied(call) : null);
    const sink = recordingSink<ClusterRow>();
    port.follow('clusters', await scopesOf(['alpha'], ['all']), sink);
    await sink.until(({ last }) => last?.state === 'denied');
    expect(sink.last).toMatchObject({ reason: 'needs ec2:DescribeRegions' });
    expect(sink.last?.hint).toContain('or name the regions: --region');
  });

  it('lose the rows of one that is disabled', async () => {
    const sink = await follow(await scopesOf(['alpha'], ['all']));
    await sink.until(({ rows }) => rows.size === 16);
    const inWest = () => [...sink.rows.values()].filter(({ region }) => region === 'us-west-2');
    expect(inWest()).not.toEqual([]);
    REGIONS.pop();
    // The round that is due answers, and the one after it finds that an hour has passed.
    clock.advance(3_600_000);
    await sink.until(({ last }) => last?.asOf === NOW + 3_600_000);
    clock.advance(30_000);
    await sink.until(() => inWest().length === 0);
    REGIONS.push('us-west-2');
    expect(sink.rows.size).toBe(12);
  });

  it('that fail together by their credentials say so in one row', async () => {
    const sink = await follow(await scopesOf(['alpha', 'beta'], ['all']));
    await sink.until(({ rows }) => rows.size === VISIBLE);
    const { expiredToken } = await import('../../../../src/simulator/aws-api/index.ts');
    fault = ({ service, caller }) =>
      caller.arn.includes('222222222222') ? expiredToken(service) : null;
    clock.advance(30_000);
    await sink.until(({ rows }) => [...rows.values()].some(({ error }) => error !== ''));
    const failed = [...sink.rows.values()].filter(({ error }) => error !== '');
    expect(failed.map(({ name }) => name)).toEqual(['beta/all regions']);
    expect(sink.rows.size).toBe(VISIBLE + 1);
  });
});

describe('the scopes of a choice', () => {
  it('are each profile in each region, each once', async () => {
    expect(await scopesOf(['alpha', 'beta', 'alpha'], ['eu-west-1', 'eu-west-1'])).toEqual([
      { profile: 'alpha', region: 'eu-west-1' },
      { profile: 'beta', region: 'eu-west-1' },
    ]);
  });

  it('leave a region of another partition to the profiles of that partition', async () => {
    const china = new Map([...files.profiles, ['china', { region: 'cn-north-1' }]]);
    const choose = (profiles: readonly string[], regions: readonly string[]) =>
      awsScopes({ profiles, regions, env, files: { ...files, profiles: china } });
    expect(await choose(['alpha', 'china'], ['eu-west-1', 'cn-northwest-1'])).toEqual([
      { profile: 'alpha', region: 'eu-west-1' },
      { profile: 'china', region: 'cn-northwest-1' },
    ]);
    // What nobody can be of is asked all the same, and AWS says so.
    expect(await choose(['alpha'], ['cn-north-1'])).toEqual([
      { profile: 'alpha', region: 'cn-north-1' },
    ]);
  });

  it.each([
    ['eu-central-1', 'aws'],
    ['us-gov-west-1', 'aws-us-gov'],
    ['cn-north-1', 'aws-cn'],
    ['eusc-de-east-1', 'aws-eusc'],
    ['us-isob-east-1', 'aws-iso'],
  ])('%s is of %s', (region, partition) => expect(partitionOf(region)).toBe(partition));
});
