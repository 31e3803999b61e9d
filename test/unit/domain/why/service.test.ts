import { describe, expect, it } from 'vitest';
import { balancerAdvice } from '../../../../src/domain/why/balancer-advice.ts';
import { whyService as whyServiceRule } from '../../../../src/domain/why/service.ts';
import { podRow, rowOf, serviceRow, workloadRow } from '../../../support/rows.ts';
import { containerRow } from './container-row.ts';
import { NOW, worldOf, answers } from './world.ts';

const whyService = answers(whyServiceRule);

const service = (given: object = {}) =>
  serviceRow({
    ...{ name: 'api', namespace: 'shop', type: 'ClusterIP', selector: { app: 'api' } },
    ports: [{ name: 'http', port: 80, targetPort: '8080', nodePort: 0, protocol: 'TCP' }],
    ...{ endpointsReady: 0, endpointsNotReady: 0 },
    ...given,
  });

const podOf = (name: string, labels: Readonly<Record<string, string>>, given: object = {}) =>
  podRow({ name, namespace: 'shop', labels, ...given });

const sentenceOf = (given: object, rows: Parameters<typeof worldOf>[0]['rows']) =>
  whyService(service(given), worldOf({ rows: rows ?? {} }))?.sentence;

describe('a service whose selector means no pod', () => {
  it('names what nearly matches', () => {
    const pods = [podOf('api-a', { app: 'api-v2' }), podOf('web-a', { app: 'web' })];
    expect(sentenceOf({}, { pods })).toBe(
      'its selector app=api means no pod in shop; pod api-a has app=api-v2 instead of app=api',
    );
    const selector = { app: 'api', tier: 'back' };
    const more = [podOf('api-a', { app: 'api' }), podOf('x', { tier: 'back', app: 'web' })];
    expect(sentenceOf({ selector }, { pods: more })).toBe(
      'its selector app=api,tier=back means no pod in shop; pod api-a has no label tier (back is asked for)',
    );
  });

  it('knows a workload that is scaled to zero, and pods of another namespace', () => {
    const idle = workloadRow('Deployment', {
      ...{ name: 'api', namespace: 'shop', desired: 0, selector: 'app=api' },
    });
    expect(sentenceOf({}, { deployments: [idle] })).toBe(
      'deployment/api, whose pods it means, is scaled to zero',
    );
    const away = podOf('api-a', { app: 'api' }, { namespace: 'shop-2' });
    expect(sentenceOf({}, { pods: [away] })).toBe(
      'its selector app=api means no pod in shop; such pods are in shop-2',
    );
  });

  it('knows that what it means is being terminated', () => {
    const leaving = { deleting: NOW + 20_000, status: 'Terminating' };
    const one = podOf('api-a', { app: 'api' }, leaving);
    expect(sentenceOf({}, { pods: [one] })).toBe('the one pod that it means is being terminated');
    const two = podOf('api-b', { app: 'api' }, leaving);
    expect(sentenceOf({}, { pods: [one, two] })).toBe(
      'all 2 pods that it means are being terminated',
    );
  });

  it('knows that what it means has ended', () => {
    const evicted = { phase: 'Failed', status: 'Evicted' };
    const one = podOf('api-a', { app: 'api' }, evicted);
    expect(sentenceOf({}, { pods: [one] })).toBe('the one pod that it means has ended (Evicted)');
    const two = podOf('api-b', { app: 'api' }, { phase: 'Succeeded', status: 'Completed' });
    expect(sentenceOf({}, { pods: [one, two] })).toBe(
      'all 2 pods that it means have ended (Evicted, Completed)',
    );
    const away = podOf('api-a', { app: 'api' }, { ...evicted, namespace: 'shop-2' });
    expect(sentenceOf({}, { pods: [away] })).toBe('its selector app=api means no pod in shop');
    // What runs and nearly matches tells more than what was left of earlier pods.
    const near = podOf('api-c', { app: 'api-v2' });
    expect(sentenceOf({}, { pods: [one, near] })).toBe(
      'its selector app=api means no pod in shop; pod api-c has app=api-v2 instead of app=api',
    );
  });

  it('guesses nothing', () => {
    expect(sentenceOf({}, { pods: [podOf('web-a', { app: 'web' })] })).toBe(
      'its selector app=api means no pod in shop',
    );
    const unread = { pods: 'pods are forbidden to dev' };
    expect(whyService(service(), worldOf({ unread }))).toMatchObject({
      ...{ certainty: 'unknown', sentence: 'it has no ready endpoint' },
      unread: ['pods: pods are forbidden to dev'],
    });
  });
});

