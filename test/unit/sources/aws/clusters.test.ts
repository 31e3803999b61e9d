import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ClusterRow } from '../../../../src/domain/rows.ts';
import type { AwsPort, TokenRequest } from '../../../../src/ports/aws.ts';
import {
  accessDenied,
  type ApiCall,
  type ApiError,
  expiredToken,
  throttled,
} from '../../../../src/simulator/aws-api/index.ts';
import { isEksToken } from '../../../../src/simulator/kube-api/auth.ts';
import type { EksCluster, Region } from '../../../../src/simulator/region.ts';
import { createAwsPort, loadAwsFiles, NO_FILES } from '../../../../src/sources/aws/index.ts';
import {
  addTestCluster,
  NOW,
  serveRegion,
  type TestAws,
  testRegion,
} from '../../../support/aws-region.ts';
import { recordingSink } from '../../../support/recording-sink.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';

const HERE = { profile: '', region: 'eu-central-1' };
const FILES = NO_FILES;

let region: Region;
let shop: EksCluster;
let aws: TestAws;
let clock: VirtualClock;
let port: AwsPort;
let calls: string[];
/** Calls under way, and the most there were at once. */
let running: number;
let most: number;
/** Which calls fail; set by a test. */
let fault: (call: ApiCall) => ApiError | null;
/** Is nothing answered from now on. */
let silent: boolean;

beforeEach(async () => {
  ({ region, shop } = testRegion());
  calls = [];
  fault = () => null;
  silent = false;
  running = most = 0;
  aws = await serveRegion(region, {
    latency() {
      running += 1;
      most = Math.max(most, running);
      return 1;
    },
    fault(call) {
      running -= 1;
      calls.push(call.operation);
      return silent ? new Promise(() => undefined) : fault(call);
    },
  });
  clock = new VirtualClock(NOW);
  port = createAwsPort({ clock, random: () => 0.5, env: aws.env, files: FILES });
});

afterEach(async () => {
  port.close();
  await aws.close();
});

const arn = (name: string): string => `arn:aws:eks:eu-central-1:111122223333:cluster/${name}`;
const count = (operation: string): number => calls.filter((call) => call === operation).length;

