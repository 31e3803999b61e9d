import { afterEach, beforeEach, expect, it } from 'vitest';
import { accessDenied } from '../../../../src/simulator/aws-api/index.ts';
import type { LoadBalancer, Target, TargetGroup } from '../../../../src/simulator/balancer.ts';
import { NOW } from '../../../support/aws-region.ts';
import { followedRegion, type FollowedRegion } from '../../../support/followed-table.ts';

const ARN = 'arn:aws:elasticloadbalancing:eu-central-1:111122223333';
const OURS = { 'elbv2.k8s.aws/cluster': 'shop' };

let at: FollowedRegion;

beforeEach(async () => {
  at = await followedRegion();
});

afterEach(() => at.close());

const target = (id: string, state: Target['state'], reason = ''): Target => ({
  ...{ id, port: 8080, zone: 'eu-central-1a', state, reason },
  description: reason === '' ? '' : 'Health checks failed',
});

const group = (name: string, targets: Target[], tags: TargetGroup['tags']): TargetGroup => ({
  arn: `${ARN}:targetgroup/${name}/1a2b`,
  ...{ name, protocol: 'HTTP', port: 8080, targetType: 'ip', checkPath: '/healthz' },
  ...{ tags, targets },
});

const balancer = (name: string, more: Partial<LoadBalancer>): LoadBalancer => ({
  arn: `${ARN}:loadbalancer/app/${name}/1a2b`,
  name,
  kind: 'application',
  hostname: `${name}-1.eu-central-1.elb.amazonaws.com`,
  scheme: 'internet-facing',
  createdAt: NOW,
  subnetIds: [at.shop.subnets[3]?.id ?? ''],
  listeners: [{ protocol: 'HTTPS', port: 443 }],
  tags: OURS,
  groups: [],
  ...more,
});

function serve(...all: LoadBalancer[]): void {
  at.shop.loadBalancers = () => all;
}

const failed = target('10.0.1.2', 'unhealthy', 'Target.FailedHealthChecks');
const classic = () =>
  balancer('old', {
    ...{ arn: '', kind: 'classic', listeners: [{ protocol: 'TCP', port: 80 }] },
    tags: { 'kubernetes.io/cluster/shop': 'owned', 'kubernetes.io/service-name': 'shop/old' },
    groups: [{ ...group('old', [target('i-1', 'unhealthy', 'x')], {}), targetType: 'instance' }],
  });

it('tells balancers of both generations, for whom they were made, and not those of others', async () => {
  serve(
    balancer('web', { tags: { ...OURS, 'ingress.k8s.aws/stack': 'shop/web' } }),
    balancer('shared', { tags: { ...OURS, 'ingress.k8s.aws/stack': 'storefront' } }),
    balancer('gw', { tags: { ...OURS, 'gateway.k8s.aws.alb/stack': 'shop/public' } }),
    balancer('foreign', { tags: { 'elbv2.k8s.aws/cluster': 'other' } }),
    balancer('manual', { tags: {} }),
    classic(),
  );
  const { rows, last } = await at.follow('loadbalancers');
  const told = [...rows.values()].map(({ name, kind, owner }) => [name, kind, owner]);
  expect(told).toEqual([
    ['web', 'alb', 'ingress shop/web'],
    ['shared', 'alb', 'ingress group storefront'],
    ['gw', 'alb', 'gateway shop/public'],
    ['manual', 'alb', ''],
    ['old', 'classic', 'service shop/old'],
  ]);
  expect(rows.get(`${ARN}:loadbalancer/app/web/1a2b`)).toMatchObject({
    dns: 'web-1.eu-central-1.elb.amazonaws.com',
    scheme: 'internet-facing',
    state: 'active',
    listeners: ['HTTPS:443'],
    zones: ['eu-central-1a'],
    created: NOW,
  });
  expect(rows.get('classic/old')).toMatchObject({ listeners: ['TCP:80'] });
  expect(last).toMatchObject({ state: 'live', reason: '' });
});

