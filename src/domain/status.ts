import { compareNatural } from '../core/compare.ts';

/**
 * The state of one source of rows, as a pane must tell it: what, since when, and what to do.
 *
 * - `idle`: nobody asked for it yet
 * - `loading`: the first rows are on their way
 * - `live`: complete and following changes
 * - `stale`: the connection is lost and being retried, the rows are as of `asOf`; or it never came
 *   (`synced` false, `asOf` 0): there are no rows, and `reason` says why
 * - `denied`: refused (403, AccessDenied); retried slowly
 * - `expired`: credentials are missing, expired or refused (401)
 * - `absent`: the server does not have it (no metrics-server, API not served, no AWS)
 */
export interface SourceStatus {
  readonly state: 'idle' | 'loading' | 'live' | 'stale' | 'denied' | 'expired' | 'absent';
  /** When this state began (ms). */
  readonly since: number;
  /** The last moment the rows were known to be true (ms); 0 before the first sync. */
  readonly asOf: number;
  /**
   * What happened, in a sentence without a trailing period. Empty when live, unless a part of the
   * rows is missing: then it says which and why.
   */
  readonly reason: string;
  /** What the user can do about it. Empty where there is nothing. */
  readonly hint: string;
  /**
   * What of the reason keeps rows from being here, where it tells of more than that: also of what
   * rows that are here lack.
   */
  readonly withheld?: Pick<SourceStatus, 'reason' | 'hint'> | undefined;
  /** When the next attempt is made (ms), 0 where none is planned. */
  readonly retryAt: number;
  /** The server asked to be asked later, at {@link retryAt}: it is busy, nothing is wrong. */
  readonly isPutOff?: true | undefined;
  /** Namespaces watched in place of all, where a cluster-wide list was refused; else null. */
  readonly namespaces: readonly string[] | null;
  /** Has a full list been received at least once. */
  readonly synced: boolean;
}

/** The status of a source that nobody has asked for. */
export const IDLE: SourceStatus = {
  state: 'idle',
  since: 0,
  asOf: 0,
  reason: '',
  hint: '',
  retryAt: 0,
  namespaces: null,
  synced: false,
};

/** Why a row may be missing, and what can be done about it. */
export const whyMissing = ({
  reason,
  hint,
  withheld = { reason, hint },
}: SourceStatus): Pick<SourceStatus, 'reason' | 'hint'> => withheld;

/** Whether it is not known yet what rows there are, and will be: nothing has gone wrong so far. */
export const isComing = ({ synced, state }: Pick<SourceStatus, 'synced' | 'state'>): boolean =>
  !synced && (state === 'idle' || state === 'loading');

/** States from the worst to the best, as {@link mergeStatus} ranks them. */
const WORST_FIRST = ['expired', 'stale', 'denied', 'absent', 'loading', 'idle', 'live'] as const;

/**
 * How several sources stand as one, in whatever order they are given; none of them is `IDLE`.
 *
 * - `state`: the worst that any is in: expired, stale, denied, absent, loading, idle, live
 * - `reason`, `hint`, `since`: of one of those in that state, the longest in it that has a reason
 * - `retryAt`: when the first of those is tried again
 * - `asOf`: of the oldest rows that are not followed any more; those of a live source are true now
 * - `namespaces`: all that any is limited to, sorted
 * - `synced`: whether all are
 *
 * Where a part that fails shall not stand for the others, its caller leaves it out.
 */
export function mergeStatus(parts: readonly SourceStatus[]): SourceStatus {
  const state = WORST_FIRST.find((one) => parts.some((part) => part.state === one));
  const worst = parts.filter((part) => part.state === state).sort(byWeight);
  const [told] = worst;
  if (told === undefined) return IDLE;
  const lost = parts.filter((part) => part.state !== 'live');
  const limits = parts.flatMap(({ namespaces }) => namespaces ?? []);
  const isLimited = parts.some(({ namespaces }) => namespaces !== null);
  return {
    state: told.state,
    since: told.since,
    asOf: earliest((lost.length > 0 ? lost : parts).map(({ asOf }) => asOf)),
    reason: told.reason,
    hint: told.hint,
    retryAt: earliest(worst.map(({ retryAt }) => retryAt)),
    namespaces: isLimited ? [...new Set(limits)].sort() : null,
    synced: parts.every(({ synced }) => synced),
  };
}

/** Of two in the same state, the one whose reason is told comes first. */
function byWeight(a: SourceStatus, b: SourceStatus): number {
  const silent = Number(a.reason === '') - Number(b.reason === '');
  const words = (): number => compareNatural(a.reason, b.reason) || compareNatural(a.hint, b.hint);
  return silent || a.since - b.since || words();
}

/** The first of several moments; 0 stands for none. */
function earliest(moments: readonly number[]): number {
  const known = moments.filter((moment) => moment > 0);
  return known.length > 0 ? Math.min(...known) : 0;
}
