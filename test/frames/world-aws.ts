/** What AWS tells of the shop's cluster: groups, networks, load balancers, storage and all that may go wrong. */
import { LATTICE_NAME } from './world-gateways.ts';
import { arnKey } from '../../src/domain/cluster-key.ts';
import { IDLE } from '../../src/domain/status.ts';
import type { AwsTableId, Tables } from '../../src/domain/tables/index.ts';
import type { AwsPort } from '../../src/ports/aws.ts';
import type { Sink } from '../../src/ports/sink.ts';
import { clusterRow, nodeGroupRow, rowOf } from '../support/rows.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const GIB = 2 ** 30;
const REGION = 'eu-central-1';
const ACCOUNT = '123456789012';
const ARN = `arn:aws:eks:${REGION}:${ACCOUNT}:cluster/shop-prod`;
const ZONES = ['a', 'b', 'c'].map((letter) => `${REGION}${letter}`);
const WEB = `k8s-shop-web-0a1b2c3d4e-5f6a7b8c9d.elb.${REGION}.amazonaws.com`;

type AwsRows = { readonly [T in AwsTableId]?: readonly Tables[T][] };

const role = (name: string): string => `arn:aws:iam::${ACCOUNT}:role/${name}`;

/** @param now the moment of the frames */
export function awsOf(now: number): AwsRows {
  const old = { created: now - 20 * DAY };
  const subnet = (i: number, free: number) => ({
    ...{ ...old, uid: `subnet-0a1b2c3d4e5f6000${i}`, name: `shop-prod-private-${ZONES[i] ?? ''}` },
    ...{ vpc: 'vpc-0a1b2c3d4e5f60001', zone: ZONES[i] ?? '', zoneId: `euc1-az${i + 1}` },
    ...{ cidr: `10.0.${i * 32}.0/19`, size: 8187, free, ofCluster: true, roles: ['internal-elb'] },
    ...{ at: now, since: now - 60 * MINUTE, freeThen: free + 40 },
  });
  const balancer = `arn:aws:elasticloadbalancing:${REGION}:${ACCOUNT}:loadbalancer/net/k8s-shop-web/1`;
  const target = (ip: string, state: string, reason = '', description = '') => ({
    ...{ id: ip, port: 8080, zone: ZONES[0] ?? '', state, reason, description },
  });
  const volume = (i: number, more: object) =>
    rowOf('volumes', {
      ...{ ...old, uid: `vol-0a1b2c3d4e5f6000${i}`, name: `vol-0a1b2c3d4e5f6000${i}` },
      ...{ state: 'in-use', zone: ZONES[0] ?? '', type: 'gp3', size: 20 * GIB, iops: 3000 },
      ...{ throughput: 125, encrypted: true, attachedTo: ['i-0a1b2c3d4e5f60000'] },
      ...{ claim: 'shop/data-db-0', ofCluster: true, ...more },
    });
  const latticeTarget = {
    ...{ port: 8080, zone: '', reason: 'HealthCheckFailed', description: '' },
  };
  const mount = (i: number, state = 'available') => ({
    ...{ id: `fsmt-${i}`, zone: ZONES[i] ?? '', subnet: `subnet-0a1b2c3d4e5f6000${i}` },
    ...{ ip: `10.0.${i * 32}.10`, state },
  });
  return {
    clusters: [
      clusterRow({
        ...{ name: 'shop-prod', id: arnKey(ARN), endpoint: 'https://10.9.8.7', region: REGION },
        ...{ created: now - 400 * DAY, version: '1.34', platformVersion: 'eks.12' },
        ...{ vpcId: 'vpc-0a1b2c3d4e5f60001', authenticationMode: 'API_AND_CONFIG_MAP' },
        ...{ endpointPublic: true, endpointPrivate: true, publicCidrs: ['0.0.0.0/0'] },
      }),
      clusterRow({
        ...{ name: 'shop-old', region: REGION, created: now - 900 * DAY, version: '1.31' },
        ...{ status: 'UPDATING', id: arnKey(ARN.replace('shop-prod', 'shop-old')) },
      }),
    ],
    nodegroups: [
      nodeGroupRow('managed/web', {
        ...{ ...old, name: 'web', kind: 'managed', status: 'ACTIVE', version: '1.34' },
        ...{ release: '1.34.1-20261001', latestRelease: '1.34.1-20261008', zones: ZONES },
        ...{ amiType: 'AL2023_x86_64_STANDARD', capacity: 'on-demand', min: 2, desired: 4, max: 8 },
        ...{ instanceTypes: ['m6i.large'], asg: 'eks-web-1' },
      }),
      nodeGroupRow('managed/batch-spot', {
        ...{ ...old, name: 'batch-spot', kind: 'managed', status: 'DEGRADED', version: '1.33' },
        ...{ release: '1.33.4-20260905', latestRelease: '1.33.5-20261008', zones: ZONES.slice(2) },
        ...{ amiType: 'AL2023_x86_64_STANDARD', capacity: 'spot', min: 0, desired: 2, max: 10 },
        ...{ instanceTypes: ['m6i.large', 'm5.large', 'm5a.large'], asg: 'eks-batch-1' },
        health: [
          {
            code: 'AsgInstanceLaunchFailures',
            message: 'We currently do not have sufficient m6i.large capacity in eu-central-1c',
            resources: ['eks-batch-1'],
          },
        ],
      }),
    ],
    subnets: [subnet(0, 5120), subnet(1, 210), subnet(2, 12)].map((row) => rowOf('subnets', row)),
    loadbalancers: [
      rowOf('loadbalancers', {
        ...{ ...old, uid: balancer, name: 'k8s-shop-web-0a1b2c3d4e', kind: 'nlb', dns: WEB },
        ...{ scheme: 'internet-facing', state: 'active', zones: ZONES, listeners: ['TCP:443'] },
        ...{ owner: 'service shop/web', madeFor: 'shop-prod' },
      }),
      rowOf('loadbalancers', {
        ...{ ...old, uid: 'arn:gw', name: 'k8s-shop-public-5d6e7f', kind: 'alb' },
        ...{ scheme: 'internet-facing', state: 'active', zones: ZONES, listeners: ['HTTPS:443'] },
        ...{ owner: 'gateway shop/public', madeFor: 'shop-prod' },
        dns: `k8s-shop-public-5d6e7f-204117.${REGION}.elb.amazonaws.com`,
      }),
      rowOf('loadbalancers', {
        ...{ ...old, uid: 'arn:old', name: 'legacy-api', kind: 'alb', scheme: 'internal' },
        ...{ state: 'active', zones: ZONES.slice(0, 2), listeners: ['HTTP:80', 'HTTPS:443'] },
        dns: `internal-legacy-api-12345678.${REGION}.elb.amazonaws.com`,
      }),
    ],
    targetgroups: [
      rowOf('targetgroups', {
        ...{ uid: 'arn:tg3', name: 'k8s-shop-public-7c8d9e', balancers: ['arn:gw'], port: 8080 },
        ...{ balancerNames: ['k8s-shop-public-5d6e7f'], protocol: 'HTTP', targetType: 'ip' },
        ...{ check: 'HTTP traffic-port /healthz' },
        resource: 'shop/public:shop-api:HTTPRoute-shop-api:80',
        targets: [target('10.0.1.21', 'healthy'), target('10.0.2.22', 'healthy')],
      }),
      rowOf('targetgroups', {
        ...{ uid: 'arn:tg', name: 'k8s-shop-web-5f6a7b8c9d', balancers: [balancer], port: 8080 },
        ...{ balancerNames: ['k8s-shop-web-0a1b2c3d4e'], protocol: 'TCP', targetType: 'ip' },
        ...{ check: 'HTTP traffic-port /healthz', services: ['shop/web'] },
        targets: [
          target('10.0.1.17', 'healthy'),
          target('10.0.2.18', 'healthy'),
          target(
            ...['10.0.3.19', 'unhealthy', 'Target.FailedHealthChecks', 'Health checks failed'],
          ),
        ],
      }),
      rowOf('targetgroups', {
        ...{ uid: 'arn:tg2', name: 'legacy-api', balancers: ['arn:old'], port: 80 },
        ...{
          balancerNames: ['legacy-api'],
          protocol: 'HTTP',
          targetType: 'instance',
          check: 'HTTP',
        },
      }),
    ],
    records: [
      rowOf('records', {
        ...{ uid: 'r1', name: 'www.shop.example.com', zone: 'shop.example.com', zoneId: 'Z1' },
        ...{ types: ['A', 'AAAA'], isAlias: true, targets: [WEB] },
      }),
      rowOf('records', {
        ...{ uid: 'r2', name: 'partners.shop.example.com', zone: 'shop.example.com' },
        ...{ zoneId: 'Z1', types: ['A'], targets: ['203.0.113.17'], ttl: 300, policy: 'weight 10' },
      }),
    ],
    addons: [
      rowOf('addons', {
        ...{ ...old, uid: 'vpc-cni', name: 'vpc-cni', status: 'ACTIVE', publisher: 'eks' },
        ...{ version: 'v1.20.1-eksbuild.1', defaultVersion: 'v1.20.4-eksbuild.1', fitsNext: true },
        versions: ['v1.20.4-eksbuild.1', 'v1.20.1-eksbuild.1'],
      }),
      rowOf('addons', {
        ...{ ...old, uid: 'coredns', name: 'coredns', status: 'DEGRADED', publisher: 'eks' },
        ...{ version: 'v1.12.1-eksbuild.2', defaultVersion: 'v1.12.4-eksbuild.1', fitsNext: false },
        versions: ['v1.12.4-eksbuild.1', 'v1.12.1-eksbuild.2'],
        health: [
          {
            code: 'InsufficientNumberOfReplicas',
            message:
              'The add-on is unhealthy because it doesn’t have the desired number of replicas.',
            resources: [],
          },
        ],
      }),
    ],
    accessentries: [
      rowOf('accessentries', {
        ...{ ...old, uid: role('Admin'), name: role('Admin'), type: 'STANDARD', origin: 'entry' },
        ...{ username: `arn:aws:sts::${ACCOUNT}:assumed-role/Admin/{{SessionName}}` },
        policies: ['AmazonEKSClusterAdminPolicy'],
      }),
      rowOf('accessentries', {
        ...{ ...old, uid: role('shop-prod-node'), name: role('shop-prod-node'), origin: 'entry' },
        ...{ type: 'EC2_LINUX', username: 'system:node:{{EC2PrivateDNSName}}', policies: [] },
        groups: ['system:nodes'],
      }),
    ],
    podidentities: [
      rowOf('podidentities', {
        ...{ ...old, uid: 'a-1', name: 'cart', namespace: 'shop', roleArn: role('shop-cart') },
        sessionTags: true,
      }),
      rowOf('podidentities', {
        ...{ ...old, uid: 'a-2', name: 'ledger', namespace: 'payments', roleArn: role('ledger') },
        ...{ targetRoleArn: 'arn:aws:iam::999988887777:role/ledger-data', sessionTags: true },
      }),
    ],
    volumes: [
      volume(1, { zone: `${REGION}d`, modification: 'optimizing 40%' }),
      volume(2, { claim: 'shop/archive', state: 'available', attachedTo: [] }),
      volume(3, { claim: 'shop/lost', state: 'available', attachedTo: [], type: 'gp2' }),
    ],
    latticeservices: [
      rowOf('latticeservices', {
        ...{ ...old, uid: 'arn:svc-1', name: 'partner-api-shop', status: 'ACTIVE' },
        dns: LATTICE_NAME,
        networks: [{ name: 'partners', status: 'ACTIVE', vpcStatus: 'ACTIVE' }],
        groups: [
          {
            ...{ name: 'k8s-api-shop-0a1b', protocol: 'HTTP', port: 8080, targetType: 'ip' },
            error: '',
            targets: [
              { ...latticeTarget, id: '10.0.1.21', state: 'healthy', reason: '' },
              { ...latticeTarget, id: '10.0.9.9', state: 'unhealthy' },
            ],
          },
        ],
        targets: { healthy: 1, all: 2, trouble: 'HealthCheckFailed' },
      }),
      rowOf('latticeservices', {
        ...{ ...old, uid: 'arn:svc-2', name: 'ledger-payments', status: 'CREATE_FAILED' },
        ...{ reason: 'CertificateNotFound: no certificate of that ARN', networks: [], groups: [] },
        ...{ dns: 'ledger-payments-9f8e.7d67968.vpc-lattice-svcs.eu-central-1.on.aws' },
      }),
    ],
    traces: [
      rowOf('traces', {
        ...{ uid: '1-6a0b1c2d-1', name: '1-6a0b1c2d-1', created: now - 4 * MINUTE, entry: 'web' },
        ...{ services: ['web', 'api', 'payments'], method: 'POST', outcome: 'fault' },
        ...{ url: 'https://shop.example.com/checkout', httpStatus: 504, responseTime: 3.041 },
        ...{ duration: 3.2, cause: 'payments: TimeoutError: no answer within 3 s', region: REGION },
      }),
      rowOf('traces', {
        ...{ uid: '1-6a0b1c2e-2', name: '1-6a0b1c2e-2', created: now - MINUTE, entry: 'web' },
        ...{ services: ['web', 'api'], method: 'GET', outcome: 'throttled', httpStatus: 429 },
        ...{ url: 'https://shop.example.com/products/17', responseTime: 0.012, region: REGION },
      }),
      rowOf('traces', {
        ...{ uid: '1-6a0b1c2f-3', name: '1-6a0b1c2f-3', created: now - 2 * MINUTE },
        ...{ services: ['worker'], responseTime: null, region: REGION },
      }),
    ],
    filesystems: [
      rowOf('filesystems', {
        ...{ ...old, uid: 'fs-0a1b2c3d', name: 'fs-0a1b2c3d', label: 'shop-media', kind: 'EFS' },
        ...{ state: 'available', type: 'elastic', size: 412 * GIB, encrypted: true },
        ...{ mounts: [mount(0), mount(1, 'creating')], accessPoints: [] },
      }),
      rowOf('filesystems', {
        ...{ ...old, uid: 'fs-0f6e5d4c', name: 'fs-0f6e5d4c', label: 'scratch' },
        ...{ kind: 'FSx Lustre', state: 'failed', type: 'PERSISTENT_2', size: 2400 * GIB },
        reason: 'there is not enough capacity in the subnet',
      }),
    ],
    updates: [
      rowOf('updates', {
        ...{ uid: 'u-1', name: 'u-1', kind: 'Cluster', type: 'VersionUpdate' },
        ...{ created: now - 3 * DAY, status: 'Successful', what: '1.33 → 1.34' },
      }),
      rowOf('updates', {
        ...{ uid: 'u-2', name: 'u-2', kind: 'NodeGroup', type: 'VersionUpdate' },
        ...{ created: now - 90 * MINUTE, status: 'Failed', what: 'batch-spot 1.34.1-20261008' },
        why: 'PodEvictionFailure: Reached max retries while trying to evict pods from nodes (i-0a1b)',
      }),
    ],
    insights: [
      rowOf('insights', {
        ...{ uid: 'in-1', name: 'Deprecated APIs removed in Kubernetes v1.35', status: 'ERROR' },
        ...{ category: 'UPGRADE_READINESS', version: '1.35', since: now - 5 * DAY },
        ...{ refreshed: now - 60 * MINUTE, reason: 'Deprecated API usage was found.' },
      }),
      rowOf('insights', {
        ...{ uid: 'in-2', name: 'Kubelet version skew', status: 'PASSING', version: '1.35' },
        ...{ category: 'UPGRADE_READINESS', since: now - 50 * DAY, refreshed: now - 60 * MINUTE },
      }),
    ],
  };
}

/** A port that tells of the shop's cluster, and can be asked nothing else. */
export function awsPortOf(now: number): AwsPort {
  const all = awsOf(now);
  return {
    endpoint: '',
    follow(table, _target, sink) {
      const rows = sink as Sink<unknown>;
      rows.relist();
      rows.put((all[table] ?? []).map((row) => ({ ...row })));
      rows.synced();
      rows.status({ ...IDLE, state: 'live', since: now, asOf: now, synced: true });
      return () => undefined;
    },
    token: () => Promise.reject(new Error('no token is made here')),
    door: (scope) => ({
      scope,
      call: (action) => Promise.reject(new Error(`${action} is not answered here`)),
    }),
    retryNow: () => undefined,
    close: () => undefined,
  };
}
