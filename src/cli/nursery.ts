/**
 * V8's nursery, where objects are born, and swept of what died young whenever it is full. Left to
 * itself it grows with a big list to 64 MB, and keeps them; held at its first two it is swept 1,300
 * times while 50,000 pods are listed. At sixteen it is swept 180 times, in no more memory in all.
 */
import { PerformanceObserver } from 'node:perf_hooks';
import v8 from 'node:v8';

/** How large it may become (bytes): two halves, of which one is filled at a time. */
const ENOUGH = 16 * 2 ** 20;

/** Lets the nursery grow as it is needed, and no further than to what is enough. */
export function boundNursery(): void {
  let grows = true;
  // V8 takes a bound only from its command line; how much it grows at a time it asks after each sweep.
  new PerformanceObserver(() => {
    const small = nurserySize() < ENOUGH;
    if (small === grows) return;
    grows = small;
    v8.setFlagsFromString(`--semi-space-growth-factor=${grows ? 2 : 1}`);
  }).observe({ entryTypes: ['gc'] });
}

function nurserySize(): number {
  const spaces = v8.getHeapSpaceStatistics();
  return spaces.find(({ space_name: name }) => name === 'new_space')?.space_size ?? 0;
}
