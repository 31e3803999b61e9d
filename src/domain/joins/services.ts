/** What is written into services. */
import { byName, join, key } from './join.ts';

export const serviceEndpoints = join({
  target: byName('services'),
  source: key('endpointslices', 'namespace', (slice) => slice.service),
  uses: ['ready', 'notReady'],
  fields: ['endpointsReady', 'endpointsNotReady'],
  ofAll: true,
  compute: (_, slices, known) => {
    if (!known) return { endpointsReady: null, endpointsNotReady: null };
    const ready = new Set(slices.flatMap((slice) => slice.ready));
    const all = new Set([...ready, ...slices.flatMap((slice) => slice.notReady)]);
    return { endpointsReady: ready.size, endpointsNotReady: all.size - ready.size };
  },
});
