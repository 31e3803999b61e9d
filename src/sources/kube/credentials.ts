import type { Clock } from '../../core/clock.ts';
import { asRequestError, RequestError } from './errors.ts';

/** What a request is authenticated with. */
export interface Credential {
  /** Bearer token, empty where only a certificate counts. */
  readonly token: string;
  /** Client certificate and key in PEM, empty where there is none. */
  readonly cert: string;
  readonly key: string;
  /** When it stops being valid (ms); Infinity where it does not say. */
  readonly expires: number;
}

/** Makes a bearer token and says when it should be replaced (ms). */
export type TokenSource = () => Promise<{ readonly token: string; readonly expires: number }>;

/** A credential that is about to end is renewed this long (ms) before. */
const EARLY = 60_000;
/** A credential refused sooner than this (ms) after it was made would not get better by another. */
const TOO_FRESH = 20_000;
/** After a failure nothing is tried for this long (ms): plugins are whole programs. */
const REST = 5_000;

/**
 * Keeps one credential of `make` and shares it: one attempt at a time whoever asks, renewed in the
 * background a minute before it ends, and dropped when the server refuses it.
 */
export class Credentials {
  readonly #make: () => Promise<Credential>;
  readonly #clock: Clock;
  #held: { readonly credential: Credential; readonly at: number } | null = null;
  #failed: { readonly error: RequestError; readonly until: number } | null = null;
  #pending: Promise<Credential> | null = null;

  constructor(make: () => Promise<Credential>, clock: Clock) {
    this.#make = make;
    this.#clock = clock;
  }

  /** @throws RequestError (401) where none can be had; its message says why. */
  async current(): Promise<Credential> {
    const now = this.#clock.now();
    const left = (this.#held?.credential.expires ?? 0) - now;
    const resting = this.#failed !== null && now < this.#failed.until;
    if (this.#held === null || left <= 0) {
      if (resting && this.#failed !== null) throw this.#failed.error;
      return this.#renew();
    }
    // Its failure shows when the held one has really ended.
    if (left < EARLY && !resting) this.#renew().catch(() => undefined);
    return this.#held.credential;
  }

  /**
   * The server refused `used`: says whether another may be had. Many requests are refused at the
   * same time, so one that is already replaced, or was only just made, is not made again.
   * @param isWrong it is known why: another would be made otherwise
   */
  reject(used: Credential, isWrong = false): boolean {
    if (this.#held === null || this.#held.credential !== used) return true;
    if (!isWrong && this.#clock.now() - this.#held.at < TOO_FRESH) return false;
    this.#held = null;
    return true;
  }

  /** The user has logged in, or wants to know: the next request makes a new one. */
  forget(): void {
    this.#held = null;
    this.#failed = null;
  }

  #renew(): Promise<Credential> {
    this.#pending ??= this.#make()
      .then((credential) => {
        this.#held = { credential, at: this.#clock.now() };
        this.#failed = null;
        return credential;
      })
      .catch((thrown: unknown) => {
        const { message, hint } = asCredentialError(thrown);
        const error = new RequestError(401, message, { hint, reason: 'NoCredentials' });
        this.#failed = { error, until: this.#clock.now() + REST };
        throw error;
      })
      .finally(() => (this.#pending = null));
    return this.#pending;
  }
}

/** Whatever a maker of credentials threw, in words and with what to do. */
export function asCredentialError(error: unknown): { message: string; hint: string } {
  if (error instanceof RequestError) return error;
  if (error instanceof Error) {
    const hint = 'hint' in error && typeof error.hint === 'string' ? error.hint : '';
    return { message: error.message, hint: hint || 'log in again' };
  }
  return asRequestError(error);
}

/** A token source as the maker of {@link Credentials}. */
export function tokenCredential(source: TokenSource): () => Promise<Credential> {
  return async () => ({ ...(await source()), cert: '', key: '' });
}
