/** What is written into volumes of EBS. */
import { join, key } from './join.ts';

export const volumeOwner = join({
  target: key('volumes', 'cluster', ({ uid }) => uid),
  source: key('persistentvolumes', 'cluster', ({ volumeId }) => volumeId),
  uses: ['name'],
  fields: ['pv'],
  ofAll: true,
  compute: (_, [found], known) => ({ pv: found?.name ?? (known ? '' : null) }),
});
