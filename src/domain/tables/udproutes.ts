import { NO_MATCH, routeTable } from './gateway-routes.ts';

/** gateway.networking.k8s.io UDPRoute, which many servers have in an alpha version alone. */
export const udproutes = routeTable({
  resource: 'udproutes',
  kind: 'UDPRoute',
  older: ['v1alpha2'],
  ...NO_MATCH,
});
