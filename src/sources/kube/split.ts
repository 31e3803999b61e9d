import { LIMITS, tooLarge } from './limits.ts';

/** Cuts a byte stream into pieces; a piece that is not complete yet waits for the next chunk. */
export interface Splitter {
  /**
   * What it gives is good until the next chunk.
   * @throws RequestError where a piece is larger than any event of a watch
   */
  push(chunk: Buffer): Iterable<Buffer>;
}

/** Bytes of an incomplete piece, joined only once it is complete. */
class Pending {
  #chunks: Buffer[] = [];
  size = 0;

  /** The rest of this chunk, which may be none. It is copied: the memory of a chunk is used again. */
  keep(rest: Buffer): void {
    if (rest.length === 0) return;
    this.#chunks.push(Buffer.from(rest));
    this.#grow(rest);
  }

  /** The piece that ends with these bytes. Most came in one chunk: they are not copied. */
  complete(last: Buffer): Buffer {
    this.#grow(last);
    const piece = this.#chunks.length === 0 ? last : Buffer.concat([...this.#chunks, last]);
    if (this.#chunks.length > 0) this.#chunks = [];
    this.size = 0;
    return piece;
  }

  #grow({ length }: Buffer): void {
    this.size += length;
    if (this.size > LIMITS.object) throw tooLarge('an event', LIMITS.object);
  }
}

const NEWLINE = 0x0a;

/** Lines without their line break; empty lines are passed over. */
export function lineSplitter(): Splitter {
  const pending = new Pending();
  return {
    *push(chunk) {
      let start = 0;
      for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
        const line = pending.complete(chunk.subarray(start, end));
        start = end + 1;
        if (line.length > 0) yield line;
      }
      pending.keep(chunk.subarray(start));
    },
  };
}

/** Bytes of the length before a frame. */
const HEAD = 4;

/** Frames with a big-endian length before them, as in protobuf watches. */
export function frameSplitter(): Splitter {
  const pending = new Pending();
  let wanted = HEAD;
  let inHead = true;
  return {
    *push(chunk) {
      let start = 0;
      while (pending.size + chunk.length - start >= wanted) {
        const end = start + wanted - pending.size;
        const piece = pending.complete(chunk.subarray(start, end));
        start = end;
        if (inHead) {
          wanted = piece.readUInt32BE(0);
          if (wanted > LIMITS.object) throw tooLarge('an event', LIMITS.object);
        } else {
          yield piece;
          wanted = HEAD;
        }
        inHead = !inHead;
      }
      pending.keep(chunk.subarray(start));
    },
  };
}
