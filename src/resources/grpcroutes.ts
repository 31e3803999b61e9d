import { routeResource } from './route-resource.ts';

export const grpcroutes = routeResource({
  table: 'grpcroutes',
  title: 'gRPC routes',
  aliases: [],
  description:
    'Routes of Gateway API for calls of gRPC: whether their gateways take them, and whether somebody answers behind.',
  named: true,
});
