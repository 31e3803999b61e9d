/** What is written into ingresses. */
import { lackingPorts } from '../ingress-ports.ts';
import { servicesBehind } from '../tables/ingresses.ts';
import { endpointsBehind } from './endpoints-behind.ts';
import { join, key } from './join.ts';

const servicesOf = key('ingresses', 'namespace', servicesBehind);

/** Whether there is somebody behind an ingress who answers. */
export const ingressEndpoints = join({
  target: servicesOf,
  source: key('services', 'namespace', ({ name }) => name),
  uses: ['name', 'type', 'ports', 'endpointsReady', 'endpointsNotReady'],
  fields: ['endpointsReady', 'endpointsNotReady', 'trouble'],
  ofAll: true,
  compute: (ingress, services, known) => {
    const behind = services.map((service) => ({ ...service, label: service.name }));
    const told = endpointsBehind([servicesOf.of(ingress)].flat(), behind, known);
    const lacking = lackingPorts(ingress, services).map(
      ({ service, port }) => `service ${service.name} has no port ${port}`,
    );
    if (lacking.length === 0) return told;
    return { ...told, trouble: [...lacking, told.trouble ?? ''].filter(Boolean).join(', ') };
  },
});

const ALL = () => 'all';

/** Whose an ingress is: by the class that it names, else by the default one. */
export const ingressClass = join({
  target: key('ingresses', 'cluster', ALL),
  source: key('ingressclasses', 'cluster', ALL),
  uses: ['name', 'created', 'controller', 'isDefault'],
  fields: ['defaultClass', 'controller'],
  compute: ({ className }, classes) => {
    // Of several defaults the API server takes the one that was made last, then by name.
    const [first] = classes
      .filter(({ isDefault }) => isDefault)
      .sort((a, b) => b.created - a.created || (a.name < b.name ? -1 : 1));
    const own = className === '' ? first : classes.find(({ name }) => name === className);
    return { defaultClass: first?.name ?? '', controller: own?.controller ?? '' };
  },
});
