import type { Clock } from '../../core/clock.ts';
import { asRequestError, RequestError } from './errors.ts';

/** When nothing at all was heard of the server for this long (ms) it is asked whether it is there. */
const SUSPICIOUS = 15_000;
/** A watch without a byte for this long (ms) is taken for dead: quiet ones are opened anew before. */
export const DEAD = 25_000;
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
 * Finds streams whose connection is half-open: no event ever tells. Where nothing at all is heard
 * of the server it is asked by a small request on a fresh connection (one for all streams); if that
 * gets no answer, or if a watch alone stays silent, the stream is ended with an error.
 */
export class Liveness {
  readonly #clock: Clock;
  readonly #ask: () => Promise<unknown>;
  readonly #guarded = new Set<Guarded>();
  readonly #waiting = new Set<() => void>();
  #probe: Promise<RequestError | null> | null = null;
  /** When the server was heard last (ms), by a probe or on any of the streams. */
  #heard = -Infinity;

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
          // One sign of life is good for all streams: it is of the server, not of the stream.
          const due = SUSPICIOUS - (clock.now() - this.#heard);
          if (due <= 0) void this.#test(guarded);
          const next = due > 0 ? due : SUSPICIOUS;
          arm(quiet ? next : Math.min(next, DEAD - silent));
        }
      });
    };
    arm(SUSPICIOUS);
    return {
      heard: () => {
        guarded.lastHeard = this.#heard = clock.now();
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
      this.#heard = this.#clock.now();
      return null;
    } catch (thrown) {
      const error = asRequestError(thrown);
      // An answer is an answer, whatever it says.
      if (error.code !== 0) {
        this.#heard = this.#clock.now();
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

/** Reason of an error that ends a watch which was silent for too long: it is opened anew. */
export const SILENT = 'Silent';

/** Reason of an error that a probe confirmed: there is no point in trying once more in silence. */
export const LOST = 'Lost';

function silentError(ms: number): RequestError {
  return new RequestError(0, `nothing was heard for ${Math.round(ms / 1000)} s`, {
    reason: SILENT,
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
