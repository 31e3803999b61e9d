import { part, word } from '../wire/field.ts';
import { message } from '../wire/message.ts';
import { asked, HEADERS, routeTable } from './gateway-routes.ts';

/** gateway.networking.k8s.io/v1 HTTPRoute: `GET /api`, `=/health`, `/ where x-canary=yes`. */
export const httproutes = routeTable({
  resource: 'httproutes',
  kind: 'HTTPRoute',
  match: message({
    path: part(1, message({ type: word(1), value: word(2) })),
    method: word(2),
    headers: HEADERS,
  }),
  matchText: ({ path, method, headers }) => {
    const how = path.type === 'Exact' ? '=' : path.type === 'RegularExpression' ? '~' : '';
    return asked([method, `${how}${path.value || '/'}`], headers);
  },
  all: '/',
});
