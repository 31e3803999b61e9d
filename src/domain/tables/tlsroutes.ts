import { NO_MATCH, routeTable } from './gateway-routes.ts';

/** gateway.networking.k8s.io TLSRoute, which many servers have in an alpha version alone. */
export const tlsroutes = routeTable({
  resource: 'tlsroutes',
  kind: 'TLSRoute',
  older: ['v1alpha3', 'v1alpha2'],
  ...NO_MATCH,
});
