import { describe, expect, it } from 'vitest';
import { whyGateway as whyGatewayRule } from '../../../../src/domain/why/gateway.ts';
import { whyRoute as whyRouteRule } from '../../../../src/domain/why/route.ts';
import type { GatewayRow } from '../../../../src/domain/tables/gateways.ts';
import { UNJUDGED } from '../../../../src/domain/tables/gateway-api.ts';
import type { RouteRow } from '../../../../src/domain/tables/gateway-routes.ts';
import { rowOf, serviceRow } from '../../../support/rows.ts';
import { answers, worldOf } from './world.ts';

const whyGateway = answers(whyGatewayRule);
const whyRoute = answers(whyRouteRule);

const verdict = (status: string, reason = '', message = '') => ({
  ...UNJUDGED,
  ...{ status, reason, message },
});
const YES = verdict('True');
const NO = verdict('');
const gateway = (given: Partial<GatewayRow> = {}) =>
  rowOf('gateways', {
    ...{ name: 'web', namespace: 'shop', className: 'alb', controller: 'gateway.k8s.aws/alb' },
    ...{ accepted: YES, programmed: YES },
    ...given,
  });
const alb = (accepted = YES) => rowOf('gatewayclasses', { name: 'alb', accepted });

describe('a gateway', () => {
  const world = worldOf({ rows: { gatewayclasses: [alb()] } });

  it('that serves has nothing to explain', () => {
    expect(whyGateway(gateway(), world)).toBeNull();
  });

  it.each([
    [
      gateway({ accepted: verdict('False', 'InvalidParameters', 'no such configuration') }),
      'its controller does not take it: InvalidParameters: no such configuration',
      'said',
    ],
    [
      gateway({ accepted: NO, programmed: NO, className: 'nlb' }),
      'nobody takes it: there is no gateway class nlb',
      'deduced',
    ],
    [
      gateway({ programmed: verdict('False', 'Invalid', 'no subnets') }),
      'it is not set up: Invalid: no subnets',
      'said',
    ],
    [
      gateway({ programmed: { ...NO, before: 'True' } }),
      'its controller has not looked at its latest change so far',
      'unknown',
    ],
    [
      gateway({ accepted: NO, programmed: NO }),
      'no controller has taken it so far, and no event says why',
      'unknown',
    ],
    [
      gateway({
        listeners: [
          {
            ...{ name: 'https', protocol: 'HTTPS', port: 443, host: '', routes: 0 },
            trouble: 'InvalidCertificateRef: no such secret',
          },
        ],
      }),
      'its listener https does not serve: InvalidCertificateRef: no such secret',
      'said',
    ],
  ])('says why not (%#)', (row, sentence, certainty) => {
    expect(whyGateway(row, world)).toMatchObject({ sentence, certainty });
  });

  it('of a class that is refused says so, and what could not be read', () => {
    const row = gateway({ accepted: NO, programmed: NO });
    const refused = alb(verdict('False', 'InvalidParameters', 'gone'));
    expect(whyGateway(row, worldOf({ rows: { gatewayclasses: [refused] } }))?.sentence).toBe(
      'nobody takes it: its class alb is not accepted: InvalidParameters: gone',
    );
    expect(whyGateway(row, worldOf({ unread: { gatewayclasses: 'forbidden' } }))).toMatchObject({
      certainty: 'unknown',
      unread: ['gateway classes: forbidden'],
    });
  });

  it('tells the event of its controller', () => {
    const message =
      'Failed deploy model due to AccessDenied: elasticloadbalancing:CreateLoadBalancer';
    const events = { 'Gateway/shop/web': [{ reason: 'FailedDeployModel', message }] };
    const row = gateway({ programmed: verdict('Unknown', 'Pending') });
    expect(whyGateway(row, worldOf({ rows: { gatewayclasses: [alb()] }, events }))?.sentence).toBe(
      `it is not set up: ${message}`,
    );
  });
});

