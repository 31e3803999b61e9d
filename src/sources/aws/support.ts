import type { Clock } from '../../core/clock.ts';
import type { ClusterRow } from '../../domain/rows.ts';
import { AwsFault, type FaultKind } from '../../domain/aws-fault.ts';
import { text, time } from './read.ts';
import type { Session } from './session.ts';

/** Ends of support of a Kubernetes version on EKS (ms), null where AWS does not say. */
export type SupportDates = Pick<ClusterRow, 'standardSupportEnd' | 'extendedSupportEnd'>;

/** What is known of the versions, and why it is not more. */
export interface SupportCalendar {
  readonly dates: ReadonlyMap<string, SupportDates>;
  /** Set where the caller may not ask. */
  readonly gap: AwsFault | null;
}

const KNOWN_MS = 24 * 3_600_000;
const UNKNOWN_MS = 3_600_000;
const LASTING: ReadonlySet<FaultKind> = new Set(['denied', 'absent']);

/**
 * Reads the support calendar of a region and keeps it for a day; where the endpoint does not serve
 * it (emulators), it is empty and asked for again in an hour.
 */
export function supportCalendar(
  session: Session,
  clock: Clock,
): (signal: AbortSignal) => Promise<SupportCalendar> {
  let kept: SupportCalendar = { dates: new Map(), gap: null };
  let until = 0;
  return async (signal) => {
    if (clock.now() < until) return kept;
    try {
      const eks = await session.eks();
      const dates = new Map<string, SupportDates>();
      for (const version of await eks.versions(signal)) {
        dates.set(text(version.clusterVersion), {
          standardSupportEnd: time(version.endOfStandardSupportDate),
          extendedSupportEnd: time(version.endOfExtendedSupportDate),
        });
      }
      kept = { dates, gap: null };
      until = clock.now() + KNOWN_MS;
    } catch (error) {
      // Anything else (no network, expired credentials) passes, and the next poll asks again.
      if (!(error instanceof AwsFault) || !LASTING.has(error.kind)) return kept;
      kept = { dates: kept.dates, gap: error.kind === 'denied' ? error : null };
      until = clock.now() + UNKNOWN_MS;
    }
    return kept;
  };
}
