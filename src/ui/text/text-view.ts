/** A text one can scroll, wrap and search: describe, YAML, help. Knows nothing of panes. */
import { plain, type Cell } from '../../core/styled.ts';
import { sliceColumns, textWidth } from '../../core/text.ts';
import type { Painter } from '../../theme/index.ts';
import type { BodySize } from '../pane.ts';
import { highlight, matchingLines, readPattern, type Pattern } from './search.ts';
import { breaks } from './wrap.ts';

/** Cells that the arrow keys move sideways. */
const SHIFT = 10;

/** A line of the screen: a part of a line of the text. */
interface Row {
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

export class TextView {
  #lines: readonly Cell[] = [];
  #top = 0;
  #left = 0;
  #wrap = false;
  #size: BodySize = { columns: 80, rows: 20 };
  #query = '';
  #pattern: Pattern | null = null;
  #matches: readonly number[] = [];
  /** Index into the matches that `n` went to last. */
  #match = -1;
  #rows: readonly Row[] | null = null;

  /** Another text in the same place: position and search stay. */
  set(lines: readonly Cell[]): void {
    this.#lines = lines;
    this.#rows = null;
    this.#matches = matchingLines(lines, this.#pattern);
  }

  get text(): string {
    return this.#lines.map((line) => `${plain(line)}\n`).join('');
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
    return this.#laidOut()
      .slice(this.#top, this.#top + size.rows)
      .map((row) => this.#paintRow(row, painter));
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
    try {
      this.#pattern = readPattern(query);
    } catch (error) {
      return (error as Error).message.replace(/^Invalid regular expression: /, '');
    }
    this.#query = query;
    this.#matches = matchingLines(this.#lines, this.#pattern);
    const here = this.#laidOut()[this.#top]?.line ?? 0;
    this.#match = this.#matches.findIndex((line) => line >= here);
    if (this.#match < 0) this.#match = this.#matches.length > 0 ? 0 : -1;
    this.#reveal();
    return '';
  }

  #step(step: 1 | -1): boolean {
    const count = this.#matches.length;
    if (count > 0) this.#match = (this.#match + step + count) % count;
    this.#reveal();
    return true;
  }

  /** Brings the present match onto the screen, a little below its top. */
  #reveal(): void {
    const line = this.#matches[this.#match];
    if (line === undefined) return;
    const row = this.#laidOut().findIndex((each) => each.line === line);
    if (row >= this.#top && row < this.#top + this.#size.rows) return;
    this.#scrollTo(row - Math.floor(this.#size.rows / 3));
  }

  #scrollTo(top: number): boolean {
    this.#top = Math.max(0, Math.min(top, this.#lastTop()));
    return true;
  }

  #scrollRight(): void {
    if (this.#wrap) return;
    const widest = this.#lines.reduce((max, line) => Math.max(max, textWidth(plain(line))), 0);
    if (this.#left + this.#size.columns < widest) this.#left += SHIFT;
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
    this.#rows ??= this.#lines.flatMap((cell, line): readonly Row[] =>
      this.#wrap
        ? breaks(plain(cell), this.#size.columns).map(([start, end]) => ({ line, start, end }))
        : [{ line, start: 0, end: Infinity }],
    );
    return this.#rows;
  }

  #paintRow({ line, start, end }: Row, painter: Painter): string {
    const cell = this.#lines[line] ?? '';
    const painted = painter.paint(highlight(cell, this.#pattern));
    if (this.#wrap) return end === Infinity ? painted : sliceColumns(painted, start, end);
    const { columns } = this.#size;
    const width = textWidth(plain(cell));
    const left = this.#left;
    if (left === 0 && width <= columns) return painted;
    // What is cut says so, on either side.
    const cutLeft = left > 0 && width > 0;
    const cutRight = width > left + columns;
    const from = left + (cutLeft ? 1 : 0);
    const to = left + columns - (cutRight ? 1 : 0);
    const mark = painter.tone('…', 'muted');
    return `${cutLeft ? mark : ''}${sliceColumns(painted, from, to)}${cutRight ? mark : ''}`;
  }
}
