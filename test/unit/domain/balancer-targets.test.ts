import { expect, it } from 'vitest';
import {
  hostsOf,
  isOfIngress,
  isOfRoute,
  isOfServices,
  reasonOfTarget,
  routeBackendOf,
  targetsOfPod,
  targetsTold,
} from '../../../src/domain/balancer-targets.ts';
import type { BalancerTarget, TargetGroupRow } from '../../../src/domain/tables/targetgroups.ts';
import { Store } from '../../../src/store/index.ts';
import { rowOf, serviceRow } from '../../support/rows.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

/** An ingress before all of the services. */
const WEB = {
  namespace: 'shop',
  name: 'web',
  backends: ['api', 'my-api', 'admin-api'].map((service) => ({ service })),
};

const target = (id: string, state: string, reason = '', description = ''): BalancerTarget => ({
  ...{ id, state, reason, description },
  ...{ port: 80, zone: '' },
});
const group = (more: Partial<TargetGroupRow>): TargetGroupRow =>
  rowOf('targetgroups', { name: 'g', uid: 'g', targetType: 'ip', ...more });

const failed = target('10.0.0.2', 'unhealthy', 'Target.FailedHealthChecks', 'codes: [503]');

it('counts who gets traffic, and says what keeps most of the others from it', () => {
  const targets = [target('10.0.0.1', 'healthy'), failed, { ...failed, id: '10.0.0.3' }];
  const draining = target('10.0.0.4', 'draining', 'Target.DeregistrationInProgress');
  expect(targetsTold([group({ targets }), group({ targets: [draining] })])).toEqual({
    ...{ healthy: 1, all: 4, trouble: 'Target.FailedHealthChecks' },
  });
  expect(targetsTold([group({ targets }), group({ error: 'denied' })])).toBeNull();
  expect(reasonOfTarget(failed)).toBe('Target.FailedHealthChecks: codes: [503]');
  expect(reasonOfTarget(target('x', 'unused'))).toBe('unused');
});

it('finds a pod by its address, and by its node only behind services that mean it', () => {
  const byIp = group({ targets: [failed] });
  const byNode = group({
    ...{ uid: 'n', targetType: 'instance', services: ['shop/api'] },
    targets: [target('i-1', 'healthy')],
  });
  const pod = { ip: '10.0.0.2', hostNetwork: false };
  const found = (services: string[]) =>
    targetsOfPod(pod, 'i-1', new Set(services), [byIp, byNode], [WEB]).map((one) => one.group.uid);
  expect(found(['shop/api'])).toEqual(['g', 'n']);
  expect(found(['shop/web'])).toEqual(['g']);
  expect(targetsOfPod({ ip: '', hostNetwork: false }, '', new Set(), [byIp], [])).toEqual([]);
});

it.each([
  ['shop/web-api:http', 'shop/api', true],
  ['shop/my-web-my-api:8080', 'shop/my-api', true],
  ['shop/web-api:http', 'other/api', false],
  ['shop/web-api:http', 'shop/pi', false],
  // The end of a name is no name.
  ['shop/my-web-my-api:8080', 'shop/api', false],
  ['shop/gone-api:http', 'shop/api', false],
  // Of a route on a gateway, by newer and older controllers.
  ['infra/web:shop-shop:HTTPRoute-shop-api:80', 'shop/api', true],
  ['infra/web:shop-shop:shop-api:80', 'shop/api', true],
  ['infra/web:shop-shop:HTTPRoute-shop-my-api:80', 'shop/api', false],
  ['', 'shop/api', false],
])('the group %j is of service %j: %s', (resource, service, is) => {
  const ingresses = [WEB, { ...WEB, name: 'my-web' }];
  expect(isOfServices(group({ resource }), new Set([service]), ingresses)).toBe(is);
});

it('the group of an ingress is told by its name and a service behind it', () => {
  const ingress = { namespace: 'shop', name: 'web', backends: [{ service: 'api' }] };
  expect(isOfIngress({ resource: 'shop/web-api:http' }, ingress)).toBe(true);
  expect(isOfIngress({ resource: 'shop/web-admin-api:http' }, ingress)).toBe(false);
});

it('the group of a route is told by its gateway and its name', () => {
  const resource = 'infra/web:shop-shop:HTTPRoute-shop-api:80';
  const web = { namespace: 'infra', name: 'web' };
  const route = { namespace: 'shop', name: 'shop', routeKind: 'HTTPRoute' };
  expect(isOfRoute({ resource }, route, web)).toBe(true);
  expect(isOfRoute({ resource }, { ...route, name: 'sho' }, web)).toBe(false);
  expect(isOfRoute({ resource }, { ...route, routeKind: 'GRPCRoute' }, web)).toBe(false);
  expect(isOfRoute({ resource }, route, WEB)).toBe(false);
  const old = { resource: 'infra/web:shop-shop:shop-api:80' };
  expect(isOfRoute(old, { ...route, routeKind: 'TCPRoute' }, web)).toBe(true);
  expect(routeBackendOf({ resource })).toBe('shop-api');
  expect(routeBackendOf({ resource: 'shop/web-api:http' })).toBe('');
});

it('host names of a balancer are one, whichever form they have', () => {
  expect(hostsOf('Dualstack.A-1.elb.amazonaws.com.,10.0.0.1,<pending>')).toEqual([
    'a-1.elb.amazonaws.com',
    '10.0.0.1',
  ]);
});

it('services know how the targets of their balancer do, by its host name', () => {
  const store = new Store({ clock: new VirtualClock() });
  const list = (table: 'services' | 'loadbalancers' | 'targetgroups', row: object) => {
    const sink = store.sink(table);
    sink.relist();
    sink.put([row] as never);
    sink.synced();
  };
  const external = 'A-1.elb.amazonaws.com';
  list('services', serviceRow({ name: 'api', type: 'LoadBalancer', external }));
  list(
    'loadbalancers',
    rowOf('loadbalancers', { name: 'a', uid: 'a', dns: 'a-1.elb.amazonaws.com' }),
  );
  const targets = () => store.get('services', 'uid-default-api')?.targets;
  expect(targets()).toBeNull();
  list('targetgroups', group({ balancers: ['a'], targets: [failed] }));
  expect(targets()).toEqual({ healthy: 0, all: 1, trouble: 'Target.FailedHealthChecks' });
});
