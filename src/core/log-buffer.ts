import { firstWhere } from './first-where.ts';

/** How severe a log line says it is; empty where it does not say. */
export type LogLevel = 'error' | 'warn' | 'info' | 'debug' | '';

/** A line of a container's log. */
export interface LogLine {
  /**
   * RFC 3339 in UTC with nine fractional digits, so that it sorts as text; empty where the line has
   * none: a remark of the kubelet, a later part of a very long line.
   */
  readonly time: string;
  /** When it was written (ms), by our clock and as far as is known: of what has no time, that of the line before. */
  readonly at: number;
  /** Index of the stream it came from. */
  readonly source: number;
  /** One line without control characters but tabs. */
  readonly text: string;
  /** The text with the colours (SGR) that the program gave it; null where it gave none. */
  readonly styled: string | null;
  readonly level: LogLevel;
  /** It goes on with the line before it of the same stream: a stack trace. */
  readonly continues: boolean;
  /** It is ours: it tells which run of a container wrote what follows. */
  readonly isMark?: true;
}

/** Most text that is kept, all lines together (UTF-16 units). */
const MOST_TEXT = 32 * 1024 * 1024;

/** Where there is no room, and the oldest line may not go, so much of the buffer is freed at once. */
const BATCH = 1 / 16;

/** How a buffer is shared. */
export interface LogBufferOptions {
  /** How many share it; absent: one. */
  readonly parts?: number;
  /** Whose a line is: 0 up to `parts`. */
  readonly partOf?: (line: LogLine) => number;
  /** Text kept (UTF-16 units); the newest line is kept however long it is. */
  readonly mostText?: number;
}

interface Held {
  lines: number;
  text: number;
  dropped: number;
}

/**
 * The last `capacity` lines, each with a sequence number: a reader who holds one keeps its place
 * while lines arrive, and can tell when its line was dropped. Half of the room is everybody's in
 * equal parts, so that one who writes much does not push out what others wrote; what is left is for
 * those who come. Who takes most of it gives way, the oldest lines first.
 */
export class LogBuffer {
  readonly capacity: number;
  readonly #mostText: number;
  readonly #partOf: (line: LogLine) => number;
  readonly #held: readonly Held[];
  /** What each of several may hold whatever others write. */
  readonly #ownLines: number;
  readonly #ownText: number;
  /** Those before #head are dropped. */
  #lines: (LogLine | undefined)[] = [];
  #seqs: number[] = [];
  #head = 0;
  #end = 0;
  #text = 0;
  #gaps = 0;

  /** @param capacity lines kept, at least 1 */
  constructor(capacity: number, options: LogBufferOptions = {}) {
    const { parts = 1, partOf = () => 0, mostText = MOST_TEXT } = options;
    this.capacity = capacity;
    this.#mostText = mostText;
    this.#partOf = partOf;
    this.#held = Array.from({ length: parts }, () => ({ lines: 0, text: 0, dropped: 0 }));
    this.#ownLines = parts > 1 ? Math.floor(capacity / 2 / parts) : 0;
    this.#ownText = parts > 1 ? Math.floor(mostText / 2 / parts) : 0;
  }

  /** Lines held. */
  get length(): number {
    return this.#lines.length - this.#head;
  }

  /** Sequence number of the oldest line held; that of the next one where there is none. */
  get first(): number {
    return this.#seqs[this.#head] ?? this.#end;
  }

  /** Sequence number that the next line will have. */
  get end(): number {
    return this.#end;
  }

  /** Lines that had to make room for newer ones. */
  get dropped(): number {
    return this.#held.reduce((sum, { dropped }) => sum + dropped, 0);
  }

  /** The same, of one of those who share it. */
  droppedOf(part: number): number {
    return this.#held[part]?.dropped ?? 0;
  }

  /** Grows whenever lines were dropped that others are older than. */
  get gaps(): number {
    return this.#gaps;
  }

