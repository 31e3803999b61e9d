/** What is written into services. */
import type { EndpointSliceRow } from '../tables/endpointslices.ts';
import type { ServiceRow } from '../tables/services.ts';
import { byName, join, key } from './join.ts';

export const serviceEndpoints = join({
  target: byName('services'),
  source: key('endpointslices', 'namespace', (slice) => slice.service),
  uses: ['ready', 'notReady', 'portNames'],
  fields: ['endpointsReady', 'endpointsNotReady', 'deadPorts'],
  ofAll: true,
  compute: (service, slices, known) => {
    if (!known) return { endpointsReady: null, endpointsNotReady: null, deadPorts: null };
    const ready = new Set(slices.flatMap((slice) => slice.ready));
    const all = new Set([...ready, ...slices.flatMap((slice) => slice.notReady)]);
    return {
      endpointsReady: ready.size,
      endpointsNotReady: all.size - ready.size,
      deadPorts: deadPorts(service, slices),
    };
  },
});

/**
 * Ports that no ready endpoint has: a target port by a name that no container has, say. Slices call
 * theirs as the service does; of a headless service clients take the port that they like.
 */
function deadPorts(
  { ports, clusterIP }: ServiceRow,
  slices: readonly Pick<EndpointSliceRow, 'ready' | 'portNames'>[],
): readonly string[] {
  if (clusterIP === 'None') return [];
  const served = new Set(
    slices.flatMap(({ ready, portNames }) => (ready.length > 0 ? portNames : [])),
  );
  return ports
    .filter(({ name }) => !served.has(name))
    .map(({ name, port }) => name || String(port));
}
