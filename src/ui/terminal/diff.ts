import type { Pen } from './pen.ts';
import type { Row } from './row.ts';
import { DEFAULT_STYLE } from './style.ts';

/** Unchanged cells that are rewritten rather than jumped over: a jump costs about as many bytes. */
const GAP = 4;
/** Blanks from this number on are erased rather than written. */
const ERASE = 10;

/** Draws `next` over `shown` at row `y`, writing only what differs. `shown` undefined: what stands there is unknown. */
export function drawRow(pen: Pen, y: number, shown: Row | undefined, next: Row): void {
  const width = next.chars.length;
  const end = contentEnd(next);
  let known = shown;
  let x = 0;
  while (x < end) {
    const change = nextDifference(known, next, x, end);
    if (change >= end) break;
    if (!pen.isAt(x, y) || !worthRewriting(pen, next, x, change)) x = change;
    if (next.chars[x] === '' && x > 0) x--;
    pen.moveTo(x, y);
    const char = next.chars[x] ?? ' ';
    const style = next.styles[x] ?? DEFAULT_STYLE;
    const columns = next.chars[x + 1] === '' ? 2 : 1;
    const blanks = char === ' ' && style === DEFAULT_STYLE ? changedBlanks(known, next, x, end) : 0;
    if (blanks >= ERASE) {
      pen.erase(blanks);
      x += blanks;
      continue;
    }
    if (isUnsure(char, columns)) {
      pen.putUnsure(char, style, columns);
      // It may have spilled over the cells behind it.
      known = undefined;
    } else pen.put(char, style, columns);
    x += columns;
  }
  x = nextDifference(known, next, Math.max(x, end), width);
  if (x < width) {
    pen.moveTo(x, y);
    pen.eraseToEnd();
  }
}

/** The column behind the last one that is not a blank in the default style. */
function contentEnd(row: Row): number {
  let end = row.chars.length;
  while (end > 0 && row.chars[end - 1] === ' ' && row.styles[end - 1] === DEFAULT_STYLE) end--;
  return end;
}

function nextDifference(shown: Row | undefined, next: Row, from: number, end: number): number {
  let x = from;
  if (shown === undefined) return x;
  while (x < end && shown.chars[x] === next.chars[x] && shown.styles[x] === next.styles[x]) x++;
  return x;
}

/** Whether the unchanged cells up to the next change are cheaper to write again than to jump over. */
function worthRewriting(pen: Pen, next: Row, from: number, change: number): boolean {
  if (change - from > GAP) return false;
  for (let x = from; x < change; x++) {
    const char = next.chars[x] ?? ' ';
    if (!pen.suits(char, next.styles[x] ?? DEFAULT_STYLE) || isUnsure(char, 1)) return false;
  }
  return true;
}

/** How many blanks from here on end in one that has to be written. */
function changedBlanks(shown: Row | undefined, next: Row, from: number, end: number): number {
  let last = from;
  for (let x = from; x < end; x++) {
    if (next.chars[x] !== ' ' || next.styles[x] !== DEFAULT_STYLE) break;
    if (shown?.chars[x] !== ' ' || shown.styles[x] !== DEFAULT_STYLE) last = x + 1;
  }
  return last - from;
}

/** Emoji and clusters of several code points: terminals, their versions and fonts differ about their width. */
function isUnsure(char: string, columns: number): boolean {
  return char.length > 1 || (columns === 2 && char.charCodeAt(0) < 0x2e80);
}
