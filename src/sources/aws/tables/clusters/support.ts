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

/** What any region of a partition told, by version: the calendar is the same in all of them. */
export type ToldDates = Map<string, SupportDates>;

const KNOWN_MS = 24 * 3_600_000;

/**
 * The support calendar of a region, which is kept for a day.
 * @param told what a region that does not answer goes by, and what one that does adds to
 */
export function supportCalendar(
  aws: Reads<'eks:DescribeClusterVersions'>,
  clock: Clock,
  told: ToldDates,
): SupportCalendar {
  const dates = memory(clock, KNOWN_MS, async (signal) => {
    const input = { includeAll: true };
    const { clusterVersions } = await aws.call('eks:DescribeClusterVersions', input, signal);
    for (const version of clusterVersions) {
      told.set(version.clusterVersion, {
        standardSupportEnd: version.endOfStandardSupportDate,
        extendedSupportEnd: version.endOfExtendedSupportDate,
      });
    }
    return told;
  });
  return {
    of: (version) => told.get(version),
    async read(round) {
      await dates.read(round);
      round.changed();
    },
  };
}
