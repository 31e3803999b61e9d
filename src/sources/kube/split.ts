import { LIMITS, tooLarge } from './limits.ts';

/** Cuts a byte stream into pieces; a piece that is not complete yet waits for the next chunk. */
export interface Splitter {
  /** @throws RequestError where a piece is larger than any event of a watch */
  push(chunk: Buffer): Iterable<Buffer>;
}

/** Bytes of an incomplete piece, joined only once it is complete. */
class Pending {
  #chunks: Buffer[] = [];
  size = 0;

  add(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.size += chunk.length;
    if (this.size > LIMITS.object) throw tooLarge('an event', LIMITS.object);
  }

  take(): Buffer {
    const [first] = this.#chunks;
    const all =
      this.#chunks.length === 1 && first !== undefined ? first : Buffer.concat(this.#chunks);
    this.#chunks = [];
    this.size = 0;
    return all;
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
        pending.add(chunk.subarray(start, end));
        start = end + 1;
        const line = pending.take();
        if (line.length > 0) yield line;
      }
      if (start < chunk.length) pending.add(chunk.subarray(start));
    },
  };
}

/** Frames with a 4-byte big-endian length before them, as in protobuf watches. */
export function frameSplitter(): Splitter {
  const pending = new Pending();
  let wanted = 4;
  let inHead = true;
  return {
    *push(chunk) {
      let rest = chunk;
      while (pending.size + rest.length >= wanted) {
        const part = rest.subarray(0, wanted - pending.size);
        rest = rest.subarray(part.length);
        pending.add(part);
        const piece = pending.take();
        if (inHead) {
          wanted = piece.readUInt32BE(0);
          if (wanted > LIMITS.object) throw tooLarge('an event', LIMITS.object);
        } else {
          yield piece;
          wanted = 4;
        }
        inHead = !inHead;
      }
      if (rest.length > 0) pending.add(rest);
    },
  };
}
