import { describe, expect, it } from 'vitest';
import {
  shortImage,
  shortNode,
  shortObject,
  shortRole,
  sortableIp,
} from '../../../src/resources/names.ts';

describe('short names', () => {
  it.each([
    ['nginx', 'nginx'],
    ['nginx:1.27', 'nginx:1.27'],
    ['docker.io/library/nginx:1.27', 'nginx:1.27'],
    ['602401143452.dkr.ecr.eu-central-1.amazonaws.com/eks/coredns:v1.11.4', 'eks/coredns:v1.11.4'],
    ['localhost:5000/api:1', 'api:1'],
    ['shop/api:2@sha256:0123456789abcdef', 'shop/api:2'],
    ['quay.io/shop/api@sha256:0123456789abcdef', 'shop/api@0123456'],
    ['', ''],
  ])('image %s is %s', (image, short) => {
    expect(shortImage(image)).toBe(short);
  });

  it('of nodes lose the domain of AWS, and no other', () => {
    expect(shortNode('ip-10-0-12-34.eu-central-1.compute.internal')).toBe('ip-10-0-12-34');
    expect(shortNode('fargate-ip-10-0-1-2.ec2.internal')).toBe('fargate-ip-10-0-1-2');
    expect(shortNode('kind.local.example')).toBe('kind.local.example');
  });

  it('of roles lose their path, of kinds are those that one types', () => {
    expect(shortRole('arn:aws:iam::1:role/eks/orders')).toBe('orders');
    expect(shortObject('HorizontalPodAutoscaler', 'api')).toBe('hpa/api');
    expect(shortObject('CronJob', 'report')).toBe('cronjob/report');
  });

  it('addresses sort as numbers', () => {
    const sorted = ['10.0.10.1', '10.0.9.255', '10.0.9.3'].sort((a, b) =>
      sortableIp(a) < sortableIp(b) ? -1 : 1,
    );
    expect(sorted).toEqual(['10.0.9.3', '10.0.9.255', '10.0.10.1']);
  });
});
