import { describe, expect, it } from 'vitest';
import { decoderOf, type TableId, type Tables } from '../../../src/domain/tables/index.ts';
import { gatewayclasses } from '../../../src/resources/gatewayclasses.ts';
import { gateways } from '../../../src/resources/gateways.ts';
import { httproutes } from '../../../src/resources/httproutes.ts';
import { Store } from '../../../src/store/index.ts';
import { condition, ctx, metadata, PARENT, said, TAKEN } from '../../support/gateway-objects.ts';
import { endpointSliceRow, rowOf, serviceRow } from '../../support/rows.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

/** A gateway as the AWS Load Balancer Controller leaves it. */
const gateway = (conditions: readonly object[], minutes = 60, listener: readonly object[] = []) =>
  decoderOf('gateways').json({
    metadata: metadata('web', minutes),
    spec: {
      gatewayClassName: 'alb',
      listeners: [
        { name: 'https', protocol: 'HTTPS', port: 443, hostname: '*.example.com' },
        {
          name: 'http',
          protocol: 'HTTP',
          port: 80,
          allowedRoutes: { namespaces: { from: 'All' } },
        },
      ],
    },
    status: {
      addresses: [{ type: 'Hostname', value: 'k8s-shop-web-1.eu-central-1.elb.amazonaws.com' }],
      conditions,
      listeners: [
        { name: 'http', attachedRoutes: 1, supportedKinds: [], conditions: [] },
        { name: 'https', attachedRoutes: 2, supportedKinds: [], conditions: listener },
      ],
    },
  });
const WELL = [condition('Accepted', 'True'), condition('Programmed', 'True')];
/** What the definition itself writes before any controller has come by. */
const UNTOUCHED = ['Accepted', 'Programmed'].map((type) =>
  condition(type, 'Unknown', 'Pending', 'Waiting for controller'),
);

describe('gateways', () => {
  it('are read with their listeners, each with its own status', () => {
    const row = gateway(WELL);
    expect(row).toMatchObject({
      className: 'alb',
      listeners: [
        { name: 'https', protocol: 'HTTPS', port: 443, host: '*.example.com', routes: 2 },
        { name: 'http', port: 80, host: '', routes: 1, trouble: '' },
      ],
      address: 'k8s-shop-web-1.eu-central-1.elb.amazonaws.com',
      programmed: { status: 'True' },
    });
    expect(said(gateways, 'listeners', row)).toBe('HTTPS:443,HTTP:80');
    expect(said(gateways, 'hosts', row)).toBe('*.example.com,*');
    expect(said(gateways, 'routes', row)).toBe('3');
    expect(said(gateways, 'status', row)).toBe('✓ Programmed');
    expect(gateways.health(row, ctx).level).toBe('ok');
  });

  it.each([
    [
      gateway([condition('Accepted', 'False', 'InvalidParameters', 'no such configuration')]),
      '✗ Not accepted · InvalidParameters: no such configuration',
    ],
    [
      gateway([
        condition('Accepted', 'True'),
        condition('Programmed', 'False', 'Invalid', 'VPC Lattice Service Network not found'),
      ]),
      '✗ Not programmed · Invalid: VPC Lattice Service Network not found',
    ],
    [
      gateway([condition('Accepted', 'True'), condition('Programmed', 'False', 'Pending')], 1),
      '… Accepted · not programmed yet',
    ],
    [gateway(UNTOUCHED, 1), '… Waiting · no controller has taken it yet'],
    [gateway(UNTOUCHED, 12), '! Waiting · no controller has taken it for 12m'],
    [gateway([], 12), '! Waiting · no controller has taken it for 12m'],
    [
      gateway(WELL, 60, [condition('ResolvedRefs', 'False', 'InvalidCertificateRef', 'no cert')]),
      '! Programmed · listener https: InvalidCertificateRef: no cert',
    ],
    [
      gateway(WELL, 60, [condition('Conflicted', 'False'), condition('Accepted', 'True')]),
      '✓ Programmed',
    ],
  ])('say in words what is in the way (%#)', (row, status) => {
    expect(said(gateways, 'status', row)).toBe(status);
  });

  it('of which nothing has been counted have no number of routes', () => {
    const row = decoderOf('gateways').json({
      metadata: metadata('web'),
      spec: { listeners: [{ name: 'http', protocol: 'HTTP', port: 80 }] },
    });
    expect(said(gateways, 'routes', row)).toBe('?');
  });
});

describe('gateway classes', () => {
  it('say who serves them, and whether that took them', () => {
    const row = decoderOf('gatewayclasses').json({
      metadata: metadata('alb'),
      spec: {
        controllerName: 'gateway.k8s.aws/alb',
        parametersRef: { group: 'gateway.k8s.aws', kind: 'LoadBalancerConfiguration', name: 'x' },
      },
      status: { conditions: [condition('Accepted', 'False', 'InvalidParameters', 'x is gone')] },
    });
    expect(row).toMatchObject({
      controller: 'gateway.k8s.aws/alb',
      parameters: 'LoadBalancerConfiguration.gateway.k8s.aws/x',
    });
    expect(gatewayclasses.health(row, ctx)).toEqual({
      level: 'bad',
      cause: 'InvalidParameters: x is gone',
    });
  });
});

