/** A terminal's screen as an SVG picture: a run of equal cells is one text element. */
import type { IBufferCell, Terminal } from '@xterm/headless';
import { visibleLine } from './visible-line.ts';

const CELL = { width: 8.4, height: 18 };
const MARGIN = 14;
const BAR = 30;
const FONT = "'JetBrains Mono', 'DejaVu Sans Mono', Menlo, Consolas, monospace";

/** Colours of a picture: the terminal's own, where the program leaves them to it. */
export interface Palette {
  readonly background: string;
  readonly foreground: string;
  readonly bar: string;
  /** The sixteen ANSI colours. */
  readonly ansi: readonly string[];
}

export const DARK: Palette = {
  background: '#11151c',
  foreground: '#c9d1d9',
  bar: '#1b212b',
  ansi: '#1b212b #f47067 #57ab5a #c69026 #539bf5 #b083f0 #39c5cf #adbac7 #636e7b #ff938a #6bc46d #daaa3f #6cb6ff #dcbdfb #56d4dd #cdd9e5'.split(
    ' ',
  ),
};

export const LIGHT: Palette = {
  background: '#ffffff',
  foreground: '#24292f',
  bar: '#eaeef2',
  ansi: '#24292f #cf222e #116329 #7d4e00 #0969da #8250df #1b7c83 #6e7781 #57606a #a40e26 #1a7f37 #633c01 #218bff #a475f9 #3192aa #8c959f'.split(
    ' ',
  ),
};

interface Style {
  readonly color: string;
  readonly background: string | null;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
}

function indexed(n: number, { ansi }: Palette): string {
  if (n < 16) return ansi[n] ?? '#888888';
  const hex = (v: number): string => v.toString(16).padStart(2, '0');
  if (n >= 232) return `#${hex(8 + (n - 232) * 10).repeat(3)}`;
  const level = (v: number): number => (v === 0 ? 0 : 55 + v * 40);
  const c = n - 16;
  return `#${[Math.floor(c / 36), Math.floor(c / 6) % 6, c % 6].map((v) => hex(level(v))).join('')}`;
}

function styleOf(cell: IBufferCell, palette: Palette): Style {
  const rgb = (n: number): string => `#${n.toString(16).padStart(6, '0')}`;
  const fg = cell.isFgRGB()
    ? rgb(cell.getFgColor())
    : cell.isFgPalette()
      ? indexed(cell.getFgColor(), palette)
      : palette.foreground;
  const bg = cell.isBgRGB()
    ? rgb(cell.getBgColor())
    : cell.isBgPalette()
      ? indexed(cell.getBgColor(), palette)
      : null;
  const inverse = cell.isInverse() !== 0;
  return {
    color: inverse ? (bg ?? palette.background) : fg,
    background: inverse ? fg : bg,
    bold: cell.isBold() !== 0,
    dim: cell.isDim() !== 0,
    italic: cell.isItalic() !== 0,
    underline: cell.isUnderline() !== 0,
  };
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const px = (n: number): string => String(Math.round(n * 100) / 100);

/** Draws the screen in a window with a title. */
export function toSvg(terminal: Terminal, title: string, palette: Palette): string {
  const width = terminal.cols * CELL.width + 2 * MARGIN;
  const height = terminal.rows * CELL.height + 2 * MARGIN + BAR;
  const parts: string[] = [];
  for (let y = 0; y < terminal.rows; y++) parts.push(...rowOf(terminal, y, palette));
  const dots = ['#f47067', '#daaa3f', '#57ab5a'].map(
    (color, i) => `<circle cx="${18 + i * 18}" cy="${BAR / 2}" r="5.5" fill="${color}"/>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${px(width)}" height="${px(height)}" viewBox="0 0 ${px(width)} ${px(height)}" font-family="${FONT}" font-size="14">`,
    `<rect width="100%" height="100%" rx="9" fill="${palette.background}"/>`,
    `<path d="M0 ${BAR}V9a9 9 0 0 1 9-9h${px(width - 18)}a9 9 0 0 1 9 9v${BAR - 9}z" fill="${palette.bar}"/>`,
    ...dots,
    `<text x="${px(width / 2)}" y="${BAR / 2 + 5}" text-anchor="middle" fill="${palette.foreground}" font-size="13">${escape(title)}</text>`,
    `<g transform="translate(${MARGIN} ${MARGIN + BAR})" xml:space="preserve">`,
    ...parts,
    '</g></svg>',
    '',
  ].join('\n');
}

function rowOf(terminal: Terminal, y: number, palette: Palette): string[] {
  const line = visibleLine(terminal, y);
  if (line === undefined) return [];
  const back: string[] = [];
  const text: string[] = [];
  let x = 0;
  while (x < terminal.cols) {
    const first = line.getCell(x);
    if (first === undefined) break;
    const style = styleOf(first, palette);
    const key = JSON.stringify(style);
    let run = '';
    let end = x;
    for (; end < terminal.cols; end++) {
      const cell = line.getCell(end);
      if (cell === undefined || JSON.stringify(styleOf(cell, palette)) !== key) break;
      if (cell.getWidth() > 0) run += cell.getChars() || ' ';
    }
    const left = px(x * CELL.width);
    if (style.background !== null) {
      back.push(
        `<rect x="${left}" y="${px(y * CELL.height)}" width="${px((end - x) * CELL.width)}" height="${CELL.height}" fill="${style.background}"/>`,
      );
    }
    if (run.trim() !== '') text.push(textOf(run, style, left, y, end - x));
    x = end;
  }
  return [...back, ...text];
}

function textOf(run: string, style: Style, left: string, y: number, cells: number): string {
  const attributes = [
    `x="${left}"`,
    `y="${px(y * CELL.height + 13.5)}"`,
    // Every run is as wide as its cells, whatever font the reader has.
    `textLength="${px(cells * CELL.width)}" lengthAdjust="spacingAndGlyphs"`,
    `fill="${style.color}"`,
    style.bold ? 'font-weight="bold"' : '',
    style.dim ? 'opacity="0.6"' : '',
    style.italic ? 'font-style="italic"' : '',
    style.underline ? 'text-decoration="underline"' : '',
  ].filter((attribute) => attribute !== '');
  return `<text ${attributes.join(' ')}>${escape(run)}</text>`;
}
