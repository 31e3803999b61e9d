/**
 * Every table of AWS in every kind of trouble: one of its calls denied, not served, throttled, or not
 * answered yet. What is missing is said with the IAM action that it needs, and the rest is shown.
 */
import { beforeEach, describe, expect, it } from 'vitest';
import { EKS_TABLES, type EksTableId } from '../../../../src/domain/tables/index.ts';
import type { AwsRead } from '../../../../src/ports/aws-calls.ts';
import { ApiError, throttled } from '../../../../src/simulator/aws-api/index.ts';
import type { LoadBalancer, Target } from '../../../../src/simulator/balancer.ts';
import { AWS_TABLES } from '../../../../src/sources/aws/tables/index.ts';
import { eachAwsBench } from '../../../support/aws-bench.ts';
import { NOW } from '../../../support/aws-region.ts';
import { latticeNetwork } from '../../../support/lattice.ts';

const bench = eachAwsBench();

const TABLES = Object.keys(EKS_TABLES) as EksTableId[];
const CASES = TABLES.flatMap((table) =>
  AWS_TABLES[table].calls.map((action): readonly [EksTableId, AwsRead] => [table, action]),
);

const operationOf = (action: AwsRead): string => action.slice(action.indexOf(':') + 1);

const arn = (what: string): string =>
  `arn:aws:elasticloadbalancing:eu-central-1:111122223333:${what}`;
const target: Target = {
  ...{ id: 'i-1', port: 80, zone: 'eu-central-1a', state: 'healthy' },
  ...{ reason: '', description: '' },
};
const balancer: LoadBalancer = {
  ...{ arn: arn('loadbalancer/app/web/1a2b'), name: 'web', kind: 'application' },
  ...{ hostname: 'web-1.example', scheme: 'internet-facing', createdAt: NOW, subnetIds: [] },
  listeners: [{ protocol: 'HTTPS', port: 443 }],
  tags: { 'elbv2.k8s.aws/cluster': 'shop' },
  groups: [
    {
      ...{ arn: arn('targetgroup/web/1a2b'), name: 'web', protocol: 'HTTP', port: 80 },
      ...{ targetType: 'instance', checkPath: '/', targets: [target] },
      tags: { 'elbv2.k8s.aws/cluster': 'shop' },
    },
  ],
};

/** Gives each call of each table a reason to be made. */
beforeEach(() => {
  const { shop, region } = bench();
  const [subnet] = shop.subnets;
  const [zone] = region.zones;
  const [group] = shop.nodegroups;
  if (!subnet || !zone || !group) throw new Error('a region without subnets or groups');
  bench().addInstance('i-1');
  shop.loadBalancers = () => [
    balancer,
    {
      ...balancer,
      ...{ arn: '', name: 'old', kind: 'classic', listeners: [{ protocol: 'TCP', port: 80 }] },
      tags: { 'kubernetes.io/cluster/shop': 'owned' },
    },
  ];
  shop.lattice = () => [latticeNetwork({ status: 'CREATE_FAILED', failure: 'no certificate' })];
  shop.podIdentityAssociations.push({
    ...{ id: 'a-1', arn: 'arn:a-1', namespace: 'shop', serviceAccount: 'api' },
    ...{ roleArn: 'arn:aws:iam::111122223333:role/api', targetRoleArn: '' },
    ...{ disableSessionTags: false, clientToken: '', createdAt: NOW, modifiedAt: NOW, tags: {} },
  });
  region.fileSystems.push({
    ...{ kind: 'EFS', id: 'fs-1', name: 'media', vpcId: shop.vpcId, state: 'available' },
    ...{ throughput: 'elastic', size: 1, encrypted: true, createdAt: NOW, tags: {} },
    ...{ mountTargets: [], accessPoints: [] },
  });
  region.hostedZones.push({
    ...{ id: 'Z1', name: 'example.com', isPrivate: false },
    records: () => [{ name: 'www.example.com', type: 'A', values: ['10.0.0.1'] }],
  });
  group.status = 'UPDATING';
  group.updates.push({
    ...{ id: 'u-1', type: 'VersionUpdate', status: 'InProgress', params: {}, createdAt: NOW },
  });
});

describe.each(CASES)('%s without %s', (table, action) => {
  const operation = operationOf(action);

  it('denied: says which IAM action it needs', async () => {
    bench().deny(operation);
    const { last } = await bench().follow(table);
    expect(bench().counted(operation)).toBeGreaterThan(0);
    expect(['live', 'denied', 'stale']).toContain(last?.state);
    expect(last?.reason).toContain(`needs ${action}`);
  });

  it('not served, as by an emulator: is shown without it, or says that it is absent', async () => {
    bench().unserve(operation);
    const { last } = await bench().follow(table);
    expect(['live', 'absent', 'stale']).toContain(last?.state);
    if (last?.state !== 'live') expect(last?.reason).toContain(`does not serve ${operation}`);
  });

  it('throttled: says so, shows the rest, and asks again within a minute', async () => {
    bench().fault = (call) => (call.operation === operation ? throttled(call) : null);
    const { last } = await bench().follow(table);
    expect(['live', 'stale']).toContain(last?.state);
    expect(last?.reason).toContain(`AWS throttles ${action}`);
    const asked = bench().counted(operation);
    bench().clock.advance(67_000);
    await expect.poll(() => bench().counted(operation)).toBeGreaterThan(asked);
  });

  it('broken: says which call AWS cannot answer, or does not want to', async () => {
    bench().fault = (call) =>
      call.operation === operation ? new ApiError('InternalFailure', 500, 'oops') : null;
    const { last } = await bench().follow(table);
    expect(['live', 'stale']).toContain(last?.state);
    expect(last?.reason).toContain(`answers 500 to ${operation}`);
  });

  it('unanswered: says what it waits for', async () => {
    bench().hold(operation);
    const sink = bench().begin(table);
    const said = (): string => {
      bench().clock.advance(5_000);
      return sink.last?.reason ?? '';
    };
    await expect.poll(said).toContain(`waiting for ${action}`);
    expect(sink.last).toMatchObject({ state: 'loading', synced: false });
  });
});

describe.each(TABLES)('%s', (table) => {
  it('are loading, and neither empty nor well, while nothing has answered', async () => {
    const states: unknown[] = [];
    const sink = await bench().follow(table);
    states.push(...sink.calls.filter((call) => call.startsWith('status')));
    expect(states[0]).toBe('status loading');
    expect(sink.calls.indexOf('synced')).toBeGreaterThan(sink.calls.indexOf('status loading'));
    expect(sink.last).toMatchObject({ state: 'live', reason: '', synced: true });
  });
});