const route = (conditions: readonly object[] | null, minutes = 60, more: object = {}) =>
  decoderOf('httproutes').json({
    metadata: metadata('shop', minutes),
    spec: {
      parentRefs: [{ ...PARENT, sectionName: 'https' }],
      hostnames: ['shop.example.com'],
      rules: [
        {
          matches: [{ path: { type: 'PathPrefix', value: '/api' }, method: 'GET' }],
          backendRefs: [
            { group: '', kind: 'Service', name: 'api', port: 8080, weight: 90 },
            { name: 'api', namespace: 'canary', port: 8080, weight: 10 },
            { name: 'old', port: 80, weight: 0 },
          ],
        },
        {
          matches: [{ path: { type: 'Exact', value: '/' } }],
          filters: [{ type: 'RequestRedirect' }],
        },
      ],
      ...more,
    },
    status: {
      parents:
        conditions === null
          ? []
          : [
              {
                controllerName: 'gateway.k8s.aws/alb',
                parentRef: { ...PARENT, namespace: 'shop', sectionName: 'https' },
                conditions,
              },
            ],
    },
  });

describe('routes', () => {
  it('are read with where they hang and where they send', () => {
    const row = route(TAKEN);
    expect(row.parents).toMatchObject([
      { kind: 'Gateway', namespace: 'shop', name: 'web', section: 'https' },
    ]);
    expect(row.parents[0]?.accepted.status).toBe('True');
    expect(said(httproutes, 'backends', row)).toBe(
      'api:8080 ×90, canary/api:8080 ×10, old:80 ×0, RequestRedirect',
    );
    expect(row.backends.map(({ match }) => match)).toEqual([
      ...['GET /api', 'GET /api', 'GET /api', '=/'],
    ]);
    expect(said(httproutes, 'gateways', row)).toBe('web:https');
    expect(said(httproutes, 'status', row)).toBe('✓ Accepted');
    expect(said(httproutes, 'endpointsReady', row)).toBe('?');
  });

  it.each([
    [
      route([condition('Accepted', 'False', 'NotAllowedByListeners', 'not from here')]),
      '✗ Not accepted · web:https: NotAllowedByListeners: not from here',
    ],
    [
      route([
        condition('Accepted', 'True'),
        condition('ResolvedRefs', 'False', 'BackendNotFound', 'api'),
      ]),
      '✗ Refs not resolved · web:https: BackendNotFound: api',
    ],
    [route(null, 1), '… Waiting · web:https has not taken it yet'],
    [route(null, 30), '! Waiting · web:https has not taken it for 30m'],
    [route(TAKEN, 60, { parentRefs: [] }), '! No gateway · it names no gateway'],
  ])('say in words what is in the way (%#)', (row, status) => {
    expect(said(httproutes, 'status', row)).toBe(status);
  });

  it('may name services of other namespaces only where a grant lets them', () => {
    const silent = route(null, 30);
    expect(httproutes.health({ ...silent, ungranted: ['canary/api'] }, ctx)).toEqual({
      level: 'bad',
      cause: 'no reference grant lets it name canary/api',
    });
    for (const ungranted of [null, []])
      expect(httproutes.health({ ...silent, ungranted }, ctx).cause).toMatch(/has not taken it/);
    // Who serves it says that it may.
    expect(httproutes.health({ ...route(TAKEN), ungranted: ['canary/api'] }, ctx).level).toBe('ok');
  });

  it('taken by one of two gateways are no loss yet', () => {
    const parents = [PARENT, { ...PARENT, name: 'other', namespace: 'infra' }];
    const row = decoderOf('httproutes').json({
      metadata: metadata('shop'),
      spec: { parentRefs: parents },
      status: {
        parents: [
          { parentRef: PARENT, conditions: TAKEN },
          {
            parentRef: parents[1],
            conditions: [condition('Accepted', 'False', 'NoMatchingParent')],
          },
        ],
      },
    });
    expect(httproutes.health(row, ctx)).toEqual({
      level: 'warn',
      cause: 'infra/other: NoMatchingParent',
    });
  });

  it('of VPC Lattice have the name that it gave them', () => {
    const name = 'shop-shop-0a1.7d67968.vpc-lattice-svcs.eu-central-1.on.aws';
    const annotations = { 'application-networking.k8s.aws/lattice-assigned-domain-name': name };
    const row = decoderOf('httproutes').json({ metadata: metadata('shop', 60, { annotations }) });
    expect(httproutes.addresses?.(row)).toEqual([name]);
  });

  it('lead to their services in whatever namespace, and gateways to their routes', () => {
    const row = route(TAKEN);
    const { enter } = httproutes;
    const target = enter?.is === 'link' ? enter.target(row, null as never) : null;
    expect(target).not.toHaveProperty('namespace');
    const only = target && 'only' in target ? (target.only as (each: object) => boolean) : null;
    const service = (namespace: string, name: string) => only?.({ namespace, name });
    expect([service('shop', 'api'), service('canary', 'api'), service('canary', 'old')]).toEqual([
      ...[true, true, false],
    ]);
    const from = gateways.enter;
    const routes = from?.is === 'link' ? from.target(gateway(WELL), null as never) : null;
    const hangs = routes && 'only' in routes ? (routes.only as (each: object) => boolean) : null;
    expect([hangs?.(row), hangs?.(route(null, 1, { parentRefs: [] }))]).toEqual([true, false]);
  });
});

