/** Draws lines with parts of characters: two by four dots a cell in braille, fewer where that is not there. */

/** What dots are made of. */
export type Marks = 'braille' | 'blocks' | 'ascii';

/** The dots of a cell, and the character that shows some of them. */
interface DotSet {
  readonly wide: number;
  readonly high: number;
  /** @param dots bit `y * wide + x` is a dot's */
  readonly glyph: (dots: number) => string;
}

/** The bits of the dots in Unicode's braille patterns, row by row. */
const BRAILLE = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80];
const QUADRANTS = ' ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█';

const DOTS: Readonly<Record<Marks, DotSet>> = {
  braille: {
    ...{ wide: 2, high: 4 },
    glyph: (dots) =>
      dots === 0
        ? ' '
        : String.fromCharCode(
            BRAILLE.reduce((code, bit, i) => ((dots >> i) & 1 ? code | bit : code), 0x2800),
          ),
  },
  blocks: { ...{ wide: 2, high: 2 }, glyph: (dots) => QUADRANTS.charAt(dots) },
  ascii: { ...{ wide: 1, high: 2 }, glyph: (dots) => " '.:".charAt(dots) },
};

/** A cell that was drawn on. */
export interface DrawnCell {
  readonly glyph: string;
  /** The line that was drawn there last; -1: none was. */
  readonly line: number;
}

export class Canvas {
  /** Dots from left to right, and from top to bottom. */
  readonly width: number;
  readonly height: number;
  readonly #set: DotSet;
  readonly #columns: number;
  readonly #dots: Uint8Array;
  readonly #lines: Int8Array;

  /** @param columns cells */
  constructor(columns: number, rows: number, marks: Marks) {
    this.#set = DOTS[marks];
    this.#columns = columns;
    this.width = columns * this.#set.wide;
    this.height = rows * this.#set.high;
    this.#dots = new Uint8Array(columns * rows);
    this.#lines = new Int8Array(columns * rows).fill(-1);
  }

  /** Puts a dot; outside it is lost. */
  dot(x: number, y: number, line: number): void {
    if (x < 0 || y < 0 || x >= this.width || y >= this.height) return;
    const { wide, high } = this.#set;
    const cell = Math.floor(y / high) * this.#columns + Math.floor(x / wide);
    this.#dots[cell] = (this.#dots[cell] ?? 0) | (1 << ((y % high) * wide + (x % wide)));
    this.#lines[cell] = line;
  }

  /** Puts dots from one to another, both included (Bresenham). */
  stroke(x0: number, y0: number, x1: number, y1: number, line: number): void {
    const [dx, dy] = [Math.abs(x1 - x0), -Math.abs(y1 - y0)];
    const [stepX, stepY] = [x0 < x1 ? 1 : -1, y0 < y1 ? 1 : -1];
    let [x, y, error] = [x0, y0, dx + dy];
    for (;;) {
      this.dot(x, y, line);
      if (x === x1 && y === y1) return;
      const twice = 2 * error;
      if (twice >= dy) {
        error += dy;
        x += stepX;
      }
      if (twice <= dx) {
        error += dx;
        y += stepY;
      }
    }
  }

  /** The cells of a row. */
  row(row: number): readonly DrawnCell[] {
    return Array.from({ length: this.#columns }, (_, column) => {
      const cell = row * this.#columns + column;
      return { glyph: this.#set.glyph(this.#dots[cell] ?? 0), line: this.#lines[cell] ?? -1 };
    });
  }
}
