import { part, word } from '../wire/field.ts';
import { message } from '../wire/message.ts';
import { asked, HEADERS, routeTable } from './gateway-routes.ts';

/** gateway.networking.k8s.io/v1 GRPCRoute: `shop.Cart/Add`, `~shop\..*`, `/Watch` of any service. */
export const grpcroutes = routeTable({
  resource: 'grpcroutes',
  kind: 'GRPCRoute',
  older: ['v1alpha2'],
  match: message({
    method: part(1, message({ type: word(1), service: word(2), method: word(4) })),
    headers: HEADERS,
  }),
  matchText: ({ method: { type, service, method }, headers }) => {
    const how = type === 'RegularExpression' ? '~' : '';
    const called = method === '' ? service : `${service}/${method}`;
    return asked([called === '' ? 'all' : `${how}${called}`], headers);
  },
  all: 'all',
});
