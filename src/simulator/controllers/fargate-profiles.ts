import type { FargateProfile } from '../region.ts';
import type { World } from '../world/world.ts';
import { PROFILE } from './fargate.ts';
import { deletePod } from './replicas.ts';

/** How long EKS takes to make a profile or to take it away (ms). */
const CHANGE_MS = 40_000;

/** Ends what EKS was asked to do with profiles: makes them, or takes them away after their pods. */
export function startFargateProfiles(world: World): void {
  const { cluster, store, clock } = world;
  const begun = new Map<FargateProfile, number>();
  clock.every(
    5_000,
    () => {
      for (const profile of [...cluster.fargateProfiles]) {
        if (profile.status !== 'CREATING' && profile.status !== 'DELETING') {
          begun.delete(profile);
          continue;
        }
        const since = begun.get(profile) ?? clock.now();
        begun.set(profile, since);
        const pods =
          profile.status === 'DELETING'
            ? store
                .list('pods')
                .filter(({ metadata: { labels } }) => labels?.[PROFILE] === profile.name)
            : [];
        for (const pod of pods) deletePod(world, pod);
        if (pods.length > 0 || clock.now() - since < CHANGE_MS) continue;
        if (profile.status === 'CREATING') profile.status = 'ACTIVE';
        else cluster.fargateProfiles.splice(cluster.fargateProfiles.indexOf(profile), 1);
        begun.delete(profile);
      }
    },
    Math.max(5_000, clock.epoch - clock.now()),
  );
}
