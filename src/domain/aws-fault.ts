/**
 * What kind of failure a call met, for what is done about it:
 *
 * - `denied`: the caller may not do this
 * - `expired`: no credentials, or they are expired or refused
 * - `absent`: the endpoint does not serve this, or the thing asked for is not there
 * - `busy`: throttled
 * - `unreachable`: no answer, or none that could be understood
 */
export type FaultKind = 'denied' | 'expired' | 'absent' | 'busy' | 'unreachable';

/** A failed AWS call in words. `message` is one sentence without a trailing period. */
export class AwsFault extends Error {
  readonly kind: FaultKind;
  /** What the user can do about it, or empty. */
  readonly hint: string;

  constructor(kind: FaultKind, message: string, hint = '') {
    super(message);
    this.name = 'AwsFault';
    this.kind = kind;
    this.hint = hint;
  }
}

/** What was asked when a call failed: its words name these. */
export interface CallContext {
  /** The IAM action, `eks:ListNodegroups`. */
  readonly action: string;
  readonly profile: string;
  readonly region: string;
  /** Custom endpoint, or empty for AWS's own. */
  readonly endpoint: string;
}
