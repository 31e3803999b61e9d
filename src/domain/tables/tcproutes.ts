import { NO_MATCH, routeTable } from './gateway-routes.ts';

/** gateway.networking.k8s.io TCPRoute, which many servers have in an alpha version alone. */
export const tcproutes = routeTable({
  resource: 'tcproutes',
  kind: 'TCPRoute',
  older: ['v1alpha2'],
  ...NO_MATCH,
});
