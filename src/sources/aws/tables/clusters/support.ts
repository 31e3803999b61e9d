import type { Clock } from '../../../../core/clock.ts';
import type { ClusterRow } from '../../../../domain/rows.ts';
import { memory } from '../../polling/memory.ts';
import type { Round } from '../../polling/round.ts';
import type { Reads } from '../../polling/table.ts';

/** Ends of support of a Kubernetes version on EKS (ms), null where AWS does not say. */
export type SupportDates = Pick<ClusterRow, 'standardSupportEnd' | 'extendedSupportEnd'>;

/** What is known of the versions. */
export interface SupportCalendar {
  /** Nothing where the version is not known. */
  of(version: string): SupportDates | undefined;
  read(round: Round): Promise<void>;
}

const KNOWN_MS = 24 * 3_600_000;

/** The support calendar of a region, which is kept for a day. */
export function supportCalendar(
  aws: Reads<'eks:DescribeClusterVersions'>,
  clock: Clock,
): SupportCalendar {
  const dates = memory(clock, KNOWN_MS, async (signal) => {
    const input = { includeAll: true };
    const { clusterVersions } = await aws.call('eks:DescribeClusterVersions', input, signal);
    return new Map<string, SupportDates>(
      clusterVersions.map((version) => [
        version.clusterVersion,
        {
          standardSupportEnd: version.endOfStandardSupportDate,
          extendedSupportEnd: version.endOfExtendedSupportDate,
        },
      ]),
    );
  });
  return {
    of: (version) => dates.value?.get(version),
    async read(round) {
      await dates.read(round);
      round.changed();
    },
  };
}
