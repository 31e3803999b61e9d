import type { Clock } from '../../core/clock.ts';
import { asRequestError, RequestError } from './errors.ts';

/** A stream that has been silent for this long (ms) makes us ask the server whether it is there. */
const SUSPICIOUS = 25_000;
/** Bookmarks come about once a minute: a stream without a byte for this long (ms) is dead. */
const DEAD = 80_000;
/** When something else on the connection failed, streams silent for this long (ms) are suspects. */
const SUSPECT = 3_000;

/** Watches over one stream. */
export interface Guard {
  /** Bytes came. */
  heard(): void;
  /** When bytes came last (ms). */
  readonly lastHeard: number;
  /** Whether the stream was ended for its silence. */
  readonly killed: boolean;
  stop(): void;
}

interface Guarded {
  lastHeard: number;
  killed: boolean;
  readonly kill: (error: RequestError) => void;
}

/**
 * Finds streams whose connection is half-open: no event ever tells. A silent stream is tested by
 * a small request on a fresh connection (one for all suspects); if that gets no answer, or if the
 * stream stays silent beyond what bookmarks allow, the stream is ended with an error.
 */
export class Liveness {
  readonly #clock: Clock;
  readonly #ask: () => Promise<unknown>;
  readonly #guarded = new Set<Guarded>();
  readonly #waiting = new Set<() => void>();
  #probe: Promise<RequestError | null> | null = null;
  /** When a probe was answered last (ms). */
  #answered = -Infinity;

  /** `ask` makes a small request on a fresh connection, with a time limit. */
  constructor(clock: Clock, ask: () => Promise<unknown>) {
    this.#clock = clock;
    this.#ask = ask;
  }

  /**
   * Guards a stream until stopped; `kill` must end it. `quiet`: it may be silent for any time (a
   * log has no bookmarks), so only a failed test ends it.
   */
  guard(kill: (error: RequestError) => void, { quiet = false } = {}): Guard {
    const clock = this.#clock;
    const guarded: Guarded = { lastHeard: clock.now(), killed: false, kill };
    this.#guarded.add(guarded);
    let cancel = (): void => undefined;
    const arm = (ms: number): void => {
      cancel = clock.after(ms, () => {
        const silent = clock.now() - guarded.lastHeard;
        if (silent >= DEAD && !quiet) this.#kill(guarded, silentError(silent));
        else if (silent < SUSPICIOUS) arm(SUSPICIOUS - silent);
        else {
          // One probe answers for all streams: it asks for the server, not for the stream.
          const due = SUSPICIOUS - (clock.now() - this.#answered);
          if (due <= 0) void this.#test(guarded);
          const next = due > 0 ? due : SUSPICIOUS;
          arm(quiet ? next : Math.min(next, DEAD - silent));
        }
      });
    };
    arm(SUSPICIOUS);
    return {
      heard: () => {
        guarded.lastHeard = clock.now();
      },
      get lastHeard() {
        return guarded.lastHeard;
      },
      get killed() {
        return guarded.killed;
      },
      stop: () => {
        cancel();
        this.#guarded.delete(guarded);
      },
    };
  }

  /** Something failed without an answer: the silent streams are tested now. */
  suspect(): void {
    const now = this.#clock.now();
    for (const guarded of this.#guarded) {
      if (now - guarded.lastHeard >= SUSPECT) void this.#test(guarded);
    }
  }

  /** Calls `wake` once the server is known to answer again; returns how to cancel it. */
  onRecovered(wake: () => void): () => void {
    this.#waiting.add(wake);
    return () => this.#waiting.delete(wake);
  }

  /** The server answers again: nobody needs to wait for the end of their back-off. */
  recovered(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of waiting) wake();
  }

  async #test(guarded: Guarded): Promise<void> {
    const tested = guarded.lastHeard;
    this.#probe ??= this.#run().finally(() => (this.#probe = null));
    const error = await this.#probe;
    if (error !== null && guarded.lastHeard === tested) this.#kill(guarded, error);
  }

  async #run(): Promise<RequestError | null> {
    try {
      await this.#ask();
      this.#answered = this.#clock.now();
      return null;
    } catch (thrown) {
      const error = asRequestError(thrown);
      // An answer is an answer, whatever it says.
      if (error.code !== 0) {
        this.#answered = this.#clock.now();
        return null;
      }
      return new RequestError(0, error.message, { hint: error.hint, reason: LOST });
    }
  }

  #kill(guarded: Guarded, error: RequestError): void {
    if (!this.#guarded.delete(guarded)) return;
    guarded.killed = true;
    guarded.kill(error);
  }
}

/** Reason of an error that a probe confirmed: there is no point in trying once more in silence. */
export const LOST = 'Lost';

function silentError(ms: number): RequestError {
  return new RequestError(0, `nothing was heard for ${Math.round(ms / 1000)} s`, {
    reason: 'Silent',
  });
}

/** Calls `fn` once the guarded stream has been silent for `ms`; returns how to cancel it. */
export function afterSilence(clock: Clock, guard: Guard, ms: number, fn: () => void): () => void {
  let cancel = (): void => undefined;
  const arm = (wait: number): void => {
    cancel = clock.after(wait, () => {
      const silent = clock.now() - guard.lastHeard;
      if (silent >= ms) fn();
      else arm(ms - silent);
    });
  };
  arm(ms);
  return () => cancel();
}
