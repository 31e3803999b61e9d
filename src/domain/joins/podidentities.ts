/** What is written into Pod Identity associations. */
import { byName, join, key } from './join.ts';
import { occupies } from './keys.ts';

export const associationPods = join({
  target: byName('podidentities'),
  source: key('pods', 'namespace', (pod) => pod.serviceAccount || 'default'),
  uses: ['phase'],
  fields: ['pods'],
  ofAll: true,
  compute: (_, pods, known) => ({ pods: known ? pods.filter(occupies).length : null }),
});
