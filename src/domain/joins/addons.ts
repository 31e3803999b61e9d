/** What is written into add-ons, and those that only their pods tell of. */
import { distinct } from '../../core/collect.ts';
import { addonOf, isKnownAddon } from '../addon.ts';
import { blankAddon } from '../tables/addons.ts';
import { hasEnded } from '../workload-pods.ts';
import { derivation, join, key } from './join.ts';

const podsByAddon = key('pods', 'cluster', (pod) => addonOf(pod)?.addon ?? []);

/** Add-ons that nobody but their pods tells of: self-managed ones, and all where AWS says nothing. */
export const addonsOfPods = derivation({
  table: 'addons',
  source: podsByAddon,
  uses: ['namespace'],
  derive: (uid) => blankAddon(uid, 'pods'),
});

/** Whether EKS keeps an add-on that its pods tell of: no, once all that EKS keeps are listed. */
export const addonKeeper = join({
  target: key('addons', 'cluster', () => 'kept'),
  source: key('addons', 'cluster', ({ origin }) => (origin === 'aws' ? 'kept' : [])),
  uses: ['origin'],
  fields: ['selfManaged'],
  ofAll: true,
  compute: ({ origin }, _, known) => ({
    selfManaged: origin === 'aws' ? false : known ? true : null,
  }),
});

/** The pods that do its work. */
export const addonPods = join({
  target: key('addons', 'cluster', ({ uid }) => uid),
  source: podsByAddon,
  uses: ['namespace', 'containers', 'phase', 'isReady'],
  fields: ['running', 'pods', 'podsReady'],
  ofAll: true,
  compute: ({ uid }, all, known) => {
    if (!known || !isKnownAddon(uid)) return { running: null, pods: null, podsReady: null };
    const pods = all.filter((pod) => !hasEnded(pod));
    return {
      running: distinct(pods.map((pod) => addonOf(pod)?.tag ?? '')),
      pods: pods.length,
      podsReady: pods.filter(({ isReady }) => isReady).length,
    };
  },
});
