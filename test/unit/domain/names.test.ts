import { describe, expect, it } from 'vitest';
import { isInternal, loadBalancerOf } from '../../../src/domain/load-balancer.ts';
import { selectorText } from '../../../src/domain/selector.ts';
import { workloadOf } from '../../../src/domain/workload.ts';
import { regionOf, shortZone, zoneSpread } from '../../../src/domain/zones.ts';

describe('the workload behind a pod', () => {
  it.each([
    ['ReplicaSet', 'api-78d7d7b5cd', { 'pod-template-hash': '78d7d7b5cd' }, 'Deployment', 'api'],
    ['ReplicaSet', 'web-5f', { 'rollouts-pod-template-hash': '5f' }, 'Rollout', 'web'],
    ['ReplicaSet', 'bare', {}, 'ReplicaSet', 'bare'],
    ['ReplicaSet', 'renamed', { 'pod-template-hash': '78d7d7b5cd' }, 'ReplicaSet', 'renamed'],
    ['Job', 'report-29924883', {}, 'CronJob', 'report'],
    ['Job', 'migrate-2', {}, 'Job', 'migrate-2'],
    ['StatefulSet', 'db', {}, 'StatefulSet', 'db'],
    ['', '', {}, '', ''],
  ])('%s %s', (ownerKind, ownerName, labels, kind, name) => {
    expect(workloadOf(ownerKind, ownerName, labels)).toEqual({ kind, name });
  });
});

describe('zones', () => {
  it.each([
    ['eu-central-1a', '1a', 'eu-central-1'],
    ['us-gov-west-1b', '1b', 'us-gov-west-1'],
    ['ap-southeast-10c', '10c', 'ap-southeast-10'],
    ['us-west-2-lax-1a', 'lax-1a', 'us-west-2'],
    ['us-east-1-wl1-bos-wlz-1', 'wl1-bos-wlz-1', 'us-east-1'],
    ['eu-central-1', 'eu-central-1', ''],
    ['rack7', 'rack7', ''],
    ['', '', ''],
  ])('%s is %s of %s', (zone, short, region) => {
    expect([shortZone(zone), regionOf(zone)]).toEqual([short, region]);
  });

  it.each([
    [
      [
        ['eu-central-1b', 2],
        ['eu-central-1a', 2],
        ['eu-central-1c', 1],
      ],
      'a2 b2 c1',
    ],
    [
      [
        ['1a', 2],
        ['1b', 1],
      ],
      'a2 b1',
    ],
    [
      [
        ['', 1],
        ['eu-central-1a', 3],
      ],
      'a3 ?1',
    ],
    [
      [
        ['eu-central-1a', 3],
        ['us-west-2-lax-1a', 1],
      ],
      '1a:3 lax-1a:1',
    ],
    [[['eu-central-1a', 0]], ''],
    [[], ''],
  ] as [[string, number][], string][])('%j is spread as %s', (zones, text) => {
    expect(zoneSpread(zones)).toBe(text);
  });
});

describe('the load balancer of a service', () => {
  const PREFIX = 'service.beta.kubernetes.io/aws-load-balancer-';
  it.each([
    ['ClusterIP', '', {}, '', false],
    ['LoadBalancer', '', {}, 'classic', false],
    ['LoadBalancer', '', { [`${PREFIX}internal`]: 'true' }, 'classic', true],
    ['LoadBalancer', '', { [`${PREFIX}internal`]: 'false' }, 'classic', false],
    ['LoadBalancer', '', { [`${PREFIX}type`]: 'nlb' }, 'nlb', false],
    ['LoadBalancer', '', { [`${PREFIX}type`]: 'external' }, 'nlb', true],
    ['LoadBalancer', 'service.k8s.aws/nlb', {}, 'nlb', true],
    [
      'LoadBalancer',
      'service.k8s.aws/nlb',
      { [`${PREFIX}scheme`]: 'internet-facing' },
      'nlb',
      false,
    ],
    ['LoadBalancer', 'eks.amazonaws.com/nlb', { [`${PREFIX}scheme`]: 'internal' }, 'nlb', true],
    ['LoadBalancer', 'eks.amazonaws.com/alb', {}, 'alb', true],
    ['LoadBalancer', 'io.cilium/bgp', {}, '', false],
  ])('%s of class %j with %j', (type, loadBalancerClass, annotations, kind, internal) => {
    const service = { type, loadBalancerClass, annotations };
    expect([loadBalancerOf(service), isInternal(service)]).toEqual([kind, internal]);
  });
});

describe('a selector as text', () => {
  it('is sorted by key and can be given to kubectl', () => {
    expect(
      selectorText({
        matchLabels: { tier: 'back', app: 'api' },
        matchExpressions: [
          { key: 'env', operator: 'In', values: ['prod', 'dev'] },
          { key: 'canary', operator: 'DoesNotExist', values: [] },
          { key: 'zone', operator: 'NotIn', values: ['x'] },
          { key: 'team', operator: 'Exists', values: [] },
        ],
      }),
    ).toBe('app=api,!canary,env in (dev,prod),team,tier=back,zone notin (x)');
  });

  it('is empty where it selects everything', () => {
    expect(selectorText({ matchLabels: {}, matchExpressions: [] })).toBe('');
  });
});
