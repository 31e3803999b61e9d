import { afterEach, beforeEach, expect, it } from 'vitest';
import { accessDenied, throttled } from '../../../../src/simulator/aws-api/index.ts';
import type { Instance, NetworkInterface } from '../../../../src/simulator/region.ts';
import { NOW } from '../../../support/aws-region.ts';
import { followedRegion, type FollowedRegion } from '../../../support/followed-table.ts';

const MINUTE = 60_000;

let at: FollowedRegion;

beforeEach(async () => {
  at = await followedRegion();
});

afterEach(() => at.close());

/** An interface in the first private subnet. */
function anInterface(id: string, more: Partial<NetworkInterface> = {}): NetworkInterface {
  return {
    id,
    subnetId: at.shop.subnets[0]?.id ?? '',
    instanceId: null,
    deviceIndex: 1,
    description: '',
    macAddress: '02:00:00:00:00:01',
    securityGroupIds: [at.shop.clusterSecurityGroupId],
    privateIps: ['10.0.1.1'],
    prefixes: [],
    tags: {},
    ...more,
  };
}

function anInstance(id: string, interfaces: NetworkInterface[]): Instance {
  const [subnet] = at.shop.subnets;
  const [zone] = at.region.zones;
  if (subnet === undefined || zone === undefined) throw new Error('a region without subnets');
  return {
    id,
    type: 'm7g.large',
    zone,
    subnetId: subnet.id,
    privateIp: interfaces[0]?.privateIps[0] ?? '',
    privateDnsName: `${id}.example`,
    lifecycle: 'normal',
    nodegroup: null,
    asgName: 'batch',
    imageId: 'ami-1',
    architecture: 'arm64',
    state: 'running',
    launchedAt: NOW,
    interfaces,
  };
}

const add = (each: NetworkInterface) => at.shop.serviceInterfaces.set(each.id, each);

it('tells the subnets of the VPC of the cluster, what they are for, and what is free', async () => {
  const sink = await at.follow('subnets');
  const [closed] = at.shop.subnets;
  expect(sink.rows.size).toBe(6);
  expect(sink.rows.get(closed?.id ?? '')).toMatchObject({
    name: 'shop-private-eu-central-1a',
    vpc: at.shop.vpcId,
    zone: 'eu-central-1a',
    zoneId: 'euc1-az2',
    cidr: '10.0.0.0/19',
    size: 8187,
    free: 8186,
    public: false,
    ofCluster: true,
    roles: ['internal-elb'],
    at: NOW,
    since: NOW,
    freeThen: 8186,
  });
  expect(at.calls).toEqual(['DescribeCluster', 'DescribeSubnets']);
});

it('asks once a minute, for the VPC never again, and remembers what was free at first', async () => {
  const sink = await at.follow('subnets');
  const [closed] = at.shop.subnets;
  if (closed) closed.availableIps -= 100;
  at.clock.advance(MINUTE);
  const row = () => sink.rows.get(closed?.id ?? '');
  await sink.until(() => row()?.free === 8086);
  expect(row()).toMatchObject({ since: NOW, freeThen: 8186, at: NOW + MINUTE });
  expect(at.calls).toEqual(['DescribeCluster', 'DescribeSubnets', 'DescribeSubnets']);
});

it.each([
  ['DescribeSubnets', 'ec2:DescribeSubnets'],
  ['DescribeCluster', 'eks:DescribeCluster'],
])('says which action is missing where %s is denied', async (operation, action) => {
  at.fault = (call) => (call.operation === operation ? accessDenied(call) : null);
  const sink = await at.follow('subnets');
  expect(sink.last).toMatchObject({ state: 'denied', reason: `needs ${action}` });
});

it('keeps what it knows of interfaces while AWS throttles', async () => {
  const sink = await at.follow('networkinterfaces');
  const known = sink.rows.size;
  expect(known).toBe(5);
  at.fault = throttled;
  at.clock.advance(MINUTE);
  await sink.until(({ last }) => last?.reason !== '');
  expect(sink.last).toMatchObject({ state: 'stale' });
  expect(sink.last?.reason).toMatch(/throttles ec2:DescribeNetworkInterfaces/);
  expect(sink.rows.size).toBe(known);
}, 20_000);

it('tells whose an interface is, by how the services of AWS describe theirs', async () => {
  const cni = { 'node.k8s.amazonaws.com/instance_id': 'i-1' };
  at.shop.instances.set(
    'i-1',
    anInstance('i-1', [
      anInterface('eni-0', { instanceId: 'i-1', deviceIndex: 0 }),
      anInterface('eni-1', {
        instanceId: 'i-1',
        description: 'aws-K8S-i-1',
        privateIps: ['10.0.1.2'],
        prefixes: ['10.0.2.16/28'],
        tags: cni,
      }),
    ]),
  );
  add(anInterface('eni-elb', { description: 'ELB app/k8s-shop/1a2b' }));
  add(anInterface('eni-vpce', { description: 'VPC Endpoint Interface vpce-1' }));
  add(anInterface('eni-db', { description: 'RDSNetworkInterface' }));
  add(
    anInterface('eni-branch', {
      description: 'aws-k8s-branch-eni',
      tags: { 'vpcresources.k8s.aws/trunk-eni-id': 'eni-1' },
    }),
  );
  const { rows } = await at.follow('networkinterfaces');
  const told = [...rows.values()].map(({ name, use, holder }) => [name, use, holder]);
  expect(told).toEqual(
    expect.arrayContaining([
      ['eni-0', 'node', 'i-1'],
      ['eni-1', 'node', 'i-1'],
      ['eni-elb', 'load balancer', 'app/k8s-shop/1a2b'],
      ['eni-vpce', 'endpoint', 'vpce-1'],
      ['eni-db', 'other', 'RDSNetworkInterface'],
      ['eni-branch', 'pod', 'i-1'],
    ]),
  );
  expect(told.filter(([, use]) => use === 'control plane')).toHaveLength(2);
  expect(told.filter(([, use]) => use === 'NAT gateway')).toHaveLength(3);
  expect(rows.get('eni-1')).toMatchObject({
    addresses: ['10.0.1.2'],
    prefixes: ['10.0.2.16/28'],
    device: 1,
    place: { id: 'eni-1', use: 'node', subnet: at.shop.subnets[0]?.id },
  });
});

it('reads any number of interfaces by the thousand', async () => {
  for (let i = 0; i < 2_500; i++) add(anInterface(`eni-${i}`));
  const { rows } = await at.follow('networkinterfaces');
  expect(rows.size).toBe(2_505);
  const pages = [
    'DescribeNetworkInterfaces',
    'DescribeNetworkInterfaces',
    'DescribeNetworkInterfaces',
  ];
  expect(at.calls).toEqual(['DescribeCluster', ...pages]);
});
