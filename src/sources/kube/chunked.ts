/** Chunked transfer coding (RFC 9112, 7.1), taken off bytes as they come. */

/** What is no HTTP, with a code as Node's own parser gives it. */
export const notHttp = (why: string): Error =>
  Object.assign(new Error(`Parse Error: ${why}`), { code: 'HPE_INVALID' });

/** No chunk is larger (bytes); its length may have any number of zeros in front. */
const MOST = 2 ** 32;
const CR = 0x0d;
const LF = 0x0a;
const SEMICOLON = 0x3b;

type State = 'length' | 'extension' | 'data' | 'dataEnd' | 'trailer' | 'over';

/** Tells where in the bytes that it is fed the data stands. */
export class Chunked {
  #state: State = 'length';
  #hasDigits = false;
  /** Of the length while it is read, then of the data that is still to come. */
  #left = 0;
  /** The trailer's present line is empty so far. */
  #isBlank = true;

  /** The last chunk has come. */
  get isOver(): boolean {
    return this.#state === 'over';
  }

  /**
   * What stands behind the end is passed over, as behind a body of a known length.
   * @param data told of each piece of data, in its order
   * @throws Error where it is no such coding
   */
  feed(bytes: Uint8Array, from: number, data: (start: number, end: number) => void): void {
    for (let at = from; at < bytes.length && !this.isOver;) {
      if (this.#state === 'data') {
        const end = Math.min(bytes.length, at + this.#left);
        data(at, end);
        this.#left -= end - at;
        if (this.#left === 0) this.#state = 'dataEnd';
        at = end;
      } else this.#take(bytes[at++] ?? 0);
    }
  }

  #take(byte: number): void {
    switch (this.#state) {
      case 'length':
        this.#takeLength(byte);
        return;
      case 'extension':
        if (byte === LF) this.#begin();
        return;
      case 'dataEnd':
        if (byte === LF) this.#state = 'length';
        else if (byte !== CR) throw notHttp('no line break behind a chunk');
        return;
      default:
        if (byte === LF && this.#isBlank) this.#state = 'over';
        else if (byte !== CR) this.#isBlank = byte === LF;
    }
  }

  #takeLength(byte: number): void {
    const digit = digitOf(byte);
    if (digit >= 0) {
      this.#left = this.#left * 16 + digit;
      this.#hasDigits = true;
    }
    if (!this.#hasDigits || this.#left > MOST) throw notHttp('no length of a chunk');
    if (digit >= 0) return;
    if (byte === LF) this.#begin();
    else if (byte === SEMICOLON) this.#state = 'extension';
    else if (byte !== CR) throw notHttp('no length of a chunk');
  }

  #begin(): void {
    this.#hasDigits = false;
    this.#isBlank = true;
    this.#state = this.#left === 0 ? 'trailer' : 'data';
  }
}

/** Of a hexadecimal digit; -1: it is none. */
function digitOf(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const small = byte | 0x20;
  return small >= 0x61 && small <= 0x66 ? small - 0x57 : -1;
}