describe('joins of gateways', () => {
  const store = () => {
    const made = new Store({ clock: new VirtualClock() });
    return {
      get: made.get.bind(made),
      list: <T extends TableId>(table: T, rows: readonly Tables[T][]) => {
        const sink = made.sink(table);
        sink.relist();
        sink.put(rows);
        sink.synced();
      },
    };
  };

  it('tell the controller of its class, its targets and its names', () => {
    const { get, list } = store();
    const row = gateway(WELL);
    list('gateways', [row]);
    const now = () => get('gateways', row.uid) ?? row;
    expect(said(gateways, 'loadBalancer', now())).toBe('?');
    expect(said(gateways, 'targets', now())).toBe('?');
    list('gatewayclasses', [
      rowOf('gatewayclasses', { name: 'alb', controller: 'gateway.k8s.aws/alb' }),
    ]);
    expect(said(gateways, 'loadBalancer', now())).toBe('alb');
    list('loadbalancers', [rowOf('loadbalancers', { name: 'a', uid: 'a', dns: row.address })]);
    const target = { id: '10.0.0.1', port: 80, zone: '', description: '' };
    list('targetgroups', [
      rowOf('targetgroups', {
        ...{ name: 'g', balancers: ['a'] },
        targets: [
          { ...target, state: 'healthy', reason: '' },
          { ...target, state: 'unhealthy', reason: 'Target.Timeout' },
        ],
      }),
    ]);
    list('records', [rowOf('records', { name: 'shop.example.com', targets: [row.address] })]);
    expect(said(gateways, 'targets', now())).toBe('! 1/2 · Target.Timeout');
    expect(now().names).toEqual(['shop.example.com']);
  });

  it('have none where VPC Lattice serves it', () => {
    const { get, list } = store();
    const row = { ...gateway(WELL), address: '' };
    list('gateways', [row]);
    const controller = 'application-networking.k8s.aws/gateway-api-controller';
    list('gatewayclasses', [rowOf('gatewayclasses', { name: 'alb', controller })]);
    expect(said(gateways, 'targets', get('gateways', row.uid) ?? row)).toBe('-');
    expect(said(gateways, 'loadBalancer', get('gateways', row.uid) ?? row)).toBe('lattice');
  });

  it('tell which services a route may not name, once all grants are known', () => {
    const { get, list } = store();
    const row = route(null);
    list('httproutes', [row]);
    const now = () => get('httproutes', row.uid)?.ungranted;
    const grant = (uid: string, namespace: string, from: object, to: object = {}) =>
      decoderOf('referencegrants').json({
        metadata: { ...metadata(uid), namespace },
        spec: {
          from: [
            { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'shop', ...from },
          ],
          to: [{ group: '', kind: 'Service', ...to }],
        },
      });
    expect(now()).toBeNull();
    list('referencegrants', []);
    expect(now()).toEqual(['canary/api']);
    list('referencegrants', [
      grant('elsewhere', 'other', {}),
      grant('of-others', 'canary', { namespace: 'web' }),
      grant('of-grpc', 'canary', { kind: 'GRPCRoute' }),
      grant('of-another', 'canary', {}, { name: 'web' }),
      grant('of-secrets', 'canary', {}, { kind: 'Secret' }),
    ]);
    expect(now()).toEqual(['canary/api']);
    list('referencegrants', [grant('all', 'canary', {})]);
    expect(now()).toEqual([]);
    list('referencegrants', [grant('the', 'canary', {}, { name: 'api' })]);
    expect(now()).toEqual([]);
  });

  it('tell who answers behind a route, in any namespace and but for what gets no requests', () => {
    const { get, list } = store();
    const row = route(TAKEN);
    list('httproutes', [row]);
    const now = () => get('httproutes', row.uid) ?? row;
    list('services', [serviceRow({ name: 'api', namespace: 'shop', type: 'ClusterIP' })]);
    list('endpointslices', [
      endpointSliceRow({ name: 'api-1', namespace: 'shop', service: 'api', ready: ['a', 'b'] }),
    ]);
    expect(now()).toMatchObject({
      endpointsReady: 2,
      trouble: 'service canary/api does not exist',
    });
    expect(said(httproutes, 'endpointsReady', now())).toBe('! 2');
    list('services', [
      serviceRow({ name: 'api', namespace: 'shop', type: 'ClusterIP' }),
      serviceRow({ name: 'api', namespace: 'canary', type: 'ClusterIP' }),
    ]);
    expect(httproutes.health(now(), ctx)).toEqual({
      level: 'warn',
      cause: 'service canary/api has no ready endpoint',
    });
    list('endpointslices', []);
    expect(httproutes.health(now(), ctx).level).toBe('bad');
  });
});
