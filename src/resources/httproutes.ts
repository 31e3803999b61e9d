import { routeResource } from './route-resource.ts';

export const httproutes = routeResource({
  table: 'httproutes',
  title: 'HTTP routes',
  aliases: ['route', 'routes'],
  description:
    'Routes of Gateway API for requests of HTTP: whether their gateways take them, and whether somebody answers behind.',
  named: true,
});