describe('a region that answers', () => {
  it('becomes rows with all that the pane shows', async () => {
    shop.endpoint = 'https://127.0.0.1:6443';
    shop.caData = 'Y2E=';
    shop.healthIssues = [
      { code: 'Ec2SubnetNotFound', message: 'a subnet is gone', resourceIds: ['subnet-1'] },
    ];
    const sink = recordingSink<ClusterRow>();
    port.follow('clusters', [HERE], sink);
    await sink.until(({ last }) => last?.state === 'live');

    expect(sink.rows.get(arn('shop'))).toMatchObject({
      logging: ['api', 'audit', 'authenticator'],
      publicCidrs: ['203.0.113.0/24'],
      keyArn: '',
      supportType: 'STANDARD',
      authenticationMode: 'API_AND_CONFIG_MAP',
      deletionProtection: false,
      uid: arn('shop'),
      cluster: arn('shop'),
      id: arn('shop'),
      name: 'shop',
      namespace: '',
      created: NOW - 200 * 86_400_000,
      gone: 0,
      source: 'eks',
      context: '',
      profile: '',
      account: '111122223333',
      region: 'eu-central-1',
      status: 'ACTIVE',
      version: '1.35',
      platformVersion: 'eks.9',
      endpoint: 'https://127.0.0.1:6443',
      caData: 'Y2E=',
      endpointPublic: true,
      endpointPrivate: true,
      health: [{ code: 'Ec2SubnetNotFound', message: 'a subnet is gone', resources: ['subnet-1'] }],
      tags: { team: 'shop' },
      standardSupportEnd: Date.UTC(2027, 2, 27),
      extendedSupportEnd: Date.UTC(2028, 2, 27),
      error: '',
      nodes: null,
      pods: null,
    });
    expect(sink.last).toMatchObject({ asOf: NOW, synced: true, reason: '', retryAt: 0 });
    expect(sink.calls[0]).toBe('relist');
    expect(sink.calls.at(-2)).toBe('synced');
  });

  it('is read to the last page', async () => {
    for (let i = 0; i < 120; i++) addTestCluster(region, `extra-${i}`);
    const sink = recordingSink<ClusterRow>();
    port.follow('clusters', [HERE], sink);
    await sink.until(({ last }) => last?.state === 'live');
    expect(sink.rows.size).toBe(121);
    expect(count('ListClusters')).toBe(2);
    expect(most).toBeLessThanOrEqual(5);
  });

  it('is asked every 30 seconds, its calendar once a day, and writes no more than what changed', async () => {
    const sink = recordingSink<ClusterRow>();
    port.follow('clusters', [HERE], sink);
    await sink.until(({ last }) => last?.state === 'live');
    const before = sink.calls.length;

    clock.advance(29_999);
    expect(count('ListClusters')).toBe(1);
    clock.advance(1);
    await sink.until(({ last }) => last?.asOf === NOW + 30_000);
    expect(sink.calls.slice(before)).toEqual(['status live']);

    addTestCluster(region, 'second');
    region.clusters.splice(0, 1);
    clock.advance(30_000);
    await sink.until(({ last }) => last?.asOf === NOW + 60_000);
    expect([...sink.rows.keys()]).toEqual([arn('second')]);
    expect(count('DescribeClusterVersions')).toBe(1);
  });

  it('is asked every 5 seconds while a cluster changes', async () => {
    shop.status = 'UPDATING';
    const sink = recordingSink<ClusterRow>();
    port.follow('clusters', [HERE], sink);
    await sink.until(({ last }) => last?.state === 'live');
    shop.status = 'ACTIVE';
    clock.advance(5_000);
    await sink.until(({ rows }) => rows.get(arn('shop'))?.status === 'ACTIVE');
    expect(count('ListClusters')).toBe(2);
  });

  it('is asked at once on demand, and no more when nobody looks', async () => {
    const sink = recordingSink<ClusterRow>();
    const stop = port.follow('clusters', [HERE], sink);
    await sink.until(({ last }) => last?.state === 'live');
    clock.advance(1_000);
    port.retryNow();
    await sink.until(({ last }) => last?.asOf === NOW + 1_000);
    stop();
    stop();
    expect(clock.pending).toBe(0);
    port.retryNow();
    expect(count('ListClusters')).toBe(2);
  });
});

describe('a local cluster on Outposts', () => {
  const LOCAL = { id: '6f1e2d3c-1111', outpostArn: 'arn:aws:outposts:eu-central-1:1:outpost/op-1' };
  const request = { name: 'shop', ...HERE };
  const signedFor = async (name: string, more: Partial<TokenRequest> = {}) =>
    isEksToken((await port.token({ ...request, ...more })).token, region, name, NOW);

  it('is named by its id in its tokens, unless a plugin would be told its name', async () => {
    shop.local = LOCAL;
    const sink = recordingSink<ClusterRow>();
    port.follow('clusters', [HERE], sink);
    await sink.until(({ last }) => last?.state === 'live');
    expect(await signedFor(LOCAL.id)).toBe(true);
    expect(await signedFor('shop')).toBe(false);
    expect(await signedFor('shop', { env: {} })).toBe(true);
    expect(await signedFor(LOCAL.id, { name: LOCAL.id, env: {} })).toBe(true);
  });
});

