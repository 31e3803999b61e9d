import { blankStyle, DEFAULT_STYLE, transition } from './style.ts';
import type { CellStyle } from './style.ts';

/** Collects what is to be written and knows where it leaves the terminal's cursor and style, so that moves and style changes are as short as they can be. */
export class Pen {
  #out = '';
  #x = -1;
  #y = -1;
  #style: CellStyle = DEFAULT_STYLE;

  /** Would this character look like that as things are: it needs no change of style. */
  suits(char: string, style: CellStyle): boolean {
    return style === this.#style || (char === ' ' && blankStyle(style) === blankStyle(this.#style));
  }

  /** True when the cursor is known to stand there. */
  isAt(x: number, y: number): boolean {
    return x === this.#x && y === this.#y;
  }

  /** Moves to a cell. */
  moveTo(x: number, y: number): void {
    if (this.isAt(x, y)) return;
    this.#out += this.#shortestMove(x, y);
    this.#x = x;
    this.#y = y;
  }

  #shortestMove(x: number, y: number): string {
    const absolute = x === 0 ? (y === 0 ? '\x1b[H' : `\x1b[${y + 1}H`) : `\x1b[${y + 1};${x + 1}H`;
    if (this.#x < 0) return absolute;
    let relative = absolute;
    if (y === this.#y && x > this.#x) relative = forward(x - this.#x);
    else if (y === this.#y) relative = x === 0 ? '\r' : `\x1b[${x + 1}G`;
    else if (y === this.#y + 1) relative = `\r\n${forward(x)}`;
    return relative.length < absolute.length ? relative : absolute;
  }

  /** Writes one character of `width` columns at the place moved to. */
  put(char: string, style: CellStyle, width: number): void {
    if (!this.suits(char, style)) this.style(style);
    this.#out += char;
    this.#x += width;
  }

  /** Text whose width terminals disagree about: after it, the place of the cursor is unknown. */
  putUnsure(char: string, style: CellStyle, width: number): void {
    const [x, y] = [this.#x, this.#y];
    for (let i = 0; i < width; i++) this.put(' ', style, 1);
    this.moveTo(x, y);
    this.put(char, style, width);
    this.forgetPlace();
  }

  /** Blanks `count` cells without moving. */
  erase(count: number): void {
    this.style(DEFAULT_STYLE);
    this.#out += count === 1 ? '\x1b[X' : `\x1b[${count}X`;
  }

  /** Blanks the rest of the row. */
  eraseToEnd(): void {
    this.style(DEFAULT_STYLE);
    this.#out += '\x1b[K';
  }

  /** Moves the rows from `top` to `bottom` (exclusive) up by `by` (down when negative). */
  scroll(top: number, bottom: number, by: number): void {
    const count = Math.abs(by) === 1 ? '' : String(Math.abs(by));
    this.style(DEFAULT_STYLE);
    this.#out += `\x1b[${top + 1};${bottom}r\x1b[${count}${by > 0 ? 'S' : 'T'}\x1b[r`;
    this.forgetPlace();
  }

  /** Changes the style of what follows. */
  style(style: CellStyle): void {
    this.#out += transition(this.#style, style);
    this.#style = style;
  }

  /** The next move will be an absolute one. */
  forgetPlace(): void {
    this.#x = -1;
    this.#y = -1;
  }

  /** All that has been collected, back in the default style. */
  finish(): string {
    this.style(DEFAULT_STYLE);
    return this.#out;
  }
}

function forward(count: number): string {
  if (count === 0) return '';
  return count === 1 ? '\x1b[C' : `\x1b[${count}C`;
}
