import { BinaryReader } from '@bufbuild/protobuf/wire';
import { intern } from './intern.ts';

/** Recently read words by the hash of their bytes: a hit costs no decoding and no string. */
const recent = new Array<string>(1 << 14).fill('');

/**
 * A protobuf reader for answers of which most is not wanted: passes over fields without making a
 * view of them, and reads repeating words without making them again.
 */
export class Wire extends BinaryReader {
  readonly #bytes: Buffer;

  constructor(message: Uint8Array) {
    super(message);
    this.#bytes = Buffer.from(message.buffer, message.byteOffset, message.byteLength);
  }

  /** Where the length-delimited value that begins here ends. Leaves the reader at its start. */
  end(): number {
    const length = this.uint32();
    const end = this.pos + length;
    if (end > this.len) throw new RangeError('protobuf: a value is cut short');
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
    const slot = hash & (recent.length - 1);
    const known = recent[slot] ?? '';
    if (this.#is(known, end)) {
      this.pos = end;
      return known;
    }
    const value = intern(bytes.toString('utf8', this.pos, end));
    recent[slot] = value;
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
