import { routeResource } from './route-resource.ts';

export const udproutes = routeResource({
  table: 'udproutes',
  title: 'UDP routes',
  aliases: [],
  description:
    'Routes of Gateway API for UDP: whether their gateways take them, and whether somebody answers behind.',
  named: false,
});
