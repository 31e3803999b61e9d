/** Where a program reads from and writes to. */
export interface Io {
  readonly stdin: Input;
  stdout(bytes: string | Buffer): void;
  stderr(bytes: string | Buffer): void;
  /** Of what runs now: aborted by ctrl-c, and when nobody listens any more. */
  readonly signal: AbortSignal;
}

/** Bytes that come in time. */
export class Input {
  readonly #chunks: Buffer[] = [];
  #ended = false;
  #waiting: (() => void) | null = null;

  /** An input that holds these bytes and no more. */
  static of(content: Buffer | string): Input {
    const input = new Input();
    input.push(Buffer.from(content));
    input.end();
    return input;
  }

  push(bytes: Buffer): void {
    if (bytes.length > 0) this.#chunks.push(bytes);
    this.#wake();
  }

  end(): void {
    this.#ended = true;
    this.#wake();
  }

  /** Whether somebody waits for more. */
  get isAwaited(): boolean {
    return this.#waiting !== null;
  }

  /** What has come; null at the end. */
  async read(): Promise<Buffer | null> {
    while (this.#chunks.length === 0 && !this.#ended) {
      await new Promise<void>((resolve) => {
        this.#waiting = resolve;
      });
    }
    return this.#chunks.shift() ?? null;
  }

  /** One line without its end; null at the end. */
  async line(): Promise<string | null> {
    let line = Buffer.alloc(0);
    for (;;) {
      const chunk = await this.read();
      if (chunk === null) return line.length > 0 ? line.toString() : null;
      const end = chunk.indexOf(0x0a);
      if (end >= 0) {
        const rest = chunk.subarray(end + 1);
        if (rest.length > 0) this.#chunks.unshift(rest);
        return Buffer.concat([line, chunk.subarray(0, end)]).toString();
      }
      line = Buffer.concat([line, chunk]);
    }
  }

  /** Everything until the end. */
  async all(): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for (let chunk = await this.read(); chunk !== null; chunk = await this.read()) {
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  }

  #wake(): void {
    this.#waiting?.();
    this.#waiting = null;
  }
}