it('a service of which endpoint slices may not be read is told as far as its pods tell', () => {
  const unread = { endpointslices: 'endpoint slices are forbidden to dev' };
  const ask = (pods: ReturnType<typeof podOf>[]) =>
    whyService(service({ endpointsReady: null }), worldOf({ rows: { pods }, unread }));
  expect(ask([podOf('api-a', { app: 'api-v2' })])).toMatchObject({
    certainty: 'deduced',
    sentence:
      'its selector app=api means no pod in shop; pod api-a has app=api-v2 instead of app=api',
    unread: ['endpoint slices: endpoint slices are forbidden to dev'],
  });
  expect(ask([podOf('api-a', { app: 'api' })])).toMatchObject({
    certainty: 'unknown',
    sentence: 'whether it leads anywhere is not known',
  });
});

it('a service whose pods are not ready has their cause', () => {
  const pods = ['a', 'b'].map((name) =>
    podOf(name, { app: 'api' }, { isReady: false, status: 'Error', cause: 'exit 1', node: 'n1' }),
  );
  expect(sentenceOf({ endpointsNotReady: 2 }, { pods })).toBe(
    'none of its 2 pods is ready: a: Error · exit 1',
  );
});

describe('a service with ready pods', () => {
  const containers = [containerRow({ ports: ['web:8080/TCP', 'metrics:9090/TCP'] })];
  const pods = [podOf('api-a', { app: 'api' }, { containers })];
  const ports = (targetPort: string) => ({
    ports: [{ name: 'http', port: 80, targetPort, nodePort: 0, protocol: 'TCP' }],
    endpointsReady: 1,
  });

  it('leads nowhere by a name that is of another protocol, or of an init container alone', () => {
    const dns = [containerRow({ ports: ['dns:53/UDP'] })];
    const served = { pods: [podOf('api-a', { app: 'api' }, { containers: dns })] };
    expect(sentenceOf(ports('dns'), served)).toBe(
      'its port 80 leads nowhere: no container of its pods has a port named dns of TCP; they have dns (53/UDP)',
    );
    const setup = [containerRow({ role: 'init', ports: ['http:80/TCP'] }), ...containers];
    const begun = { pods: [podOf('api-a', { app: 'api' }, { containers: setup })] };
    expect(sentenceOf(ports('http'), begun)).toMatch(/^its port 80 leads nowhere/);
    const mesh = [containerRow({ role: 'sidecar', ports: ['http:80/TCP'] }), ...containers];
    const meshed = { pods: [podOf('api-a', { app: 'api' }, { containers: mesh })] };
    expect(sentenceOf(ports('http'), meshed)).toBeUndefined();
  });

  it('leads past those of its pods that have no port of that name', () => {
    const twice = [...containers, containerRow({ ports: ['web:8081/TCP'] })];
    const old = podOf('api-old', { app: 'api' }, { containers: [containerRow()] });
    const both = [podOf('api-a', { app: 'api' }, { containers: twice }), old];
    expect(sentenceOf(ports('web'), { pods: both })).toBe(
      'its port 80 leads to 1 of its 2 ready pods: the others have no port named web',
    );
    expect(sentenceOf(ports('web'), { pods })).toBeUndefined();
  });

  it('leads nowhere by a port of a name that no container has', () => {
    const found = whyService(service(ports('http')), worldOf({ rows: { pods } }));
    expect(found).toMatchObject({
      certainty: 'deduced',
      sentence:
        'its port 80 leads nowhere: no container of its pods has a port named http; they have web (8080), metrics (9090)',
    });
    expect(whyService(service(ports('web')), worldOf({ rows: { pods } }))).toBeNull();
  });

  it('may lead somewhere by a port that is not declared', () => {
    const found = whyService(service(ports('8081')), worldOf({ rows: { pods } }));
    expect(found?.certainty).toBe('unknown');
    expect(whyService(service(ports('8080')), worldOf({ rows: { pods } }))).toBeNull();
  });

  it('gets nothing through a policy that lets nothing in, where that is enforced', () => {
    const policy = (enforcer: string | null) =>
      rowOf('networkpolicies', {
        ...{ name: 'deny', namespace: 'shop', selector: '', ingress: [], enforcer },
      });
    const ask = (enforcer: string | null) =>
      whyService(
        service(ports('8080')),
        worldOf({ rows: { pods, networkpolicies: [policy(enforcer)] } }),
      );
    expect(ask('VPC CNI')).toMatchObject({
      certainty: 'deduced',
      sentence: 'its pods are ready, and network policy deny lets nothing in',
    });
    expect(ask(null)?.certainty).toBe('unknown');
    expect(ask('')).toBeNull();
  });
});

