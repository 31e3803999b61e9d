import type { Clock } from '../../../../core/clock.ts';
import { AwsFault, type FaultKind } from '../../../../domain/aws-fault.ts';
import type { ClusterRow } from '../../../../domain/rows.ts';
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
const UNKNOWN_MS = 3_600_000;
const LASTING: ReadonlySet<FaultKind> = new Set(['denied', 'absent']);

/**
 * The support calendar of a region, which is kept for a day; where the endpoint does not serve it
 * (emulators), it is empty and asked for again in an hour.
 */
export function supportCalendar(
  aws: Reads<'eks:DescribeClusterVersions'>,
  clock: Clock,
): SupportCalendar {
  let dates: ReadonlyMap<string, SupportDates> = new Map();
  let gap: AwsFault | null = null;
  let until = 0;

  async function ask(signal: AbortSignal): Promise<void> {
    try {
      const input = { includeAll: true };
      const { clusterVersions } = await aws.call('eks:DescribeClusterVersions', input, signal);
      dates = new Map(
        clusterVersions.map((version) => [
          version.clusterVersion,
          {
            standardSupportEnd: version.endOfStandardSupportDate,
            extendedSupportEnd: version.endOfExtendedSupportDate,
          },
        ]),
      );
      gap = null;
      until = clock.now() + KNOWN_MS;
    } catch (error) {
      // Anything else (no network, expired credentials) passes, and the next poll asks again.
      if (!(error instanceof AwsFault) || !LASTING.has(error.kind)) return;
      gap = error.kind === 'denied' ? error : null;
      until = clock.now() + UNKNOWN_MS;
    }
  }

  return {
    of: (version) => dates.get(version),
    async read({ signal, gaps, changed }) {
      if (clock.now() >= until) await ask(signal);
      if (gap !== null) gaps.push(gap);
      changed();
    },
  };
}
