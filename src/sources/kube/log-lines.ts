import { StringDecoder } from 'node:string_decoder';
import { splitStamp, type StampedText } from '../../core/log-time.ts';

/** A line that is longer than this (UTF-16 units) comes in pieces, so that no container can fill the memory. */
export const MAX_LINE = 1024 * 1024;

/** Ends a piece that is not the last of its line. */
export const GOES_ON = ' …[longer than 1 MiB: goes on]';

/** Cuts a container's log into lines, across chunks and UTF-8 sequences that were split. */
export class LogLines {
  readonly #decoder = new StringDecoder('utf8');
  /** What came of the line that is not complete yet. */
  #parts: string[] = [];
  #length = 0;

  /** The lines that this chunk completes. */
  push(chunk: Buffer): StampedText[] {
    const text = this.#decoder.write(chunk);
    const lines: StampedText[] = [];
    let at = 0;
    // Only what is new is searched: a long line comes in many chunks.
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', at)) {
      this.#add(text.slice(at, end), lines);
      lines.push(parseLine(this.#take()));
      at = end + 1;
    }
    this.#add(text.slice(at), lines);
    return lines;
  }

  /** What is left when the stream has ended: a line without its line break, null where there is none. */
  end(): StampedText | null {
    this.#parts.push(this.#decoder.end());
    const rest = this.#take();
    return rest === '' ? null : parseLine(rest);
  }

  #add(part: string, lines: StampedText[]): void {
    let rest = part;
    while (this.#length + rest.length > MAX_LINE) {
      const room = MAX_LINE - this.#length;
      this.#parts.push(rest.slice(0, room));
      rest = rest.slice(room);
      const { time, text } = parseLine(this.#take());
      lines.push({ time, text: text + GOES_ON });
    }
    if (rest === '') return;
    this.#parts.push(rest);
    this.#length += rest.length;
  }

  #take(): string {
    const line = this.#parts.length === 1 ? (this.#parts[0] ?? '') : this.#parts.join('');
    this.#parts = [];
    this.#length = 0;
    return line;
  }
}

/** A line that ends in CR LF has its carriage return taken off; the others are left to who shows it. */
function parseLine(line: string): StampedText {
  return splitStamp(line.endsWith('\r') ? line.slice(0, -1) : line);
}
