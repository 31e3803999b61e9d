import { asPastes, isBurst } from '../../keys/burst.ts';
import { KeyDecoder } from '../../keys/decode.ts';
import type { KeyEvent } from '../../keys/key-event.ts';

/** How long the rest of an escape sequence may take: longer than the gaps of a slow line, shorter than a user notices on `esc`. */
const ESCAPE_MS = 50;
/** How long a paste may pause before it is taken as it is: its end mark must have been lost. */
const PASTE_MS = 2000;
/** An unmarked paste has ended when nothing came for twice this time: a busy program reads late. */
const BURST_MS = 50;

/** Sets a timer; returns what clears it. */
export type Timer = (run: () => void, ms: number) => () => void;

/** Decodes chunks into keys and decides after a while that what is incomplete stays so. */
export class KeyReader {
  readonly #decoder = new KeyDecoder();
  readonly #emit: (key: KeyEvent) => void;
  readonly #timer: Timer;
  #cancel: (() => void) | undefined;
  /** Cancels the end of an unmarked paste; undefined where there is none. */
  #burst: (() => void) | undefined;

  constructor(emit: (key: KeyEvent) => void, timer: Timer) {
    this.#emit = emit;
    this.#timer = timer;
  }

  /** Takes the next chunk of input. */
  readonly push = (chunk: Uint8Array | string): void => {
    this.#deliver(this.#typed(this.#decoder.push(chunk)));
  };

  /** What came in a burst, and what belongs to it, was not typed. */
  #typed(keys: readonly KeyEvent[]): readonly KeyEvent[] {
    if (this.#burst === undefined && !isBurst(keys)) return keys;
    this.#burst?.();
    this.#burst = this.#timer(() => {
      this.#burst = this.#timer(() => {
        this.#burst = undefined;
      }, BURST_MS);
    }, BURST_MS);
    return asPastes(keys);
  }

  #deliver(keys: readonly KeyEvent[]): void {
    this.#cancel?.();
    this.#cancel = undefined;
    const pending = this.#decoder.pending;
    if (pending !== undefined) {
      const flush = (): void => this.#deliver(this.#decoder.flush());
      this.#cancel = this.#timer(flush, pending === 'paste' ? PASTE_MS : ESCAPE_MS);
    }
    for (const key of keys) this.#emit(key);
  }
}