describe('a region that does not answer fully', () => {
  it('keeps the name of a cluster that may not be described', async () => {
    addTestCluster(region, 'second');
    fault = (call) =>
      call.operation === 'DescribeCluster' && count('DescribeCluster') === 1
        ? accessDenied(call)
        : null;
    const sink = recordingSink<ClusterRow>();
    port.follow('clusters', [HERE], sink);
    await sink.until(({ last }) => last?.state === 'live');
    const names = [...sink.rows.values()].map(({ name, error }) => [name, error]);
    expect(names).toContainEqual(['shop', 'needs eks:DescribeCluster']);
    expect(names).toContainEqual(['second', '']);
    expect(sink.last?.reason).toBe('needs eks:DescribeCluster');
  });

  it('knows no ends of support where nothing serves them, and says nothing', async () => {
    fault = (call) =>
      call.operation === 'DescribeClusterVersions'
        ? Object.assign(accessDenied(call), { code: 'UnknownOperationException', status: 404 })
        : null;
    const sink = recordingSink<ClusterRow>();
    port.follow('clusters', [HERE], sink);
    await sink.until(({ last }) => last?.state === 'live');
    expect(sink.rows.get(arn('shop'))).toMatchObject({
      standardSupportEnd: null,
      extendedSupportEnd: null,
      error: '',
    });
    expect(sink.last?.reason).toBe('');
  });

  it('tells which IAM action is missing to list', async () => {
    fault = (call) => (call.operation === 'ListClusters' ? accessDenied(call) : null);
    const sink = recordingSink<ClusterRow>();
    port.follow('clusters', [HERE], sink);
    await sink.until(({ last }) => last?.state === 'denied');
    expect(sink.last).toMatchObject({
      reason: 'needs eks:ListClusters',
      synced: false,
      retryAt: NOW + 120_000,
    });
    expect(sink.rows.size).toBe(0);
  });

  it('describes what the kubeconfig names where it may not list, and says what is missing', async () => {
    fault = (call) => (call.operation === 'ListClusters' ? accessDenied(call) : null);
    const named = [
      { name: 'shop', region: 'eu-central-1' },
      { name: 'shop', region: 'us-east-1' },
      { name: 'of-another-account', region: 'eu-central-1' },
    ];
    const sink = recordingSink<ClusterRow>();
    port.follow('clusters', [{ ...HERE, named }], sink);
    await sink.until(({ last }) => last?.state === 'live');
    expect([...sink.rows.keys()]).toEqual([arn('shop')]);
    expect(sink.rows.get(arn('shop'))).toMatchObject({ status: 'ACTIVE', error: '' });
    expect(sink.last?.reason).toBe('needs eks:ListClusters');
    expect(count('DescribeCluster')).toBe(2);
  });

  it('is denied where it may neither list nor describe what is named', async () => {
    fault = (call) => (call.service === 'eks' ? accessDenied(call) : null);
    const named = [{ name: 'shop', region: 'eu-central-1' }];
    const sink = recordingSink<ClusterRow>();
    port.follow('clusters', [{ ...HERE, named }], sink);
    await sink.until(({ last }) => last?.state === 'denied');
    expect(sink.last?.reason).toBe('needs eks:ListClusters');
    expect(sink.rows.size).toBe(0);
  });

  it('keeps its rows, with their age and what it waits for, while nobody answers', async () => {
    const sink = recordingSink<ClusterRow>();
    port.follow('clusters', [HERE], sink);
    await sink.until(({ last }) => last?.state === 'live');
    silent = true;
    const asked = count('ListClusters');
    clock.advance(30_000);
    await expect.poll(() => count('ListClusters')).toBeGreaterThan(asked);
    clock.advance(15_000);
    expect(sink.last?.state).toBe('live');
    clock.advance(5_000);
    expect(sink.last).toMatchObject({ state: 'stale', asOf: NOW, synced: true });
    expect(sink.last?.reason).toBe('waiting for eks:ListClusters');
    expect(sink.rows.size).toBe(1);
  });

  it('takes up credentials that were renewed', async () => {
    fault = ({ service }) => expiredToken(service);
    const sink = recordingSink<ClusterRow>();
    port.follow('clusters', [HERE], sink);
    await sink.until(({ last }) => last?.state === 'expired');
    expect(sink.last?.reason).toBe('the AWS credentials in use have expired');
    fault = () => null;
    port.retryNow();
    await sink.until(({ last }) => last?.state === 'live');
    expect(sink.rows.size).toBe(1);
  });

  it('waits out throttling without a word', async () => {
    fault = (call) => (count('ListClusters') === 1 ? throttled(call) : null);
    const sink = recordingSink<ClusterRow>();
    port.follow('clusters', [HERE], sink);
    await sink.until(({ last }) => last?.state !== 'loading');
    expect(sink.last).toMatchObject({ state: 'live', reason: '' });
    expect(count('ListClusters')).toBe(2);
  });

  it('keeps its rows, with their age, while it cannot be reached', async () => {
    const sink = recordingSink<ClusterRow>();
    port.follow('clusters', [HERE], sink);
    await sink.until(({ last }) => last?.state === 'live');
    await aws.close();
    clock.advance(30_000);
    await sink.until(({ last }) => last?.state === 'stale');
    expect(sink.last).toMatchObject({ asOf: NOW, since: NOW + 30_000, synced: true });
    expect(sink.last?.reason).toMatch(/^127\.0\.0\.1:\d+ refuses connections$/);
    expect(sink.rows.size).toBe(1);
    aws = await serveRegion(region);
  });
});

