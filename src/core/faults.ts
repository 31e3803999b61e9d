import type { Clock } from './clock.ts';
import { sanitize } from './text.ts';

/** More errors than this within {@link SPAN} (ms) are a loop that nobody could use the program in. */
const MOST = 1000;
const SPAN = 10_000;
/** The same words are not told again within this time (ms). */
const QUIET = 5000;

/**
 * Errors that nobody caught: mistakes of the program. While somebody listens they are told, and the
 * program goes on.
 */
export class Faults {
  readonly #clock: Clock;
  #listener: ((text: string) => void) | null = null;
  #since = -Infinity;
  #count = 0;
  #told = '';
  #toldAt = -Infinity;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Who tells the user. Returns the function that stops it. */
  listen(listener: (text: string) => void): () => void {
    this.#listener = listener;
    return () => {
      if (this.#listener === listener) this.#listener = null;
    };
  }

  /** Takes an error. False: nobody can be told, or they come without end, so the program must end. */
  take(error: unknown): boolean {
    const now = this.#clock.now();
    if (now - this.#since > SPAN) {
      this.#since = now;
      this.#count = 0;
    }
    if (++this.#count > MOST || this.#listener === null) return false;
    const text = faultText(error);
    if (text === this.#told && now - this.#toldAt < QUIET) return true;
    this.#told = text;
    this.#toldAt = now;
    try {
      this.#listener(text);
      return true;
    } catch {
      return false;
    }
  }
}

/** What went wrong, as one line of safe text, whatever was thrown. */
export function faultText(error: unknown): string {
  try {
    const { name, message } = error as Error;
    const text = error instanceof Error ? `${name}: ${message}` : String(error);
    return sanitize(text.slice(0, 500), { newline: ' ' });
  } catch {
    return 'an error without words';
  }
}
