/**
 * Words by the hash of their bytes: a hit costs no decoding and no string. What was met once may
 * never come again (image digests, hashes of templates) and must not drive out what does: only a
 * word that is met again comes among the known.
 */
const SLOTS = 1 << 14;
const known = new Array<string>(SLOTS).fill('');
const met = new Array<string>(SLOTS).fill('');

/**
 * A protobuf reader for answers of which most is not wanted: one is made for each object of tens of
 * thousands, so it is nothing but a position, passes over fields without making a view of them, and
 * reads repeating words without making them again. (The library's reader makes two views and six
 * fields before it has read a byte, and a bigint of every integer.)
 */
export class Wire {
  readonly #bytes: Buffer;
  pos = 0;

  constructor(message: Uint8Array) {
    this.#bytes = Buffer.isBuffer(message)
      ? message
      : Buffer.from(message.buffer, message.byteOffset, message.byteLength);
  }

  /** An unsigned varint of 32 bits: tags, lengths. */
  uint32(): number {
    const first = this.#bytes[this.pos] ?? 0;
    if (first >= 0x80) return this.integer() >>> 0;
    this.pos++;
    return first;
  }

  /**
   * A signed varint of up to 64 bits, as the nearest double.
   * @throws RangeError where it is longer, or the message ends within it
   */
  integer(): number {
    const bytes = this.#bytes;
    let low = 0;
    let high = 0;
    for (let i = 0; i < 10; i++) {
      const byte = bytes[this.pos++];
      if (byte === undefined) throw new RangeError('protobuf: a number is cut short');
      const bits = byte & 0x7f;
      if (i < 4) low |= bits << (7 * i);
      else if (i === 4) {
        low |= bits << 28;
        high = bits >>> 4;
      } else high |= bits << (7 * i - 32);
      if (byte < 0x80) return high * 0x1_0000_0000 + (low >>> 0);
    }
    throw new RangeError('protobuf: a number is longer than 64 bits');
  }

  bool(): boolean {
    return this.integer() !== 0;
  }

  /** A view of the value that begins here. */
  bytes(): Uint8Array {
    const end = this.end();
    const value = this.#bytes.subarray(this.pos, end);
    this.pos = end;
    return value;
  }

  /** Where the length-delimited value that begins here ends. Leaves the reader at its start. */
  end(): number {
    const length = this.uint32();
    const end = this.pos + length;
    if (end > this.#bytes.length) throw new RangeError('protobuf: a value is cut short');
    return end;
  }

  /** Passes over the value of the field with this tag. @throws on groups, which Kubernetes has none of. */
  pass(tag: number): void {
    switch (tag & 7) {
      case 0:
        this.uint32();
        break;
      case 1:
        this.pos += 8;
        break;
      case 2:
        this.pos = this.end();
        break;
      case 5:
        this.pos += 4;
        break;
      default:
        throw new Error(`protobuf: illegal tag ${tag}`);
    }
  }

  /** A string that is hardly ever seen twice: names, addresses, messages. */
  text(): string {
    const end = this.end();
    const value = this.#bytes.toString('utf8', this.pos, end);
    this.pos = end;
    return value;
  }

  /** A string that repeats from object to object: reasons, label values, images, node names. */
  word(): string {
    const end = this.end();
    const bytes = this.#bytes;
    let hash = 0;
    for (let at = this.pos; at < end; at++) hash = (Math.imul(hash, 31) + (bytes[at] ?? 0)) | 0;
    const slot = hash & (SLOTS - 1);
    const often = known[slot] ?? '';
    const once = met[slot] ?? '';
    let value = often;
    if (!this.#is(often, end)) {
      if (this.#is(once, end)) known[slot] = value = once;
      else met[slot] = value = bytes.toString('utf8', this.pos, end);
    }
    this.pos = end;
    return value;
  }

  /** Is what lies between here and `end` the ASCII word `known`? */
  #is(known: string, end: number): boolean {
    if (known.length !== end - this.pos) return false;
    for (let i = 0; i < known.length; i++) {
      if (known.charCodeAt(i) !== this.#bytes[this.pos + i]) return false;
    }
    return true;
  }
}