it('asks for tags once and for listeners every five minutes', async () => {
  serve(balancer('web', {}));
  const sink = await at.follow('loadbalancers');
  expect(at.calls.toSorted()).toEqual([
    'DescribeCluster',
    'DescribeListeners',
    'DescribeLoadBalancers',
    'DescribeLoadBalancers',
    'DescribeTags',
  ]);
  at.calls.length = 0;
  serve(balancer('web', { scheme: 'internal' }));
  at.clock.advance(60_000);
  await sink.until(({ rows }) => [...rows.values()][0]?.scheme === 'internal');
  expect(at.calls).toEqual(['DescribeLoadBalancers', 'DescribeLoadBalancers']);
});

it('keeps balancers without their tags and listeners, and names what is missing', async () => {
  serve(balancer('web', {}));
  const withheld = ['DescribeTags', 'DescribeListeners'];
  at.fault = (call) => (withheld.includes(call.operation) ? accessDenied(call) : null);
  const { rows, last } = await at.follow('loadbalancers');
  expect([...rows.values()]).toMatchObject([{ name: 'web', owner: '', listeners: [] }]);
  expect(last?.state).toBe('live');
  expect(last?.reason).toMatch(/needs elasticloadbalancing:DescribeTags/);
  expect(last?.reason).toMatch(/needs elasticloadbalancing:DescribeListeners/);
});

it('tells how each target does, in the words of the balancer', async () => {
  const tags = { ...OURS, 'ingress.k8s.aws/resource': 'shop/web-api:http' };
  serve(
    balancer('web', { groups: [group('g', [target('10.0.1.1', 'healthy'), failed], tags)] }),
    classic(),
  );
  const { rows } = await at.follow('targetgroups');
  expect(rows.get(`${ARN}:targetgroup/g/1a2b`)).toMatchObject({
    name: 'g',
    balancers: [`${ARN}:loadbalancer/app/web/1a2b`],
    balancerNames: ['web'],
    targetType: 'ip',
    check: 'HTTP traffic-port /healthz',
    resource: 'shop/web-api:http',
    targets: [
      { id: '10.0.1.1', state: 'healthy', reason: '' },
      {
        ...{ id: '10.0.1.2', state: 'unhealthy', reason: 'Target.FailedHealthChecks' },
        description: 'Health checks failed',
      },
    ],
  });
  expect(rows.get('classic/old')).toMatchObject({
    services: ['shop/old'],
    targets: [{ id: 'i-1', state: 'unhealthy', reason: 'Instance' }],
  });
});

it('shows the groups of which it may not read the targets, with the action that is missing', async () => {
  serve(balancer('web', { groups: [group('g', [failed], OURS)] }));
  at.fault = (call) => (call.operation === 'DescribeTargetHealth' ? accessDenied(call) : null);
  const { rows, last } = await at.follow('targetgroups');
  const action = 'needs elasticloadbalancing:DescribeTargetHealth';
  expect([...rows.values()]).toMatchObject([{ name: 'g', targets: [], error: action }]);
  expect(last?.reason).toBe(action);
});

it('asks once for what balancers and their groups both need', async () => {
  serve(balancer('web', { groups: [group('g', [failed], OURS)] }));
  await Promise.all([at.follow('loadbalancers'), at.follow('targetgroups')]);
  // One for each generation.
  expect(at.calls.filter((call) => call === 'DescribeLoadBalancers')).toHaveLength(2);
  const tags = at.calls.filter((call) => call === 'DescribeTags').length;
  at.calls.length = 0;
  const [balancers, groups] = [await at.follow('loadbalancers'), await at.follow('targetgroups')];
  expect(tags).toBeLessThanOrEqual(2);
  expect(at.calls).not.toContain('DescribeLoadBalancers');
  expect(at.calls).not.toContain('DescribeTags');
  expect(balancers.rows.size + groups.rows.size).toBe(2);
});
