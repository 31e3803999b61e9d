import { describe, expect, it } from 'vitest';
import {
  fargateObstacles,
  parseLabels,
  profileNameProblem,
  selectsPod,
  fargateSize,
  sizeWords,
} from '../../../src/domain/fargate.ts';
import { internetGatewayOf } from '../../../src/domain/private-subnets.ts';

const api = { namespace: 'shop', labels: { app: 'api', 'team/name': 'core' } };

describe('a profile', () => {
  it.each([
    ['shop', {}, true],
    ['sh*', {}, true],
    ['shop-?', {}, false],
    ['shop', { app: 'api' }, true],
    ['shop', { app: 'web' }, false],
    ['shop', { app: 'api', 'team/*': 'c?re' }, true],
    ['shop', { app: 'api', tier: '*' }, false],
    ['*', { 'a*': 'a*' }, true],
  ])('with %s %o takes the pod: %s', (namespace, labels, expected) => {
    expect(selectsPod([{ namespace, labels }], api)).toBe(expected);
  });

  it('takes what any of its selectors takes', () => {
    const selectors = ['cart', 'shop'].map((namespace) => ({ namespace, labels: {} }));
    expect(selectsPod(selectors, api)).toBe(true);
    expect(selectsPod([], api)).toBe(false);
  });

  it.each([
    ['payments', ''],
    ['', 'a name is missing'],
    ['eks-mine', 'EKS keeps'],
    ['-mine', 'letters, digits'],
    ['a'.repeat(101), 'at most 100'],
    ['there', 'already'],
  ])('named %s: %s', (name, problem) => {
    const said = profileNameProblem(name, ['there']);
    if (problem === '') expect(said).toBe('');
    else expect(said).toContain(problem);
  });

  it('reads labels as they are typed', () => {
    expect(parseLabels('app=api, tier=back')).toEqual({ labels: { app: 'api', tier: 'back' } });
    expect(parseLabels('')).toEqual({ labels: {} });
    expect(parseLabels('app')).toEqual({
      problem: 'key=value, separated by commas: app is not',
    });
    expect(parseLabels('a=1,b=1,c=1,d=1,e=1,f=1')).toHaveProperty('problem');
  });
});

describe('Fargate', () => {
  it('runs an ordinary pod', () => {
    expect(fargateObstacles({ containers: [{ ports: [{}] }] }, 'ReplicaSet')).toEqual([]);
  });

  it('says all that is in the way of another', () => {
    const spec = {
      hostNetwork: true,
      containers: [
        {
          ports: [{ hostPort: 80 }],
          securityContext: { privileged: true },
          resources: { limits: { 'nvidia.com/gpu': '1' } },
        },
      ],
      volumes: [{ name: 'logs', hostPath: { path: '/var/log' } }],
    };
    expect(fargateObstacles(spec, 'DaemonSet')).toEqual([
      'is of a daemon set',
      'uses the network of its node',
      'is privileged',
      'takes a port of its node',
      'needs nvidia.com/gpu',
      'mounts a path of its node',
    ]);
  });
});

describe('a subnet', () => {
  const route = (GatewayId: string) => ({
    DestinationCidrBlock: '0.0.0.0/0',
    DestinationIpv6CidrBlock: '',
    GatewayId,
    State: 'active',
  });
  const tables = [
    {
      RouteTableId: 'rtb-main',
      Associations: [{ SubnetId: '', Main: true }],
      Routes: [route('igw-1')],
    },
    {
      RouteTableId: 'rtb-own',
      Associations: [{ SubnetId: 'subnet-a', Main: false }],
      Routes: [route('')],
    },
  ];

  it('is private by its own table, public by the main one of its VPC', () => {
    expect(internetGatewayOf('subnet-a', tables)).toBe('');
    expect(internetGatewayOf('subnet-b', tables)).toBe('igw-1');
    expect(internetGatewayOf('subnet-b', [])).toBeNull();
  });
});

describe('the size of a Fargate pod', () => {
  it.each([
    ['0.25vCPU 0.5GB', '0.25 vCPU, 0.5 GB'],
    ['16vCPU 120GB', '16 vCPU, 120 GB'],
    ['', ''],
    ['0vCPU 0GB', ''],
    ['1vCPU 1e9GB', ''],
    ['-1vCPU 2GB', ''],
    ['1vCPU 2GB\u001b[2J', ''],
    ['9'.repeat(400) + 'vCPU 2GB', ''],
  ])('is read of %j: %j', (annotation, words) => {
    expect(sizeWords(fargateSize(annotation))).toBe(words);
  });
});
