import { Backoff } from '../../core/backoff.ts';
import type { Clock } from '../../core/clock.ts';
import { isExpired, type RequestError } from './errors.ts';
import { TOO_LARGE, TOO_MANY } from './limits.ts';
import { LOST, SILENT, type Liveness } from './liveness.ts';
import { PermissionWait } from './permission-wait.ts';
import type { Part, StatusTracker } from './source-status.ts';

/** Answers that will be the same again for some time. */
const REFUSALS: Readonly<Record<number, 'denied' | 'expired' | 'absent'>> = {
  401: 'expired',
  403: 'denied',
  404: 'absent',
  405: 'absent',
};

/** How often what is absent, or needs a login, is asked again. */
const SLOWLY = { first: 15_000, max: 60_000, resetAfter: 180_000 };

/** More than anybody can use was sent: asked again after this time (ms), or when the user wants it. */
const MUCH_LATER = 1_800_000;

/** A second full list within this time (ms) after another waits. */
const RELIST_SOON = 5_000;

/** What {@link Recovery} works with. */
export interface RecoveryContext {
  readonly clock: Clock;
  readonly random: () => number;
  readonly liveness: Liveness;
  readonly status: StatusTracker;
}

/**
 * What follows from a failure: which status it is told as, and how long to wait before the next
 * attempt. There is always a next attempt.
 */
export class Recovery {
  readonly #context: RecoveryContext;
  readonly #backoff: Backoff;
  readonly #slow: Backoff;
  readonly #permission: PermissionWait;
  /** Failures since it last worked. */
  #failures = 0;
  #lastRelist = -Infinity;
  #wake: (() => void) | null = null;
  #stopped = false;

  constructor(context: RecoveryContext) {
    this.#context = context;
    this.#backoff = new Backoff(context.clock, context.random);
    this.#slow = new Backoff(context.clock, context.random, SLOWLY);
    this.#permission = new PermissionWait(context.clock, context.random);
  }

  /** The rows follow the server, again: all of them, or a part. */
  works(part: Part = {}): void {
    const failed = this.#failures > 0;
    this.#failures = 0;
    this.#backoff.reset();
    this.#slow.reset();
    this.#permission.reset();
    this.#context.status.live(part);
    if (failed) this.#context.liveness.recovered();
  }

  /** Ends the present wait. */
  wake(): void {
    this.#wake?.();
  }

  /** Ends the present wait and all that would follow. */
  stop(): void {
    this.#stopped = true;
    this.wake();
  }

  /**
   * Tells a failure and resolves when it is time to try again. `asOf` is when the rows were last
   * known to be true. Gives whether a full list is needed.
   */
  async failed(error: RequestError, asOf: number): Promise<{ readonly relist: boolean }> {
    const { random, liveness, status } = this.#context;
    // A loss that a probe confirmed is news at once.
    this.#failures += error.reason === LOST ? 2 : 1;
    if (isExpired(error) || isTooNew(error)) {
      await this.#beforeRelist(asOf);
      return { relist: true };
    }
    const refused = REFUSALS[error.code];
    if (refused !== undefined) {
      const wait = refused === 'denied' ? this.#permission.next() : this.#slow.next();
      status.failed(refused, error, wait, asOf);
      // Credentials that are taken again for one request are taken for all.
      await this.#wait(wait, refused === 'expired');
      return { relist: false };
    }
    if (error.reason === TOO_MANY || error.reason === TOO_LARGE) {
      const wait = error.reason === TOO_MANY ? MUCH_LATER : this.#slow.next();
      status.failed('stale', error, wait, asOf);
      await this.#wait(wait, false);
      return { relist: error.reason === TOO_MANY };
    }
    if (error.code === 0 && error.reason !== SILENT) liveness.suspect();
    const asked = error.retryAfter * 1000 * (1 + random() / 4);
    // A connection that was cut is resumed at once; only a second failure is news.
    if (this.#failures === 1 && status.current.state === 'live' && asked === 0)
      return { relist: false };
    const wait = Math.max(this.#backoff.next(), asked);
    status.failed('stale', error, wait, asOf);
    await this.#wait(wait, asked === 0);
    return { relist: false };
  }

  /** Waits as after a failure, without a word. */
  async pause(): Promise<void> {
    await this.#wait(this.#slow.next(), false);
  }

  async #beforeRelist(asOf: number): Promise<void> {
    const { clock, status } = this.#context;
    const soon = clock.now() - this.#lastRelist < RELIST_SOON;
    this.#lastRelist = clock.now();
    const wait = soon ? this.#backoff.next() : 0;
    const why = { message: 'the server dropped its history: listing again', hint: '' };
    status.failed('stale', why, wait, asOf);
    if (wait > 0) await this.#wait(wait, false);
  }

  /** Waits, unless woken, or (with `wakeable`) the server answers someone else. */
  #wait(ms: number, wakeable: boolean): Promise<void> {
    const { clock, liveness } = this.#context;
    if (this.#stopped) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        cancel();
        forget();
        this.#wake = null;
        resolve();
      };
      const cancel = clock.after(ms, done);
      const forget = wakeable ? liveness.onRecovered(done) : () => undefined;
      this.#wake = done;
    });
  }
}

/** The server knows nothing of our resourceVersion yet: it was restored, or it is another one. */
function isTooNew(error: RequestError): boolean {
  return error.message.includes('Too large resource version');
}
