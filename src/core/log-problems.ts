/** Where in a buffer errors and warnings are. */
import type { LogBuffer, LogLevel } from './log-buffer.ts';
import { SeqList } from './seq-list.ts';

type Problem = Extract<LogLevel, 'error' | 'warn'>;

/**
 * The sequence numbers of the lines that are an error or a warning, kept up as lines arrive: of a
 * trace the first, so that it counts once.
 */
export class LogProblems {
  readonly #buffer: LogBuffer;
  readonly #found: Readonly<Record<Problem, SeqList>> = {
    error: new SeqList(),
    warn: new SeqList(),
  };
  /** By stream, what its last line and those that it goes on with were found to be. */
  readonly #open = new Map<number, Set<Problem>>();
  #scanned: number;
  #gaps: number;

  constructor(buffer: LogBuffer) {
    this.#buffer = buffer;
    this.#scanned = buffer.first;
    this.#gaps = buffer.gaps;
  }

  /** Those of a level, as far as lines have come. */
  of(level: Problem): Pick<SeqList, 'length' | 'at' | 'has' | 'indexFrom'> {
    this.#advance();
    return this.#found[level];
  }

  #advance(): void {
    const buffer = this.#buffer;
    this.#trim();
    for (let i = buffer.indexFrom(this.#scanned); i < buffer.length; i++) {
      const { level = '', continues = false, source = 0 } = buffer.lineAt(i) ?? {};
      if (!continues) this.#open.delete(source);
      if (level !== 'error' && level !== 'warn') continue;
      const open = this.#open.get(source) ?? new Set();
      if (!open.has(level)) this.#found[level].push(buffer.seqAt(i));
      this.#open.set(source, open.add(level));
    }
    this.#scanned = buffer.end;
  }

  #trim(): void {
    const buffer = this.#buffer;
    const hasGaps = this.#gaps !== buffer.gaps;
    this.#gaps = buffer.gaps;
    for (const list of Object.values(this.#found)) {
      if (hasGaps) list.keep((seq) => buffer.at(seq) !== undefined);
      else list.trim(buffer.first);
    }
  }
}
