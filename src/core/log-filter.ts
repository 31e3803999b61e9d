import { firstWhere } from './first-where.ts';
import type { LogBuffer, LogLine } from './log-buffer.ts';

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
  /** Sequence number of the next line to test. */
  #scanned: number;
  #after = 0;
  #gaps: number;

  /**
   * Tests nothing before {@link advance} is called.
   * @param context lines shown before and after each match, 0 for none
   */
  constructor(buffer: LogBuffer, match: (line: LogLine) => boolean, context: number) {
    this.#buffer = buffer;
    this.#match = match;
    this.#context = context;
    this.#scanned = buffer.first;
    this.#gaps = buffer.gaps;
  }

  /** The part of the lines that has been tested: 1 when all have been. */
  get progress(): number {
    const { length } = this.#buffer;
    return length === 0 ? 1 : this.#buffer.indexFrom(this.#scanned) / length;
  }

  /**
   * Tests lines that came since the last call, and forgets those that were dropped.
   * @param budget about how much text is looked at (UTF-16 units)
   * @returns whether all lines have been tested
   */
  advance(budget = Infinity): boolean {
    const buffer = this.#buffer;
    let index = buffer.indexFrom(this.#scanned);
    for (let left = budget; index < buffer.length && left > 0; index++) {
      const line = buffer.lineAt(index);
      if (line === undefined) continue;
      left -= line.text.length;
      if (this.#match(line)) {
        const shown = buffer.indexFrom((this.#shown.at(-1) ?? -1) + 1);
        for (let c = Math.max(index - this.#context, shown); c < index; c++)
          this.#add(buffer.seqAt(c), false);
        this.#add(buffer.seqAt(index), true);
        this.#after = this.#context;
      } else if (this.#after > 0) {
        this.#add(buffer.seqAt(index), false);
        this.#after--;
      }
    }
    const isDone = index >= buffer.length;
    this.#scanned = isDone ? buffer.end : buffer.seqAt(index);
    this.#trim(buffer.first);
    return isDone;
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
    const hasGaps = this.#gaps !== this.#buffer.gaps;
    this.#gaps = this.#buffer.gaps;
    if (hasGaps) this.#keep((seq) => this.#buffer.at(seq) !== undefined);
    // Copied only when half is waste, so that trimming costs O(1) a line.
    else if (this.#head > 1024 && this.#head * 2 > this.#shown.length) this.#keep(() => true);
  }

  #keep(isKept: (seq: number) => boolean): void {
    const [shown, isMatch] = [this.#shown, this.#isMatch];
    const from = this.#head;
    this.#shown = [];
    this.#isMatch = [];
    this.#head = 0;
    for (let i = from; i < shown.length; i++) {
      const seq = shown[i] ?? 0;
      const match = isMatch[i] === true;
      if (!isKept(seq)) this.#matches -= match ? 1 : 0;
      else {
        this.#shown.push(seq);
        this.#isMatch.push(match);
      }
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
    return firstWhere(this.length, (index) => this.seqAt(index) >= seq);
  }
}
