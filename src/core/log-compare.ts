/** What some of those who write a log write, and others do not. */
import type { LogBuffer, LogLevel, LogLine } from './log-buffer.ts';
import { LEVEL_RANKS } from './log-level-names.ts';
import { isFrame } from './log-stack.ts';
import { logShape } from './log-shape.ts';

/** Lines of one shape. */
export interface LogDifference {
  readonly shape: string;
  readonly level: LogLevel;
  readonly count: number;
  /** Who wrote such lines, in the order in which they did first. */
  readonly owners: readonly string[];
}

interface Shape {
  readonly shape: string;
  level: LogLevel;
  count: number;
  readonly owners: Set<string>;
}

/** Shapes told apart; a program may write any text. */
const MOST = 5000;
/** How a line begins tells what it is (UTF-16 units). */
const HEAD = 200;

/**
 * Counts the lines of a buffer by shape and by who wrote them, as they come; what was dropped from the
 * buffer since stays counted. A trace counts as the line that began it.
 */
export class LogCompare {
  readonly #buffer: LogBuffer;
  readonly #ownerOf: (source: number) => string | null;
  readonly #shapes = new Map<string, Shape>();
  #scanned: number;
  #untold = 0;
  /** Those that not all write, the worst first; null: to be found anew. */
  #found: readonly LogDifference[] | null = null;
  #owners = 0;

  /** @param ownerOf who writes a stream; null: nobody that is compared */
  constructor(buffer: LogBuffer, ownerOf: (source: number) => string | null) {
    this.#buffer = buffer;
    this.#ownerOf = ownerOf;
    this.#scanned = buffer.first;
  }

  /** Lines that were of too many shapes to be told apart. */
  get untold(): number {
    return this.#untold;
  }

  /**
   * Counts lines that came since the last call.
   * @param most how many at most
   * @returns whether all are counted
   */
  advance(most: number): boolean {
    const buffer = this.#buffer;
    let index = buffer.indexFrom(this.#scanned);
    const end = Math.min(buffer.length, index + most);
    if (index < end) this.#found = null;
    for (; index < end; index++) {
      const line = buffer.lineAt(index);
      if (line === undefined || isRest(line)) continue;
      const owner = this.#ownerOf(line.source);
      if (owner === null) continue;
      const key = logShape(line);
      let shape = this.#shapes.get(key);
      if (shape === undefined) {
        if (this.#shapes.size >= MOST) {
          this.#untold++;
          continue;
        }
        shape = { shape: key, level: line.level, count: 0, owners: new Set() };
        this.#shapes.set(key, shape);
      }
      shape.count++;
      shape.owners.add(owner);
      if (LEVEL_RANKS[line.level] > LEVEL_RANKS[shape.level]) shape.level = line.level;
    }
    const isDone = index >= buffer.length;
    this.#scanned = isDone ? buffer.end : buffer.seqAt(index);
    return isDone;
  }

  /**
   * What not all of those who write write: errors first, then warnings, then what most lines are.
   * @param owners how many are compared
   */
  differences(owners: number): readonly LogDifference[] {
    if (this.#found === null || this.#owners !== owners) {
      this.#owners = owners;
      this.#found = [...this.#shapes.values()]
        .filter((shape) => shape.owners.size < owners)
        .map(({ shape, level, count, owners: own }) => ({ shape, level, count, owners: [...own] }))
        .sort((a, b) => severity(b.level) - severity(a.level) || b.count - a.count);
    }
    return this.#found;
  }

  /** Counts anew. */
  reset(): void {
    this.#shapes.clear();
    this.#scanned = this.#buffer.first;
    this.#untold = 0;
    this.#found = null;
  }
}

/** It goes on with another, which may be older than what was read, or says nothing. */
const isRest = ({ continues, isMark, text }: LogLine): boolean =>
  continues || isMark === true || /^(?:\s|\.{3} \d|$)/.test(text) || isFrame(text.slice(0, HEAD));

/** Only errors and warnings come before what is written more often. */
const severity = (level: LogLevel): number => Math.max(LEVEL_RANKS.info, LEVEL_RANKS[level]);
