/** What is written into ingresses. */
import { join, key } from './join.ts';

const servicesOf = key('ingresses', 'namespace', ({ backends }) => [
  ...new Set(backends.map(({ service }) => service).filter((name) => name !== '')),
]);

/** Whether there is somebody behind an ingress who answers. */
export const ingressEndpoints = join({
  target: servicesOf,
  source: key('services', 'namespace', ({ name }) => name),
  uses: ['name', 'type', 'endpointsReady', 'endpointsNotReady'],
  fields: ['endpointsReady', 'endpointsNotReady', 'trouble'],
  ofAll: true,
  compute: (ingress, services, known) => {
    const names = servicesOf.of(ingress);
    const missing = [names]
      .flat()
      .filter((name) => known && !services.some((service) => service.name === name));
    // A name for something elsewhere has no endpoints here.
    const counted = services.filter(({ type }) => type !== 'ExternalName');
    const isKnown = known && counted.every(({ endpointsReady }) => endpointsReady !== null);
    const idle = counted.filter(({ endpointsReady }) => endpointsReady === 0);
    const sum = (of: (service: (typeof counted)[number]) => number | null) =>
      isKnown ? counted.reduce((total, service) => total + (of(service) ?? 0), 0) : null;
    const said = [
      ...missing.map((name) => `service ${name} does not exist`),
      ...idle.map(({ name }) => `service ${name} has no ready endpoint`).sort(),
    ].join(', ');
    return {
      endpointsReady: sum(({ endpointsReady }) => endpointsReady),
      endpointsNotReady: sum(({ endpointsNotReady }) => endpointsNotReady),
      trouble: said === '' && !isKnown ? null : said,
    };
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
