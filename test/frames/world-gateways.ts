/** What the shop has of Gateway API: of each kind one that is well, and some that are not. */
import { UNJUDGED } from '../../src/domain/tables/gateway-api.ts';
import { rowOf } from '../support/rows.ts';
import type { Rows } from './world.ts';

/** By what VPC Lattice calls the service of a route. */
export const LATTICE_NAME =
  'partner-api-shop-0a1b2c3d.7d67968.vpc-lattice-svcs.eu-central-1.on.aws';

const DAY = 24 * 60 * 60_000;

/** @param now the moment of the frames */
export function gatewaysOf(now: number): Rows {
  const shop = { namespace: 'shop', created: now - 20 * DAY };
  const yes = { ...UNJUDGED, status: 'True' };
  const parent = {
    ...{ kind: 'Gateway', namespace: 'shop', name: 'public', section: '', port: null },
    ...{ accepted: yes, resolved: yes },
  };
  const to = (service: string, weight = 1) => ({
    ...{ match: '/', service, namespace: 'shop', port: '80', weight, resource: '' },
  });
  return {
    gatewayclasses: [
      rowOf('gatewayclasses', {
        ...{ name: 'alb', created: now - 60 * DAY, controller: 'gateway.k8s.aws/alb' },
        accepted: yes,
      }),
      rowOf('gatewayclasses', {
        ...{ name: 'amazon-vpc-lattice', created: now - 60 * DAY, accepted: yes },
        controller: 'application-networking.k8s.aws/gateway-api-controller',
      }),
    ],
    referencegrants: [
      rowOf('referencegrants', {
        ...{ ...shop, name: 'storefront' },
        from: [
          { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'storefront' },
          { group: 'gateway.networking.k8s.io', kind: 'GRPCRoute', namespace: 'storefront' },
        ],
        to: [{ group: '', kind: 'Service', name: 'cart' }],
      }),
    ],
    gateways: [
      rowOf('gateways', {
        ...{ ...shop, name: 'public', className: 'alb', accepted: yes, programmed: yes },
        listeners: [
          { name: 'https', protocol: 'HTTPS', port: 443, host: '', routes: 2, trouble: '' },
          { name: 'http', protocol: 'HTTP', port: 80, host: '', routes: 0, trouble: '' },
        ],
        address: 'k8s-shop-public-5d6e7f-204117.eu-central-1.elb.amazonaws.com',
      }),
      rowOf('gateways', {
        ...{ ...shop, name: 'partners', className: 'amazon-vpc-lattice', accepted: yes },
        programmed: {
          ...{ ...UNJUDGED, status: 'False', reason: 'Invalid' },
          message: 'VPC Lattice Service Network not found',
        },
        listeners: [
          {
            ...{ name: 'http', protocol: 'HTTP', port: 80, routes: null, trouble: '' },
            host: '*.partners.example.com',
          },
        ],
      }),
    ],
    httproutes: [
      rowOf('httproutes', {
        ...{ ...shop, name: 'api', hostnames: ['api.example.com'] },
        parents: [{ ...parent, section: 'https' }],
        backends: [to('api', 90), to('web', 10)],
      }),
      rowOf('httproutes', {
        ...{ ...shop, name: 'admin', hostnames: ['admin.example.com'] },
        parents: [
          {
            ...parent,
            accepted: {
              ...{ ...UNJUDGED, status: 'False', reason: 'NotAllowedByListeners' },
              message: 'no listener takes routes of this namespace',
            },
          },
        ],
        backends: [to('admin')],
      }),
      rowOf('httproutes', {
        ...{ ...shop, name: 'partner-api', latticeName: LATTICE_NAME },
        parents: [{ ...parent, name: 'partners' }],
        backends: [to('api')],
      }),
      rowOf('httproutes', {
        ...{ ...shop, name: 'search', hostnames: ['search.example.com'] },
        changed: now - 3 * 3_600_000,
        parents: [{ ...parent, accepted: { ...UNJUDGED, before: 'True' } }],
        backends: [to('search')],
      }),
    ],
    grpcroutes: [
      rowOf('grpcroutes', {
        ...{ ...shop, name: 'cart', hostnames: ['rpc.example.com'], routeKind: 'GRPCRoute' },
        parents: [parent],
        backends: [{ ...to('cart'), match: 'shop.Cart/Add', port: '9000' }],
      }),
    ],
    tlsroutes: [
      rowOf('tlsroutes', {
        ...{ ...shop, name: 'broker', hostnames: ['mq.example.com'], routeKind: 'TLSRoute' },
        parents: [parent],
        backends: [{ ...to('broker'), match: 'all', port: '8883' }],
      }),
    ],
    tcproutes: [
      rowOf('tcproutes', {
        ...{ ...shop, name: 'db', routeKind: 'TCPRoute', version: 'v1alpha2' },
        parents: [{ ...parent, name: 'data' }],
        backends: [{ ...to('db'), match: 'all', port: '5432' }],
      }),
    ],
    udproutes: [
      rowOf('udproutes', {
        ...{ ...shop, name: 'dns', routeKind: 'UDPRoute', version: 'v1alpha2' },
        parents: [{ ...parent, name: 'data' }],
        backends: [{ ...to('dns'), match: 'all', port: '53' }],
      }),
    ],
  };
}