it('a load balancer that cannot be made is told in the words of its controller', () => {
  const row = service({ type: 'LoadBalancer', external: '<pending>', loadBalancer: 'nlb' });
  const message =
    'Failed build model due to unable to resolve at least one subnet (0 match VPC and tags: [kubernetes.io/role/elb])';
  const events = { 'Service/shop/api': [{ reason: 'FailedBuildModel', message }] };
  const found = whyService(row, worldOf({ events }));
  expect(found?.sentence).toBe(`it has no load balancer: ${message}`);
  expect(found?.next[0]).toContain('tag the subnets');
  expect(whyService(row, worldOf({}))?.certainty).toBe('unknown');
});

it.each([
  ['Not enough IP space available in subnet-1. ELB requires at least 8 free IP addresses', 'eight'],
  [
    'expected exactly one securityGroup tagged with kubernetes.io/cluster/prod for eni eni-1',
    'one',
  ],
  ['no certificate found for host: shop.example.com', 'ACM'],
  ['AccessDenied: User: x is not authorized to perform: elasticloadbalancing:AddTags', 'policy'],
  ['WebIdentityErr: failed to retrieve credentials', 'service account'],
  ['TooManyTargetGroups: the maximum number of target groups has been reached', 'quota'],
])('what a controller of AWS says comes with what to do: %s', (message, next) => {
  expect(balancerAdvice(message).join()).toContain(next);
  expect(balancerAdvice('something else')).toEqual([]);
});

it('a load balancer of a class that is none of AWS is waited for from whoever makes those', () => {
  const row = service({ type: 'LoadBalancer', external: '<pending>', loadBalancer: '' });
  const objects = { 'services/shop/api': { spec: { loadBalancerClass: 'example.com/lb' } } };
  expect(whyService(row, worldOf({ objects }))).toMatchObject({
    certainty: 'deduced',
    sentence: 'nobody has made the load balancer of class example.com/lb that it asks for',
  });
});

it('pods that get no traffic beside others that do are told with their cause', () => {
  const labels = { app: 'api' };
  const broken = { isReady: false, status: 'Pending', phase: 'Pending', cause: 'no room' };
  const pods = [podOf('a', labels), podOf('b', labels, broken), podOf('c', labels)];
  const some = { endpointsReady: 2, endpointsNotReady: 1 };
  expect(sentenceOf(some, { pods })).toBe(
    '1 of its 3 pods is not ready, and gets no traffic: b: the scheduler has found no place for it: no room',
  );
  expect(sentenceOf({ endpointsReady: 3 }, { pods })).toBeUndefined();
});
