import { routeResource } from './route-resource.ts';

export const tcproutes = routeResource({
  table: 'tcproutes',
  title: 'TCP routes',
  aliases: [],
  description:
    'Routes of Gateway API for connections of TCP: whether their gateways take them, and whether somebody answers behind.',
  named: false,
});
