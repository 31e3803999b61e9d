/** How severe a log line says it is; empty where it does not say. */
export type LogLevel = 'error' | 'warn' | 'info' | 'debug' | '';

/** A line of a container's log. */
export interface LogLine {
  /**
   * RFC 3339 in UTC with nine fractional digits, so that it sorts as text; empty where the line has
   * none: a remark of the kubelet, a later part of a very long line.
   */
  readonly time: string;
  /** Index of the stream it came from. */
  readonly source: number;
  /** One line without control characters but tabs. */
  readonly text: string;
  /** The text with the colours (SGR) that the program gave it; null where it gave none. */
  readonly styled: string | null;
  readonly level: LogLevel;
}

/** Most text that is kept, all lines together (UTF-16 units). */
const MOST_TEXT = 32 * 1024 * 1024;

/**
 * The last `capacity` lines, addressed by a sequence number that only grows: a reader who holds
 * one keeps its place while lines arrive, and can tell when its line was dropped.
 */
export class LogBuffer {
  readonly capacity: number;
  readonly #mostText: number;
  readonly #ring: (LogLine | undefined)[];
  #end = 0;
  #first = 0;
  #dropped = 0;
  #text = 0;

  /**
   * @param capacity lines kept, at least 1
   * @param mostText text kept (UTF-16 units); the newest line is kept however long it is
   */
  constructor(capacity: number, mostText = MOST_TEXT) {
    this.capacity = capacity;
    this.#mostText = mostText;
    this.#ring = new Array<LogLine | undefined>(capacity);
  }

  /** Sequence number of the oldest line held. */
  get first(): number {
    return this.#first;
  }

  /** Sequence number that the next line will have. */
  get end(): number {
    return this.#end;
  }

  /** Lines that had to make room for newer ones. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Appends a line, dropping the oldest where the buffer is full. */
  push(line: LogLine): void {
    if (this.#end - this.#first === this.capacity) this.#drop();
    this.#ring[this.#end % this.capacity] = line;
    this.#end++;
    this.#text += line.text.length;
    while (this.#text > this.#mostText && this.#end - this.#first > 1) this.#drop();
  }

  #drop(): void {
    const place = this.#first % this.capacity;
    this.#text -= this.#ring[place]?.text.length ?? 0;
    this.#ring[place] = undefined;
    this.#first++;
    this.#dropped++;
  }

  /** The line of that number, undefined where it was dropped or has not come. */
  at(seq: number): LogLine | undefined {
    return seq >= this.#first && seq < this.#end ? this.#ring[seq % this.capacity] : undefined;
  }

  /** Forgets all lines; sequence numbers go on. */
  clear(): void {
    this.#ring.fill(undefined);
    this.#first = this.#end;
    this.#dropped = 0;
    this.#text = 0;
  }
}

/**
 * The lines of a buffer that match, with some lines of context around each, kept up as lines
 * arrive: each line is tested once.
 */
export class LogFilter {
  readonly #buffer: LogBuffer;
  readonly #match: (line: LogLine) => boolean;
  readonly #context: number;
  /** Sequence numbers shown, ascending; those before #head were dropped by the buffer. */
  #shown: number[] = [];
  #isMatch: boolean[] = [];
  #head = 0;
  #matches = 0;
  #scanned: number;
  #after = 0;

  /**
   * Tests nothing before {@link advance} is called.
   * @param context lines shown before and after each match, 0 for none
   */
  constructor(buffer: LogBuffer, match: (line: LogLine) => boolean, context: number) {
    this.#buffer = buffer;
    this.#match = match;
    this.#context = context;
    this.#scanned = buffer.first;
  }

  /** The part of the lines that has been tested: 1 when all have been. */
  get progress(): number {
    const { first, end } = this.#buffer;
    return end === first ? 1 : Math.max(0, this.#scanned - first) / (end - first);
  }

  /**
   * Tests lines that came since the last call, and forgets those that were dropped.
   * @param budget about how much text is looked at (UTF-16 units)
   * @returns whether all lines have been tested
   */
  advance(budget = Infinity): boolean {
    const { first, end } = this.#buffer;
    let seq = Math.max(this.#scanned, first);
    for (let left = budget; seq < end && left > 0; seq++) {
      const line = this.#buffer.at(seq);
      if (line === undefined) continue;
      left -= line.text.length;
      if (this.#match(line)) {
        const last = this.#shown.at(-1) ?? -1;
        for (let c = Math.max(seq - this.#context, first, last + 1); c < seq; c++)
          this.#add(c, false);
        this.#add(seq, true);
        this.#after = this.#context;
      } else if (this.#after > 0) {
        this.#add(seq, false);
        this.#after--;
      }
    }
    this.#scanned = seq;
    this.#trim(first);
    return seq >= end;
  }

  #add(seq: number, match: boolean): void {
    this.#shown.push(seq);
    this.#isMatch.push(match);
    if (match) this.#matches++;
  }

  #trim(first: number): void {
    while (this.#head < this.#shown.length && (this.#shown[this.#head] ?? 0) < first) {
      if (this.#isMatch[this.#head] === true) this.#matches--;
      this.#head++;
    }
    // Copied only when half is waste, so that trimming costs O(1) a line.
    if (this.#head > 1024 && this.#head * 2 > this.#shown.length) {
      this.#shown = this.#shown.slice(this.#head);
      this.#isMatch = this.#isMatch.slice(this.#head);
      this.#head = 0;
    }
  }

  /** Lines shown: matches and their context. */
  get length(): number {
    return this.#shown.length - this.#head;
  }

  /** Lines that match. */
  get matches(): number {
    return this.#matches;
  }

  /** Sequence number of the shown line at `index`, -1 where there is none. */
  seqAt(index: number): number {
    return this.#shown[this.#head + index] ?? -1;
  }

  /** Is the shown line at `index` itself a match, not only context. */
  isMatch(index: number): boolean {
    return this.#isMatch[this.#head + index] === true;
  }

  /** Index of the first shown line whose number is at least `seq`; `length` where there is none. */
  indexFrom(seq: number): number {
    let low = this.#head;
    let high = this.#shown.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#shown[middle] ?? 0) < seq) low = middle + 1;
      else high = middle;
    }
    return low - this.#head;
  }
}
