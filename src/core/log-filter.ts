import type { LogBuffer, LogLine } from './log-buffer.ts';
import { logQuestion, LogVerdict, type LogQuestion, type LogTest } from './log-verdict.ts';
import { SeqList } from './seq-list.ts';

/** Whether a line by itself is what tests ask for. */
export const passesAlone = (line: LogLine, tests: readonly LogTest[]): boolean =>
  tests.every(({ test, excludes }) => test(line) !== excludes);

/** A line and those that go on with it, as far as they have come. */
interface Group {
  readonly seqs: number[];
  readonly verdict: LogVerdict;
}

/**
 * The lines of a buffer that pass, with some lines of context around each, kept up as lines arrive:
 * each line is tested once. A stack trace passes as a whole, by what any of its lines says, and is
 * hidden as a whole.
 */
export class LogFilter {
  readonly #buffer: LogBuffer;
  readonly #question: LogQuestion;
  readonly #context: number;
  readonly #passed = new SeqList();
  /** With the lines around them. */
  readonly #shown: SeqList;
  /** By stream, what its next line may go on with. */
  readonly #groups = new Map<number, Group>();
  /** Sequence number of the next line to test. */
  #scanned: number;
  /** From this one on it is to be seen anew which lines stand around others. */
  #changed = Infinity;
  #gaps: number;

  /**
   * Tests nothing before {@link advance} is called.
   * @param tests all of which have to hold
   * @param context lines shown before and after each that passes, 0 for none
   */
  constructor(buffer: LogBuffer, tests: readonly LogTest[], context: number) {
    this.#buffer = buffer;
    this.#question = logQuestion(tests);
    this.#context = context;
    this.#shown = context === 0 ? this.#passed : new SeqList();
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
    this.#changed = this.#scanned;
    this.#trim();
    let index = buffer.indexFrom(this.#scanned);
    for (let left = budget; index < buffer.length && left > 0; index++) {
      const line = buffer.lineAt(index);
      if (line === undefined) continue;
      left -= line.text.length;
      this.#take(line, buffer.seqAt(index));
    }
    const isDone = index >= buffer.length;
    this.#scanned = isDone ? buffer.end : buffer.seqAt(index);
    if (this.#context > 0) this.#surround(index);
    return isDone;
  }

  #take(line: LogLine, seq: number): void {
    const open = line.continues ? this.#groups.get(line.source) : undefined;
    const group = open ?? { seqs: [], verdict: new LogVerdict(this.#question) };
    if (open === undefined) this.#groups.set(line.source, group);
    const didPass = open !== undefined && open.verdict.passes;
    group.verdict.hear(line);
    const doesPass = group.verdict.passes;
    if (didPass && !doesPass) this.#passed.remove(new Set(group.seqs));
    group.seqs.push(seq);
    if (doesPass) this.#passed.insert(didPass ? [seq] : this.#held(group));
    if (didPass !== doesPass) this.#changed = Math.min(this.#changed, group.seqs[0] ?? seq);
  }

  /** Its lines that have not been dropped. */
  #held({ seqs }: Group): readonly number[] {
    return seqs.length === 1 ? seqs : seqs.filter((seq) => this.#buffer.at(seq) !== undefined);
  }

  /** Sees anew which lines stand around those that pass. @param end index of the next line to test */
  #surround(end: number): void {
    const [buffer, context] = [this.#buffer, this.#context];
    const start = Math.max(0, buffer.indexFrom(this.#changed) - context);
    if (start >= end) return;
    this.#shown.cut(buffer.seqAt(start));
    let next = start;
    const first = this.#passed.indexFrom(buffer.seqAt(Math.max(0, start - context)));
    for (let i = first; i < this.#passed.length; i++) {
      const at = buffer.indexFrom(this.#passed.at(i));
      const last = Math.min(at + context, end - 1);
      for (next = Math.max(next, at - context); next <= last; next++) {
        this.#shown.push(buffer.seqAt(next));
      }
    }
  }

  #trim(): void {
    const buffer = this.#buffer;
    const hasGaps = this.#gaps !== buffer.gaps;
    this.#gaps = buffer.gaps;
    for (const list of new Set([this.#passed, this.#shown])) {
      if (hasGaps) list.keep((seq) => buffer.at(seq) !== undefined);
      else list.trim(buffer.first);
    }
  }

  /** Lines shown: those that pass and their context. */
  get length(): number {
    return this.#shown.length;
  }

  /** Lines that pass. */
  get matches(): number {
    return this.#passed.length;
  }

  /** Sequence number of the shown line at `index`, -1 where there is none. */
  seqAt(index: number): number {
    return this.#shown.at(index);
  }

  /** The lines that pass. */
  get passed(): Pick<SeqList, 'length' | 'at'> {
    return this.#passed;
  }

  /** Does the shown line at `index` itself pass, or is it only context. */
  isMatch(index: number): boolean {
    return this.#context === 0 || this.#passed.has(this.#shown.at(index));
  }

  /** Index of the first shown line whose number is at least `seq`; `length` where there is none. */
  indexFrom(seq: number): number {
    return this.#shown.indexFrom(seq);
  }
}
