/** A text one can scroll, wrap and search: describe, YAML, help. Knows nothing of panes. */
import { Columns } from '../../core/columns.ts';
import { TOO_SLOW, tryRun, type Pattern } from '../../core/pattern.ts';
import { partOf, plain, type Cell } from '../../core/styled.ts';
import { sliceColumns } from '../../core/text.ts';
import type { Painter } from '../../theme/index.ts';
import type { BodySize } from '../pane.ts';
import { markRanges, matchingLines, readPattern } from './search.ts';
import { breaks, hangingIndent, type Part } from './wrap.ts';

/** Cells that the arrow keys move sideways. */
const SHIFT = 10;

/** A line of the screen: a part of a line of the text; null for as much as the screen shows of it. */
interface Row {
  readonly line: number;
  readonly part: Part | null;
  /** Blanks before the part. */
  readonly indent: number;
}

/** A line and what is known of it. */
interface Line {
  readonly cell: Cell;
  readonly text: string;
  readonly columns: Columns;
}

export class TextView {
  #lines: readonly Line[] = [];
  #top = 0;
  #left = 0;
  #wrap = true;
  #size: BodySize = { columns: 80, rows: 20 };
  #query = '';
  #pattern: Pattern | null = null;
  #matches: readonly number[] = [];
  /** Index into the matches that `n` went to last. */
  #match = -1;
  #rows: readonly Row[] | null = null;