  /** Appends a line, dropping others where the buffer is full. */
  push(line: LogLine): void {
    this.#lines.push(line);
    this.#seqs.push(this.#end++);
    this.#text += line.text.length;
    this.#count(line, 1);
    while (this.length > this.capacity) this.#free('lines');
    while (this.#text > this.#mostText && this.length > 1) this.#free('text');
    // Copied only when half is waste, so that it costs O(1) a line.
    if (this.#head > 1024 && this.#head * 2 > this.#lines.length) this.#keep(() => true);
  }

  /** The line of that number, undefined where it was dropped or has not come. */
  at(seq: number): LogLine | undefined {
    const index = this.indexFrom(seq);
    return this.seqAt(index) === seq ? this.lineAt(index) : undefined;
  }

  /** The line at `index` of those that are held. */
  lineAt(index: number): LogLine | undefined {
    return index < 0 ? undefined : this.#lines[this.#head + index];
  }

  /** Sequence number of the line at `index`, -1 where there is none. */
  seqAt(index: number): number {
    return index < 0 ? -1 : (this.#seqs[this.#head + index] ?? -1);
  }

  /** Index of the first line whose number is at least `seq`; `length` where there is none. */
  indexFrom(seq: number): number {
    const { length, first } = this;
    // Without gaps numbers and places run together.
    if (this.#end - first === length) return Math.max(0, Math.min(length, seq - first));
    return firstWhere(length, (index) => this.seqAt(index) >= seq);
  }

  /** Forgets all lines; sequence numbers go on. */
  clear(): void {
    this.#lines = [];
    this.#seqs = [];
    this.#head = 0;
    this.#text = 0;
    for (const held of this.#held) Object.assign(held, { lines: 0, text: 0, dropped: 0 });
  }

  #count(line: LogLine, lines: 1 | -1): void {
    const held = this.#held[this.#partOf(line)];
    if (held === undefined) return;
    held.lines += lines;
    held.text += lines * line.text.length;
    if (lines < 0) held.dropped++;
  }

  /** Drops the oldest line; where its owner has no more than may stay, older ones of who has most. */
  #free(what: 'lines' | 'text'): void {
    const oldest = this.#lines[this.#head];
    if (oldest === undefined) return;
    const own = what === 'lines' ? this.#ownLines : this.#ownText;
    const held = this.#held[this.#partOf(oldest)]?.[what] ?? Infinity;
    if (held <= own && this.#thin(what)) return;
    this.#lines[this.#head++] = undefined;
    this.#drop(oldest);
  }

  /** Drops many older lines of who has most. @returns false: it has nothing but the newest line */
  #thin(what: 'lines' | 'text'): boolean {
    const { length } = this;
    const most = this.#held.reduce((a, b) => (b[what] > a[what] ? b : a));
    const least = most[what] - (what === 'lines' ? this.capacity : this.#mostText) * BATCH;
    this.#keep((line, isNewest) => {
      if (isNewest || most[what] <= least || this.#held[this.#partOf(line)] !== most) return true;
      this.#drop(line);
      return false;
    });
    this.#gaps++;
    return this.length < length;
  }

  #drop(line: LogLine): void {
    this.#text -= line.text.length;
    this.#count(line, -1);
  }

  /** Goes through all lines, the oldest first, and keeps those that are to be kept. */
  #keep(isKept: (line: LogLine, isNewest: boolean) => boolean): void {
    const [lines, seqs] = [this.#lines, this.#seqs];
    const newest = lines.length - 1;
    let kept = 0;
    for (let i = this.#head; i <= newest; i++) {
      const line = lines[i];
      if (line === undefined || !isKept(line, i === newest)) continue;
      lines[kept] = line;
      seqs[kept++] = seqs[i] ?? 0;
    }
    lines.length = kept;
    seqs.length = kept;
    this.#head = 0;
  }
}
