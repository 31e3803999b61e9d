/** What is written into gateways and their routes. */
import { distinct } from '../../core/collect.ts';
import { pathIn, ROUTE_TABLES, servicesBehind } from '../gateways.ts';
import { foreignServices, ungranted } from '../reference-grants.ts';
import { endpointsBehind } from './endpoints-behind.ts';
import { byName, join, key } from './join.ts';

const gatewayController = join({
  target: key('gateways', 'cluster', ({ className }) => className),
  source: byName('gatewayclasses'),
  uses: ['controller'],
  fields: ['controller'],
  compute: (_, [found]) => ({ controller: found?.controller ?? '' }),
});

/** Whether there is somebody behind a route who answers. */
const routeEndpoints = ROUTE_TABLES.map((table) =>
  join({
    target: key(table, 'cluster', ({ backends }) =>
      distinct(servicesBehind(backends).map(({ namespace, name }) => `${namespace}/${name}`)),
    ),
    source: key('services', 'cluster', ({ namespace, name }) => `${namespace}/${name}`),
    uses: ['name', 'namespace', 'type', 'endpointsReady', 'endpointsNotReady'],
    fields: ['endpointsReady', 'endpointsNotReady', 'trouble'],
    ofAll: true,
    compute: ({ namespace, backends }, services, known) => {
      const wanted = servicesBehind(backends).map((each) => pathIn(namespace, each));
      const behind = services.map((service) => ({ ...service, label: pathIn(namespace, service) }));
      return endpointsBehind(distinct(wanted), behind, known);
    },
  }),
);

/** Whether it may send to what is in another namespace. */
const routeGrants = ROUTE_TABLES.map((table) =>
  join({
    target: key(table, 'cluster', (route) =>
      distinct(foreignServices(route).map(({ namespace }) => namespace)),
    ),
    source: key('referencegrants', 'cluster', ({ namespace }) => namespace),
    uses: ['namespace', 'from', 'to'],
    fields: ['ungranted'],
    ofAll: true,
    compute: (route, grants, known) => {
      const lacks = ungranted(route, grants);
      // A grant that is there is one, whatever else there may be.
      return { ungranted: known || lacks.length === 0 ? lacks : null };
    },
  }),
);

export const GATEWAY_RULES = [gatewayController, ...routeEndpoints, ...routeGrants];