  /** Another text in the same place: position and search stay. */
  set(lines: readonly Cell[]): void {
    this.#lines = lines.map((cell) => {
      const text = plain(cell);
      return { cell, text, columns: new Columns(text) };
    });
    this.#rows = null;
    this.#matches = this.#find(this.#pattern) ?? [];
  }

  get text(): string {
    return this.#lines.map(({ text }) => `${text}\n`).join('');
  }

  get length(): number {
    return this.#lines.length;
  }

  get query(): string {
    return this.#query;
  }

  get wraps(): boolean {
    return this.#wrap;
  }

  /** `3/17`, or that nothing matches; empty where nothing is looked for. */
  get matchCount(): string {
    if (this.#pattern === null) return '';
    if (this.#pattern.isTooSlow) return TOO_SLOW;
    const count = this.#matches.length;
    if (count === 0) return 'no match';
    return this.#match < 0 ? `${count} lines` : `${this.#match + 1}/${count}`;
  }

  /** How far down one is: `all`, `top`, `42%`, `end`. */
  get position(): string {
    const last = this.#lastTop();
    if (last === 0) return 'all';
    if (this.#top === 0) return 'top';
    return this.#top >= last ? 'end' : `${Math.round((this.#top / last) * 100)}%`;
  }

  paint(size: BodySize, painter: Painter): readonly string[] {
    if (size.columns !== this.#size.columns) this.#rows = null;
    this.#size = size;
    this.#top = Math.min(this.#top, this.#lastTop());
    const rows = this.#laidOut().slice(this.#top, this.#top + size.rows);
    const pattern = this.#pattern;
    const painted =
      pattern && tryRun(pattern, () => rows.map((row) => this.#paintRow(row, painter, pattern)));
    return painted ?? rows.map((row) => this.#paintRow(row, painter, null));
  }

  /** The first row of the screen, as it was last painted, that shows a line of the text; -1: none. */
  rowOf(line: number): number {
    const shown = this.#laidOut().slice(this.#top, this.#top + this.#size.rows);
    return shown.findIndex((row) => row.line === line);
  }

  /** Brings a line onto the screen, a little below its top. */
  reveal(line: number): void {
    const row = this.#laidOut().findIndex((each) => each.line === line);
    if (row >= this.#top && row < this.#top + this.#size.rows) return;
    this.#scrollTo(row - Math.floor(this.#size.rows / 3));
  }

  /** False: not a command of texts. */
  run(command: string): boolean {
    const { rows } = this.#size;
    switch (command) {
      case 'scroll.down':
        return this.#scrollTo(this.#top + 1);
      case 'scroll.up':
        return this.#scrollTo(this.#top - 1);
      case 'scroll.pageDown':
        return this.#scrollTo(this.#top + rows - 1);
      case 'scroll.pageUp':
        return this.#scrollTo(this.#top - rows + 1);
      case 'scroll.top':
        return this.#scrollTo(0);
      case 'scroll.bottom':
        return this.#scrollTo(Infinity);
      case 'scroll.left':
        this.#left = Math.max(0, this.#left - SHIFT);
        return true;
      case 'scroll.right':
        this.#scrollRight();
        return true;
      case 'wrap':
        this.#toggleWrap();
        return true;
      case 'match.next':
        return this.#step(1);
      case 'match.previous':
        return this.#step(-1);
      default:
        return false;
    }
  }

  /** Looks for a pattern from the top of the screen on. What is wrong with it, or empty. */
  search(query: string): string {
    let pattern: Pattern | null;
    try {
      pattern = readPattern(query);
    } catch (error) {
      return (error as Error).message;
    }
    const matches = this.#find(pattern);
    if (matches === null) return TOO_SLOW;
    this.#pattern = pattern;
    this.#query = query;
    this.#matches = matches;
    const here = this.#laidOut()[this.#top]?.line ?? 0;
    this.#match = this.#matches.findIndex((line) => line >= here);
    if (this.#match < 0) this.#match = this.#matches.length > 0 ? 0 : -1;
    this.#reveal();
    return '';
  }

  /** Null where the pattern was given up. */
  #find(pattern: Pattern | null): readonly number[] | null {
    if (pattern === null) return [];
    return tryRun(pattern, () => matchingLines(this.#lines, pattern));
  }

  #step(step: 1 | -1): boolean {
    const count = this.#matches.length;
    if (count > 0) this.#match = (this.#match + step + count) % count;
    this.#reveal();
    return true;
  }

  /** Brings the present match onto the screen. */
  #reveal(): void {
    const line = this.#matches[this.#match];
    if (line !== undefined) this.reveal(line);
  }

  #scrollTo(top: number): boolean {
    this.#top = Math.max(0, Math.min(top, this.#lastTop()));
    return true;
  }

  #scrollRight(): void {
    if (this.#wrap) return;
    const most = this.#left + this.#size.columns;
    if (this.#lines.some(({ columns }) => columns.exceeds(most))) this.#left += SHIFT;
  }

  /** The first line of the screen stays the first. */
  #toggleWrap(): void {
    const { line } = this.#laidOut()[this.#top] ?? { line: 0 };
    this.#wrap = !this.#wrap;
    this.#left = 0;
    this.#rows = null;
    this.#scrollTo(this.#laidOut().findIndex((row) => row.line === line));
  }

  #lastTop(): number {
    return Math.max(0, this.#laidOut().length - this.#size.rows);
  }

  #laidOut(): readonly Row[] {
    const { columns } = this.#size;
    this.#rows ??= this.#lines.flatMap(({ text }, line): readonly Row[] => {
      if (!this.#wrap) return [{ line, part: null, indent: 0 }];
      const hang = hangingIndent(text, columns);
      return breaks(text, columns, hang).map((part, i) => ({
        ...{ line, part },
        indent: i === 0 ? 0 : hang,
      }));
    });
    return this.#rows;
  }

  #paintRow({ line, part, indent }: Row, painter: Painter, pattern: Pattern | null): string {
    const shown = this.#lines[line];
    if (shown === undefined) return '';
    if (part) return ' '.repeat(indent) + paintPart(shown, part, painter, pattern);
    const { columns } = this.#size;
    const left = this.#left;
    // What is cut says so, on either side.
    const cutLeft = left > 0 && shown.columns.exceeds(0);
    const cutRight = shown.columns.exceeds(left + columns);
    const from = left + (cutLeft ? 1 : 0);
    const to = left + columns - (cutRight ? 1 : 0);
    const window = { start: shown.columns.at(from), end: shown.columns.at(to) };
    const painted = paintPart(shown, window, painter, pattern);
    // Half of a wide character stands in front.
    const offset = from - window.start.column;
    const text = offset > 0 ? sliceColumns(painted, offset, offset + to - from) : painted;
    const mark = painter.tone('…', 'muted');
    return `${cutLeft ? mark : ''}${text}${cutRight ? mark : ''}`;
  }
}

/** What shows of a line is cut out before anything is done with it: a long line costs no more. */
function paintPart(
  { cell, text }: Line,
  { start, end }: Part,
  painter: Painter,
  pattern: Pattern | null,
): string {
  const part = partOf(cell, start.unit, end.unit);
  if (pattern === null) return painter.paint(part);
  const ranges = pattern.ranges(text, start.unit, end.unit);
  return painter.paint(markRanges(part, ranges, start.unit));
}
