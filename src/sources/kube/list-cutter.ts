import { LIMITS, tooLarge } from './limits.ts';

/** What surrounds the items of a list. */
export interface ListEnvelope {
  readonly resourceVersion: string;
  /** Token of the next page; empty on the last. */
  readonly continueToken: string;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
/** What the items are called: in a list of objects, and where the server prints them as a table. */
const ITEMS = [Buffer.from('"items"'), Buffer.from('"rows"')];
/** What completes the text before the items. */
const REST = Buffer.from(']}');

/**
 * Cuts the JSON text of a list into its items as it arrives, so that each can be parsed alone: a
 * page of pods is megabytes, and JSON.parse of all of it would hold the event loop.
 */
export class ListCutter {
  /** Bytes outside of the items. */
  #outside: Buffer[] = [];
  #outsideSize = 0;
  /** Bytes of the item that is being read. */
  #item: Buffer[] = [];
  #itemSize = 0;
  #depth = 0;
  #inString = false;
  #escaped = false;
  /** The depth of the items array's elements, 0 while it has not begun. */
  #itemDepth = 0;
  /** The last string at the top level's depth: a key before a bracket. */
  #key: Buffer[] = [];
  #keyStart = -1;
  readonly #onEnvelope: (envelope: unknown) => void;

  /**
   * @param onEnvelope hears what stands before the items, ere the first of them is given, and at the
   *   end all but the items
   */
  constructor(onEnvelope: (envelope: unknown) => void = () => undefined) {
    this.#onEnvelope = onEnvelope;
  }

  /** Gives the items that this chunk completes. @throws RequestError beyond {@link LIMITS} */
  *push(chunk: Buffer): Iterable<Buffer> {
    let start = 0;
    let i = 0;
    if (this.#keyStart >= 0) this.#keyStart = 0;
    while (i < chunk.length) {
      if (this.#inString) {
        i = this.#skipString(chunk, i);
        continue;
      }
      const byte = chunk[i];
      i++;
      if (byte === QUOTE) {
        this.#inString = true;
        if (this.#depth === 1) {
          this.#key = [];
          this.#keyStart = i - 1;
        }
      } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        this.#depth++;
        if (byte === OPEN_BRACKET && this.#depth === 2 && this.#areItems()) {
          this.#itemDepth = 2;
          this.#addOutside(chunk.subarray(start, i));
          start = i;
          this.#onEnvelope(JSON.parse(Buffer.concat([...this.#outside, REST]).toString('utf8')));
        } else if (this.#itemDepth > 0 && this.#depth === this.#itemDepth + 1) {
          start = i - 1;
        }
      } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        if (this.#itemDepth > 0 && this.#depth === this.#itemDepth + 1) {
          this.#addToItem(chunk.subarray(start, i));
          const item = Buffer.concat(this.#item);
          this.#item = [];
          this.#itemSize = 0;
          yield item;
          start = i;
        } else if (this.#itemDepth > 0 && this.#depth === this.#itemDepth) {
          this.#itemDepth = 0;
          start = i - 1;
        }
        this.#depth--;
      }
    }
    if (this.#inString && this.#keyStart >= 0) this.#key.push(chunk.subarray(this.#keyStart));
    this.#keep(chunk, start);
  }

  /** Was the last key that of the items? */
  #areItems(): boolean {
    const key = Buffer.concat(this.#key);
    return ITEMS.some((name) => key.equals(name));
  }

  /** Moves past the string, or to the end of the chunk. */
  #skipString(chunk: Buffer, from: number): number {
    let i = from;
    if (this.#escaped) {
      this.#escaped = false;
      i++;
    }
    const first = i;
    for (;;) {
      const end = chunk.indexOf(QUOTE, i);
      const stop = end < 0 ? chunk.length : end;
      let slashes = 0;
      while (stop - 1 - slashes >= first && chunk[stop - 1 - slashes] === BACKSLASH) slashes++;
      const odd = slashes % 2 === 1;
      if (end < 0) {
        this.#escaped = odd;
        return chunk.length;
      }
      if (!odd) {
        this.#inString = false;
        if (this.#keyStart >= 0) this.#key.push(chunk.subarray(this.#keyStart, end + 1));
        this.#keyStart = -1;
        return end + 1;
      }
      i = end + 1;
    }
  }

  #keep(chunk: Buffer, start: number): void {
    const rest = chunk.subarray(start);
    if (this.#itemDepth === 0) this.#addOutside(rest);
    else if (this.#depth > this.#itemDepth) this.#addToItem(rest);
  }

  #addOutside(bytes: Buffer): void {
    this.#outside.push(bytes);
    this.#outsideSize += bytes.length;
    if (this.#outsideSize > LIMITS.envelope) throw tooLarge('a list', LIMITS.envelope);
  }

  #addToItem(bytes: Buffer): void {
    this.#item.push(bytes);
    this.#itemSize += bytes.length;
    if (this.#itemSize > LIMITS.object) throw tooLarge('an object', LIMITS.object);
  }

  /** What the list says about itself. @throws where the text is not a complete JSON object. */
  end(): ListEnvelope {
    const envelope = JSON.parse(Buffer.concat(this.#outside).toString('utf8')) as {
      metadata?: { resourceVersion?: unknown; continue?: unknown };
    };
    const text = (value: unknown): string => (typeof value === 'string' ? value : '');
    this.#onEnvelope(envelope);
    return {
      resourceVersion: text(envelope.metadata?.resourceVersion),
      continueToken: text(envelope.metadata?.continue),
    };
  }
}
