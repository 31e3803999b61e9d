/** Much enough (bytes) to hold up who sends. */
const MUCH = 2 ** 20;

/** Who sends, as far as it can be held up. */
export interface Flow {
  readonly hold: () => void;
  readonly go: () => void;
  /** Nobody takes any more. */
  readonly leave: () => void;
}

/** Bytes that come by themselves, to be taken one after the other, once. */
export class ByteQueue implements AsyncIterable<Uint8Array> {
  readonly #flow: Flow;
  #chunks: Uint8Array[] = [];
  #size = 0;
  #held = false;
  #end: { readonly error: Error | null } | null = null;
  #wake: () => void = () => undefined;

  constructor(flow: Flow) {
    this.#flow = flow;
  }

  push(bytes: Uint8Array): void {
    if (this.#end !== null) return;
    this.#chunks.push(bytes);
    this.#size += bytes.length;
    if (this.#size >= MUCH && !this.#held) {
      this.#held = true;
      this.#flow.hold();
    }
    this.#wake();
  }

  /** No more comes. What has come is taken first; then whoever takes is told of the error. */
  end(error: Error | null = null): void {
    this.#end ??= { error };
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void> {
    try {
      for (;;) {
        const [chunk] = this.#chunks.splice(0, 1);
        if (chunk !== undefined) {
          this.#size -= chunk.length;
          if (this.#held && this.#size < MUCH / 2) {
            this.#held = false;
            this.#flow.go();
          }
          yield chunk;
        } else if (this.#end !== null) {
          if (this.#end.error !== null) throw this.#end.error;
          return;
        } else {
          await new Promise<void>((resolve) => {
            this.#wake = resolve;
          });
        }
      }
    } finally {
      this.#end ??= { error: null };
      this.#chunks = [];
      this.#flow.leave();
    }
  }
}
