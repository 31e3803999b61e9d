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

/**
 * Keeps one credential of `make` and shares it: one attempt at a time whoever asks, renewed in the
 * background a minute before it ends, and dropped when the server refuses it.
 */
export class Credentials {
  readonly #make: () => Promise<Credential>;
  readonly #clock: Clock;
  #held: Credential | null = null;
  #pending: Promise<Credential> | null = null;

  constructor(make: () => Promise<Credential>, clock: Clock) {
    this.#make = make;
    this.#clock = clock;
  }

  /** @throws RequestError (401) where none can be had; its message says why. */
  async current(): Promise<Credential> {
    const held = this.#held;
    if (held === null) return this.#renew();
    const left = held.expires - this.#clock.now();
    if (left <= 0) return this.#renew();
    // Its failure shows when the held one has really ended.
    if (left < EARLY) this.#renew().catch(() => undefined);
    return held;
  }

  /** The server refused `used`: the next request gets another, unless one came in the meantime. */
  reject(used: Credential): void {
    if (this.#held === used) this.#held = null;
  }

  #renew(): Promise<Credential> {
    this.#pending ??= this.#make()
      .then((made) => (this.#held = made))
      .catch((error: unknown) => {
        const { message, hint } = asCredentialError(error);
        throw new RequestError(401, message, { hint, reason: 'NoCredentials' });
      })
      .finally(() => (this.#pending = null));
    return this.#pending;
  }
}

function asCredentialError(error: unknown): { message: string; hint: string } {
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
