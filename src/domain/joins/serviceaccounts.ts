/** What is written into service accounts. */
import { byName, join, key } from './join.ts';
import { occupies } from './keys.ts';

/** Who uses a service account. */
export const accountUse = join({
  target: byName('serviceaccounts'),
  source: key('pods', 'namespace', (pod) => pod.serviceAccount || 'default'),
  uses: ['phase', 'fargateProfile'],
  fields: ['pods', 'fargatePods'],
  ofAll: true,
  compute: (_, pods, known) => {
    const present = pods.filter(occupies);
    const onFargate = present.filter((pod) => pod.fargateProfile !== '').length;
    return known
      ? { pods: present.length, fargatePods: onFargate }
      : { pods: null, fargatePods: null };
  },
});
