/** Which route a service of VPC Lattice stands for: its controller writes the name of one on the other. */
import type { RouteRow } from '../tables/gateway-routes.ts';
import { join, key } from './join.ts';

const services = key('latticeservices', 'cluster', ({ dns }) => dns);

const byLatticeName = (table: 'httproutes' | 'grpcroutes' | 'tlsroutes') =>
  key(table, 'cluster', ({ latticeName }) => latticeName.toLowerCase());

const uses = ['namespace', 'name'] as const;

/** `namespace/name`; of a service without a name nothing can be told. */
function pathOf(
  dns: string,
  [route]: readonly Pick<RouteRow, 'namespace' | 'name'>[],
  known: boolean,
): string | null {
  if (route !== undefined) return `${route.namespace}/${route.name}`;
  return known && dns !== '' ? '' : null;
}

const httpRoute = join({
  ...{ target: services, source: byLatticeName('httproutes'), uses, ofAll: true },
  fields: ['httpRoute'],
  compute: ({ dns }, routes, known) => ({ httpRoute: pathOf(dns, routes, known) }),
});

const grpcRoute = join({
  ...{ target: services, source: byLatticeName('grpcroutes'), uses, ofAll: true },
  fields: ['grpcRoute'],
  compute: ({ dns }, routes, known) => ({ grpcRoute: pathOf(dns, routes, known) }),
});

const tlsRoute = join({
  ...{ target: services, source: byLatticeName('tlsroutes'), uses, ofAll: true },
  fields: ['tlsRoute'],
  compute: ({ dns }, routes, known) => ({ tlsRoute: pathOf(dns, routes, known) }),
});

export const LATTICE_RULES = [httpRoute, grpcRoute, tlsRoute];
