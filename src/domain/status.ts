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
  /** When the next attempt is made (ms), 0 where none is planned. */
  readonly retryAt: number;
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
