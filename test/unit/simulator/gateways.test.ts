import { expect, it } from 'vitest';
import { plantGateways } from '../../../src/simulator/catalog/gateways.ts';
import {
  gatewayBalancersOf,
  gatewayHostsOf,
} from '../../../src/simulator/controllers/gateway-balancers.ts';
import type { KubeObject } from '../../../src/simulator/world/objects.ts';
import { wordsOf } from '../../../src/domain/tables/gateway-api.ts';
import { decoderOf } from '../../../src/domain/tables/index.ts';
import { ownerOf } from '../../../src/sources/aws/tables/elb/owner.ts';
import { smallWorld } from './small-world.ts';

const NAMESPACE = 'storefront';

it('a gateway has its ALB, with a group for each service of the routes that it takes', () => {
  const { world } = smallWorld();
  expect(gatewayBalancersOf(world)).toEqual([]);
  for (const name of ['bff', 'web']) {
    const object = { metadata: { name, namespace: NAMESPACE }, spec: { ports: [{ port: 80 }] } };
    world.store.create('services', object as unknown as never);
  }
  plantGateways(world);
  const [balancer, ...others] = gatewayBalancersOf(world);
  expect(others).toEqual([]);
  const gateways = world.store.list('gateways.gateway.networking.k8s.io');
  const [gateway] = gateways.map((object: KubeObject) => decoderOf('gateways').json(object));
  expect(balancer).toMatchObject({ kind: 'application', hostname: gateway?.address });
  expect(balancer?.listeners).toEqual([{ protocol: 'HTTPS', port: 443 }]);
  expect(ownerOf(balancer?.tags ?? {})).toMatchObject({
    ...{ owner: 'gateway storefront/mobile', cluster: 'small', resource: '' },
  });
  // image-resizer is not there, and the route that is refused has none.
  expect(balancer?.groups.map(({ tags }) => ownerOf(tags).resource)).toEqual([
    'storefront/mobile:storefront-mobile-api:HTTPRoute-storefront-bff:80',
    'storefront/mobile:storefront-mobile-api:HTTPRoute-storefront-web:443',
    'storefront/mobile:storefront-mobile-rpc:GRPCRoute-storefront-bff:80',
  ]);
  expect(gatewayHostsOf(world)).toEqual([
    ['m.shop.example.com', gateway?.address],
    ['rpc.shop.example.com', gateway?.address],
  ]);
});

it('a gateway for connections has an NLB, and its routes are served in an older version', () => {
  const { world } = smallWorld();
  const metadata = { name: 'catalog-db', namespace: 'catalog' };
  const service = { metadata, spec: { ports: [{ port: 5432 }] } };
  world.store.create('services', service as unknown as never);
  plantGateways(world);
  const [balancer] = gatewayBalancersOf(world);
  expect(balancer).toMatchObject({ kind: 'network', listeners: [{ protocol: 'TCP', port: 5432 }] });
  expect(ownerOf(balancer?.tags ?? {}).owner).toBe('gateway catalog/data');
  expect(balancer?.groups.map(({ tags }) => ownerOf(tags).resource)).toEqual([
    'catalog/data:catalog-catalog-db:TCPRoute-catalog-catalog-db:5432',
  ]);
  const { version } = world.store.kinds.of('tcproutes.gateway.networking.k8s.io');
  expect(version).toBe('v1alpha2');
});

it('is not there where the app behind it is not', () => {
  const { world } = smallWorld();
  plantGateways(world);
  expect(gatewayBalancersOf(world)).toEqual([]);
});

it('a route may name a service of another namespace for as long as a grant lets it', () => {
  const { world } = smallWorld();
  for (const [namespace, name] of [
    [NAMESPACE, 'bff'],
    ['cart', 'cart'],
  ] as const) {
    const object = { metadata: { name, namespace }, spec: { ports: [{ port: 80 }] } };
    world.store.create('services', object as unknown as never);
  }
  plantGateways(world);
  const resolved = (): readonly string[] =>
    world.store
      .list('httproutes.gateway.networking.k8s.io')
      .map((object: KubeObject) => decoderOf('httproutes').json(object))
      .filter(({ name }) => name === 'mobile-api')
      .flatMap(({ parents }) => parents.map((parent) => wordsOf(parent.resolved)));
  expect(resolved()).toEqual(['ResolvedRefs']);
  world.store.remove('referencegrants.gateway.networking.k8s.io', 'cart', 'storefront');
  expect(resolved()).toEqual([
    'RefNotPermitted: Unable to get backendRef object: cart/cart is not allowed by a ReferenceGrant',
  ]);
});