describe('a route', () => {
  const parent = {
    ...{ kind: 'Gateway', namespace: 'shop', name: 'web', section: '', port: null },
    ...{ accepted: YES, resolved: YES },
  };
  const backend = {
    ...{ match: '/', service: 'api', namespace: 'shop', port: '80', weight: 1, resource: '' },
  };
  const route = (given: Partial<RouteRow> = {}) =>
    rowOf('httproutes', {
      ...{ name: 'shop', namespace: 'shop', parents: [parent], backends: [backend] },
      ...given,
    });
  const external = serviceRow({ name: 'api', namespace: 'shop', type: 'ExternalName' });
  const rows = { gatewayclasses: [alb()], gateways: [gateway()], services: [external] };

  it('that is served has nothing to explain', () => {
    expect(whyRoute(route(), worldOf({ rows }))).toBeNull();
  });

  it('is for the listener that it names: what others have is no trouble of its', () => {
    const broken = 'InvalidCertificateRef: no such secret';
    const listener = { protocol: 'HTTP', port: 80, host: '', routes: 1, trouble: '' };
    const listeners = [
      { ...listener, name: 'http' },
      { ...listener, name: 'https', port: 443, trouble: broken },
    ];
    const world = worldOf({ rows: { ...rows, gateways: [gateway({ listeners })] } });
    const sentence = (more: object) =>
      whyRoute(route({ parents: [{ ...parent, ...more }] }), world)?.sentence ?? '';
    expect(sentence({ section: 'http' })).toBe('');
    expect(sentence({ port: 80 })).toBe('');
    expect(sentence({ section: 'https' })).toContain('listener https does not serve');
    expect(sentence({ port: 443 })).toContain('listener https does not serve');
    expect(sentence({})).toContain('listener https does not serve');
  });

  it.each([
    [route({ parents: [] }), 'it names no gateway, and nobody serves it', 'deduced'],
    [
      route({ parents: [{ ...parent, namespace: 'infra' }] }),
      'gateway infra/web, which it names, is not there',
      'deduced',
    ],
    [
      route({
        parents: [{ ...parent, accepted: verdict('False', 'NotAllowedByListeners', 'not you') }],
      }),
      'web does not take it: NotAllowedByListeners: not you',
      'said',
    ],
    [
      route({
        parents: [{ ...parent, resolved: verdict('False', 'RefNotPermitted', 'no grant') }],
      }),
      'something that it names cannot be used: RefNotPermitted: no grant',
      'said',
    ],
    [
      route({ parents: [{ ...parent, accepted: NO, resolved: NO }] }),
      'web has not taken it so far, and does not say why',
      'unknown',
    ],
    [
      route({ backends: [{ ...backend, service: 'old' }] }),
      'service old, which it sends to, is not there',
      'deduced',
    ],
    [
      route({
        parents: [{ ...parent, accepted: NO, resolved: NO }],
        backends: [{ ...backend, service: 'old' }],
      }),
      'service old, which it sends to, is not there',
      'deduced',
    ],
    [
      route({ parents: [{ ...parent, section: 'http', accepted: NO, resolved: NO }] }),
      'gateway web has no listener http, which it names',
      'deduced',
    ],
  ])('says why not (%#)', (row, sentence, certainty) => {
    const found = whyRoute(row, worldOf({ rows }));
    expect(found).toMatchObject({ sentence, certainty });
    expect(found?.evidence).not.toEqual([]);
  });

  describe('that names a service of another namespace', () => {
    const foreign = { ...backend, namespace: 'infra' };
    const silent = { ...parent, accepted: NO, resolved: NO };
    const services = [external, { ...external, namespace: 'infra', uid: 'infra' }];
    const grant = rowOf('referencegrants', {
      ...{ name: 'shops', namespace: 'infra' },
      from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'shop' }],
      to: [{ group: '', kind: 'Service', name: 'api' }],
    });
    const named = (given: Partial<RouteRow> = {}) =>
      route({ routeKind: 'HTTPRoute', backends: [foreign], parents: [silent], ...given });
    const world = (referencegrants: readonly (typeof grant)[], unread = {}) =>
      worldOf({ rows: { ...rows, services, referencegrants }, unread });

    it('gets nothing there without a grant, and says which there are', () => {
      const other = { ...grant, to: [{ group: '', kind: 'Service', name: 'web' }] };
      expect(whyRoute(named(), world([other]))).toMatchObject({
        sentence:
          'no reference grant in infra lets it name service api: nothing it sends gets there',
        certainty: 'deduced',
        evidence: [
          { text: 'backend infra/api' },
          { source: 'reference grant shops', text: 'lets HTTPRoute of shop name Service web' },
        ],
      });
    });

    it('is fine with one, and where who serves it says so', () => {
      expect(whyRoute(named({ parents: [parent] }), world([grant]))).toBeNull();
      expect(whyRoute(named({ parents: [parent] }), world([]))).toBeNull();
      expect(whyRoute(named(), world([grant]))?.sentence).toMatch(/^web has not taken it/);
    });

    it('has no such cause where grants cannot be read', () => {
      expect(whyRoute(named(), world([], { referencegrants: 'forbidden' }))).toMatchObject({
        certainty: 'unknown',
        unread: ['reference grants of infra: forbidden'],
      });
    });

    it('is told with what there is where its gateway says that it may not', () => {
      const denied = { ...parent, resolved: verdict('False', 'RefNotPermitted', 'no grant') };
      expect(whyRoute(named({ parents: [denied] }), world([]))).toMatchObject({
        sentence: 'something that it names cannot be used: RefNotPermitted: no grant',
        certainty: 'said',
        evidence: [{}, { text: 'backend infra/api' }],
        next: ['make a ReferenceGrant in infra that lets HTTPRoute of shop name Service api'],
      });
    });
  });

  it('to what gets no requests is none of it', () => {
    const idle = { ...backend, service: 'old', weight: 0 };
    expect(whyRoute(route({ backends: [backend, idle] }), worldOf({ rows }))).toBeNull();
  });

  it('has what its gateway has', () => {
    const broken = gateway({ programmed: verdict('False', 'Invalid', 'no subnets') });
    const found = whyRoute(route(), worldOf({ rows: { ...rows, gateways: [broken] } }));
    expect(found?.sentence).toBe('gateway web: it is not set up: Invalid: no subnets');
    expect(found?.evidence[0]?.about).toEqual({ kind: 'Gateway', namespace: 'shop', name: 'web' });
  });

  it('leads to what is wrong behind its service', () => {
    const api = serviceRow({
      ...{ name: 'api', namespace: 'shop', selector: { app: 'api' } },
      ...{ endpointsReady: 0, endpointsNotReady: 0 },
    });
    const found = whyRoute(route(), worldOf({ rows: { ...rows, services: [api] } }));
    expect(found?.sentence).toMatch(/^behind service api: /);
  });
});
