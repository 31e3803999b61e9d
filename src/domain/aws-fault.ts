/**
 * What kind of failure a call met, for what is done about it:
 *
 * - `denied`: the caller may not do this
 * - `expired`: no credentials, or they are expired or refused
 * - `absent`: the endpoint does not serve this, or the thing asked for is not there
 * - `busy`: throttled
 * - `rejected`: AWS read the request and does not do it; `code` says why
 * - `refused`: nothing was sent: the program does not make this call here
 * - `unreachable`: no answer, or none that could be understood
 */
export type FaultKind =
  'denied' | 'expired' | 'absent' | 'busy' | 'rejected' | 'refused' | 'unreachable';

/** A failed AWS call in words. `message` is one sentence without a trailing period. */
export class AwsFault extends Error {
  readonly kind: FaultKind;
  /** What the user can do about it, or empty. */
  readonly hint: string;
  /**
   * AWS's own name of the error as the API reference spells it (`ResourceInUseException`,
   * `NoSuchEntity`), or Node's of a connection that failed (`ECONNRESET`); empty where neither
   * has one.
   */
  readonly code: string;
  /**
   * The IAM action that the call needs (`eks:UpdateNodegroupConfig`), or of a denial the one that is
   * missing (`iam:PassRole`); empty where it was none.
   */
  readonly action: string;

  constructor(
    kind: FaultKind,
    message: string,
    hint = '',
    origin: { readonly code?: string; readonly action?: string } = {},
  ) {
    super(message);
    this.name = 'AwsFault';
    this.kind = kind;
    this.hint = hint;
    this.code = origin.code ?? '';
    this.action = origin.action ?? '';
  }
}

/** Whether it may be better the next time, with nobody doing anything about it. */
export const isPassing = ({ kind }: AwsFault): boolean => kind === 'busy' || kind === 'unreachable';
