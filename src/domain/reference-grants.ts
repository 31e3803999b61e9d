/**
 * Which services of other namespaces a route may send to: those that a ReferenceGrant in the
 * namespace of the service lets it name. Without one its controller has to answer with an error.
 */
import { pathIn, servicesBehind } from './gateways.ts';
import { GATEWAY_API } from './tables/gateway-api.ts';
import type { RouteRow } from './tables/gateway-routes.ts';
import type { ReferenceGrantRow } from './tables/referencegrants.ts';

type Grant = Pick<ReferenceGrantRow, 'namespace' | 'from' | 'to'>;
type Route = Pick<RouteRow, 'routeKind' | 'namespace' | 'backends'>;

/** A service in its namespace. */
interface Service {
  readonly namespace: string;
  readonly name: string;
}

/** Whether a grant lets a route name that service. */
export const lets = (
  { namespace, from, to }: Grant,
  route: Pick<Route, 'routeKind' | 'namespace'>,
  service: Service,
): boolean =>
  namespace === service.namespace &&
  from.some(
    (each) =>
      each.group === GATEWAY_API.group &&
      each.kind === route.routeKind &&
      each.namespace === route.namespace,
  ) &&
  to.some(
    (each) =>
      each.group === '' &&
      each.kind === 'Service' &&
      (each.name === '' || each.name === service.name),
  );

/** The services of other namespaces that a route sends to. */
export const foreignServices = ({ namespace, backends }: Omit<Route, 'routeKind'>) =>
  servicesBehind(backends).filter((service) => service.namespace !== namespace);

/** Those of them that none of the grants lets it name, each with its namespace. */
export const ungranted = (route: Route, grants: readonly Grant[]): readonly string[] => [
  ...new Set(
    foreignServices(route)
      .filter((service) => !grants.some((grant) => lets(grant, route, service)))
      .map((service) => pathIn(route.namespace, service)),
  ),
];

/** `HTTPRoute of web, TCPRoute of db`: who may name something. */
export const grantedTo = ({ from }: Pick<Grant, 'from'>): string =>
  from.map(({ kind, namespace }) => `${kind} of ${namespace}`).join(', ');

/** `any Service, Secret tls`: what may be named. */
export const grantedOf = ({ to }: Pick<Grant, 'to'>): string =>
  to.map(({ kind, name }) => (name === '' ? `any ${kind}` : `${kind} ${name}`)).join(', ');
