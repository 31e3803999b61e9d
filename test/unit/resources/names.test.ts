import { describe, expect, it } from 'vitest';
import { shortNode, shortObject, shortRole, sortableIp } from '../../../src/resources/names.ts';

describe('short names', () => {
  it('of nodes lose the domain of AWS, and no other', () => {
    expect(shortNode('ip-10-0-12-34.eu-central-1.compute.internal')).toBe('ip-10-0-12-34');
    expect(shortNode('fargate-ip-10-0-1-2.ec2.internal')).toBe('fargate-ip-10-0-1-2');
    expect(shortNode('kind.local.example')).toBe('kind.local.example');
  });

  it('of roles lose their path, of kinds are those that one types', () => {
    expect(shortRole('arn:aws:iam::1:role/eks/orders')).toBe('orders');
    expect(shortObject('HorizontalPodAutoscaler', 'api')).toBe('hpa/api');
    expect(shortObject('CronJob', 'report')).toBe('cj/report');
    expect(shortObject('Rollout', 'api')).toBe('rollout/api');
  });

  it('addresses sort as numbers', () => {
    const sorted = ['10.0.10.1', '10.0.9.255', '10.0.9.3'].sort((a, b) =>
      sortableIp(a) < sortableIp(b) ? -1 : 1,
    );
    expect(sorted).toEqual(['10.0.9.3', '10.0.9.255', '10.0.10.1']);
  });
});
