import type { Clock } from '../../../core/clock.ts';
import { IDLE, mergeStatus, type SourceStatus } from '../../../domain/status.ts';
import { AwsFault, type FaultKind } from '../../../domain/aws-fault.ts';
import type { Unanswered } from './underway.ts';

/** How one part of a table stands: a region of the clusters, the Fargate profiles of a cluster. */
export interface Standing {
  /** Names the part where it is one of several, e.g. `prod/eu-central-1`. */
  readonly label: string;
  /** The last complete answer (ms), 0 before the first. */
  asOf: number;
  /** Why the last attempt failed, null when it did not. */
  fault: AwsFault | null;
  /** What is missing of an answer that is otherwise complete (`needs eks:DescribeUpdate`). */
  gaps: readonly AwsFault[];
  /** The call that an attempt under way waits for already long; null where there is none. */
  waits: Unanswered | null;
  /** The next attempt (ms). */
  nextAt: number;
}

/** A part that has not been asked for yet. */
export function newStanding(label: string): Standing {
  return { label, asOf: 0, fault: null, gaps: [], waits: null, nextAt: 0 };
}

/** Which of several failures is told first: the one that the user can end. */
const ORDER = [
  'expired',
  'denied',
  'absent',
  'busy',
  'rejected',
  'refused',
  'unreachable',
] as const;

/**
 * Sums up the parts of a table as one status. One part that fails does not fail the table: the
 * status stays live and its reason names what is missing, unless rows of that part are shown, which
 * are then stale.
 * @param details calls that no row is missing for
 */
export function createStatus(
  clock: Clock,
  details: readonly string[],
): (parts: readonly Standing[]) => SourceStatus {
  let state: SourceStatus['state'] = 'idle';
  let since = 0;
  return (parts) => {
    const status = judge(parts, details, clock.now());
    if (status.state !== state) {
      state = status.state;
      since = clock.now();
    }
    return { ...status, since };
  };
}

/** Has the part answered or failed at least once? */
export function isSettled(part: Standing): boolean {
  return part.asOf > 0 || part.fault !== null;
}

/** A part that waits for so long (ms) does not follow any more: its rows are as old as they are. */
const LOST_MS = 20_000;

function judge(
  standings: readonly Standing[],
  details: readonly string[],
  now: number,
): SourceStatus {
  const parts = standings.map((part) => ({ ...part, fault: part.fault ?? silence(part, now) }));
  const failed = parts.filter((part) => part.fault !== null);
  const answers = failed.length < parts.length;
  // A part that never came does not stand for those that did.
  const came = parts.filter((part) => part.asOf > 0);
  const merged = mergeStatus(
    (came.length > 0 ? came : parts).map(({ asOf, fault }) => ({
      ...IDLE,
      state: fault === null ? 'live' : answers ? 'stale' : stateOf(fault.kind),
      asOf,
      synced: asOf > 0,
    })),
  );
  const words = told(parts);
  const withheld = told(
    parts.map((part) => ({
      ...part,
      gaps: part.gaps.filter(({ action }) => !details.includes(action)),
    })),
  );
  const why = { ...words, ...(withheld.reason !== words.reason && { withheld }) };
  if (!standings.every(isSettled)) return { ...merged, state: 'loading', synced: false, ...why };
  const retryAt = failed.length > 0 ? Math.min(...failed.map((part) => part.nextAt)) : 0;
  return { ...merged, ...why, retryAt };
}

/** That nobody answers: at once where there are no rows yet, after a while where there are. */
function silence({ asOf, waits }: Standing, now: number): AwsFault | null {
  if (waits === null || (asOf > 0 && now - waits.since < LOST_MS)) return null;
  return new AwsFault('unreachable', `waiting for ${waits.action}`);
}

/** How a table is whose every part fails. */
function stateOf(kind: FaultKind): SourceStatus['state'] {
  return kind === 'expired' || kind === 'denied' || kind === 'absent' ? kind : 'stale';
}

/** Faults and gaps in words, each once; parts that fail for the same reason are named together. */
function told(parts: readonly Standing[]): Pick<SourceStatus, 'reason' | 'hint'> {
  const several = parts.length > 1;
  const labels = new Map<string, string[]>();
  const hints = new Set<string>();
  const faults = parts.flatMap((part) =>
    [...(part.fault ? [part.fault] : []), ...part.gaps].map((fault) => ({ part, fault })),
  );
  faults.sort((a, b) => ORDER.indexOf(a.fault.kind) - ORDER.indexOf(b.fault.kind));
  for (const { part, fault } of faults) {
    const named = labels.get(fault.message) ?? [];
    if (!named.includes(part.label)) named.push(part.label);
    labels.set(fault.message, named);
    if (fault.hint) hints.add(fault.hint);
  }
  const reasons = [...labels].map(([message, names]) =>
    several && names.length < parts.length ? `${names.join(', ')}: ${message}` : message,
  );
  return { reason: reasons.join('; '), hint: [...hints][0] ?? '' };
}
