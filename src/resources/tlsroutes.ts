import { routeResource } from './route-resource.ts';

export const tlsroutes = routeResource({
  table: 'tlsroutes',
  title: 'TLS routes',
  aliases: [],
  description:
    'Routes of Gateway API for TLS by the host that is asked for: whether their gateways take them, and whether somebody answers behind.',
  named: true,
});