describe('several regions', () => {
  const THERE = { profile: '', region: 'us-east-1' };

  it('are live together; one without clusters adds none', async () => {
    const sink = recordingSink<ClusterRow>();
    port.follow('clusters', [HERE, THERE], sink);
    await sink.until(({ last }) => last?.state === 'live');
    expect([...sink.rows.keys()]).toEqual([arn('shop')]);
  });

  it('one that fails leaves a row that says why, and goes when it answers', async () => {
    let denied = true;
    fault = (call) => {
      if (call.operation !== 'ListClusters' || !denied) return null;
      denied = false;
      return accessDenied(call);
    };
    const sink = recordingSink<ClusterRow>();
    port.follow('clusters', [HERE, THERE], sink);
    await sink.until(({ last }) => last?.state === 'live');
    const failed = [...sink.rows.values()].find(({ uid }) => uid.startsWith('scope:'));
    expect(failed).toMatchObject({ error: 'needs eks:ListClusters', endpoint: '' });
    expect(sink.last?.reason).toBe(`${failed?.region ?? ''}: needs eks:ListClusters`);

    port.retryNow();
    await sink.until(({ rows }) => rows.size === 1 && rows.has(arn('shop')));
  });
});

/** A port whose keys are those of a credentials file, by profile. */
async function portOfFile(write: (file: string) => void) {
  const file = `${aws.caFile}.credentials`;
  write(file);
  const env = {
    AWS_ENDPOINT_URL: aws.url,
    AWS_CA_BUNDLE: aws.caFile,
    AWS_SHARED_CREDENTIALS_FILE: file,
    AWS_CONFIG_FILE: '/none',
  };
  const files = await loadAwsFiles(env);
  const scopes = (...profiles: string[]) =>
    profiles.map((profile) => ({ profile, region: region.name }));
  return { file, scopes, port: createAwsPort({ clock, random: () => 0.5, env, files }) };
}

const section = (name: string, key: string): string =>
  `[${name}]\naws_access_key_id = ${key}\naws_secret_access_key = ${region.credentials.secretAccessKey}\n`;

it('shows a cluster once that two profiles see, as the first of them', async () => {
  const key = region.credentials.accessKeyId;
  const { scopes, port: two } = await portOfFile((file) =>
    writeFileSync(file, section('one', key) + section('two', key)),
  );
  const sink = recordingSink<ClusterRow>();
  two.follow('clusters', scopes('one', 'two'), sink);
  await sink.until(({ last }) => last?.state === 'live');
  two.close();
  expect([...sink.rows.values()].map(({ name, profile }) => [name, profile])).toEqual([
    ['shop', 'one'],
  ]);
  expect(count('DescribeCluster')).toBe(2);
});

it('takes up keys that were replaced in their file, for calls and for tokens', async () => {
  const {
    file,
    scopes,
    port: keyed,
  } = await portOfFile((path) => writeFileSync(path, section('one', 'AKIAOUTOFDATE0000000')));
  const sink = recordingSink<ClusterRow>();
  keyed.follow('clusters', scopes('one'), sink);
  await sink.until(({ last }) => last?.state === 'expired');
  const key = region.credentials.accessKeyId;
  writeFileSync(file, section('one', key));
  clock.advance(16_500);
  await sink.until(({ last }) => last?.state === 'live');

  writeFileSync(file, section('one', 'AKIAEVENNEWER0000000'));
  keyed.retryNow();
  const { token } = await keyed.token({ name: 'shop', profile: 'one', region: region.name });
  keyed.close();
  expect(Buffer.from(token.slice(11), 'base64url').toString()).toContain('AKIAEVENNEWER0000000');
});
