import type { Clock } from '../../../../core/clock.ts';
import { compareVersions, nextMinor } from '../../../../domain/addon.ts';
import type { AddonRow } from '../../../../domain/rows.ts';
import type { AddonRelease } from '../../../../ports/aws-shapes.ts';
import { memory, type Memory } from '../../polling/memory.ts';
import type { Round } from '../../polling/round.ts';
import type { Reads } from '../../polling/table.ts';

/** What is known of the versions that an add-on may have. */
export interface AddonReleases {
  of(row: AddonRow): Pick<AddonRow, 'versions' | 'defaultVersion' | 'fitsNext'> | undefined;
  read(addons: readonly string[], round: Round): Promise<void>;
}

/** New versions come every few weeks. */
const RELEASES_MS = 12 * 3_600_000;
/** After an upgrade of the cluster other versions go with it. */
const VERSION_MS = 5 * 60_000;

type Versions = AddonRelease['addonVersions'];

/** Which versions of its add-ons go with the version of a cluster, and with the next one. */
export function addonReleases(
  name: string,
  aws: Reads<'eks:DescribeAddonVersions' | 'eks:DescribeCluster'>,
  clock: Clock,
): AddonReleases {
  const known = new Map<string, Memory<Versions>>();
  const cluster = memory(clock, VERSION_MS, async (signal) => {
    const answer = await aws.call('eks:DescribeCluster', { name }, signal);
    return answer.cluster.version;
  });

  const releasesOf = (addonName: string): Memory<Versions> => {
    const there =
      known.get(addonName) ??
      memory(clock, RELEASES_MS, async (signal) => {
        const answer = await aws.call('eks:DescribeAddonVersions', { addonName }, signal);
        return answer.addons.flatMap(({ addonVersions }) => addonVersions);
      });
    known.set(addonName, there);
    return there;
  };

  return {
    of(row) {
      const version = cluster.value;
      const releases = known.get(row.name)?.value;
      if (!version || releases === undefined) return undefined;
      const going = (clusterVersion: string) =>
        releases.flatMap(({ addonVersion, compatibilities }) => {
          const [fit] = compatibilities.filter((each) => each.clusterVersion === clusterVersion);
          return fit ? { addonVersion, isDefault: fit.defaultVersion } : [];
        });
      const now = going(version);
      const next = going(nextMinor(version));
      return {
        versions: now.map((each) => each.addonVersion).sort((a, b) => compareVersions(b, a)),
        defaultVersion: now.find(({ isDefault }) => isDefault)?.addonVersion ?? '',
        // Of a version of Kubernetes that EKS does not offer yet nothing can be told.
        fitsNext: next.length === 0 ? null : next.some((each) => each.addonVersion === row.version),
      };
    },
    async read(addons, round) {
      await Promise.all([
        cluster.read(round),
        ...addons.map((addon) => releasesOf(addon).read(round)),
      ]);
      round.changed();
    },
  };
}
