/** Where in a buffer errors and warnings are. */
import type { LogBuffer, LogLevel } from './log-buffer.ts';
import { SeqList } from './seq-list.ts';

type Problem = Extract<LogLevel, 'error' | 'warn'>;

/** What the last line of a stream, and those that it goes on with, were found to be. */
interface Open {
  /** Of the line that they go on with. */
  readonly seq: number;
  found: readonly Problem[];
}

const NONE: readonly Problem[] = [];

/**
 * The sequence numbers of the lines that are an error or a warning, kept up as lines arrive: of a
 * trace the line that began it, whichever of its lines says that it is one, so that it counts once.
 */
export class LogProblems {
  readonly #buffer: LogBuffer;
  readonly #found: Readonly<Record<Problem, SeqList>> = {
    error: new SeqList(),
    warn: new SeqList(),
  };
  /** By stream. */
  readonly #open = new Map<number, Open>();
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
      let open = continues ? this.#open.get(source) : undefined;
      if (open === undefined) {
        open = { seq: buffer.seqAt(i), found: NONE };
        this.#open.set(source, open);
      }
      if ((level !== 'error' && level !== 'warn') || open.found.includes(level)) continue;
      open.found = [...open.found, level];
      // The line that began it may be dropped by now.
      this.#found[level].insert([buffer.at(open.seq) ? open.seq : buffer.seqAt(i)]);
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
