/** Where the lines of a board stand: a pure function of its sections and of the room. */
import { plain } from '../../core/styled.ts';
import { textWidth } from '../../core/text.ts';
import type { BoardLine, BoardSection, Field } from '../../resources/pulse/board.ts';
import type { BodySize } from '../pane.ts';
import { cellWidth } from '../table/cells.ts';

/** From this width (cells) on what is wrong and where it is stand beside each other. */
const WIDE = 160;
/** Cells between the two; what tells where needs no more than the last. */
const GAP = 2;
const WHERE = 90;

/** Cells in front of a line: the cursor. */
export const GUTTER = 2;

/** A field in its place. */
export interface Placed {
  readonly field: Field;
  /** Cells from the left of the body. */
  readonly x: number;
  readonly width: number;
}

/** What stands in one line of the body: one or two lines of the board, left to right. */
export interface Row {
  readonly parts: readonly { readonly x: number; readonly fields: readonly Placed[] }[];
}

/** Sections for a given width: those that tell what, and those that tell where. */
export type SectionsFor = (width: number) => {
  readonly what: readonly BoardSection[];
  readonly where: readonly BoardSection[];
};

/** Puts the sections into a body: beside each other where it is wide, else below one another. */
export function arrange(sections: SectionsFor, { columns, rows }: BodySize): readonly Row[] {
  if (columns < WIDE) {
    const width = columns - GUTTER;
    const { what, where } = sections(width);
    return stack([...what, ...where], rows).map((line) => ({
      parts: line === null ? [] : [{ x: 0, fields: placed(line, GUTTER, width) }],
    }));
  }
  const right = Math.min(WHERE, Math.floor((columns - GAP) / 2));
  const left = columns - GAP - right;
  const what = stack(sections(left - GUTTER).what, rows);
  const where = stack(sections(right - GUTTER).where, rows);
  return Array.from({ length: Math.max(what.length, where.length) }, (_, i) => ({
    parts: [
      // Below what stands on the right there is room for whole lines.
      { line: what[i] ?? null, x: 0, width: i < where.length ? left : columns },
      { line: where[i] ?? null, x: left + GAP, width: right },
    ].flatMap(({ line, x, width }) =>
      line === null ? [] : { x, fields: placed(line, x + GUTTER, width - GUTTER) },
    ),
  }));
}

/** Lines below one another, as many as there is room for; null: a blank one. */
function stack(sections: readonly BoardSection[], rows: number): readonly (BoardLine | null)[] {
  const shown = sections.filter(({ head, lines }) => head !== undefined || lines.length > 0);
  const heights = shares(shown, rows);
  const used = heights.reduce((sum, height) => sum + height, 0);
  // Blank lines between them where all is there anyway.
  const whole = shown.every((section, i) => heights[i] === heightOf(section));
  const airy = whole && used + shown.length - 1 <= rows;
  return shown.flatMap((section, i): readonly (BoardLine | null)[] => {
    const lines = linesOf(section, heights[i] ?? 0);
    return airy && i > 0 ? [null, ...lines] : lines;
  });
}

const headOf = ({ head }: BoardSection): number => (head === undefined ? 0 : 1);

const heightOf = (section: BoardSection): number => headOf(section) + section.lines.length;

/** How many lines each section gets: the least that it needs, then one after the other one more. */
function shares(sections: readonly BoardSection[], rows: number): readonly number[] {
  let left = rows;
  const heights = sections.map((section) => {
    const least = Math.min(heightOf(section), headOf(section) + section.least, left);
    left -= least;
    return least;
  });
  for (let grown = true; grown && left > 0;) {
    grown = false;
    for (const [i, section] of sections.entries()) {
      const height = heights[i] ?? 0;
      if (left === 0 || height >= heightOf(section)) continue;
      heights[i] = height + 1;
      left--;
      grown = true;
    }
  }
  return heights;
}

/** The lines of a section in that many; the last says how many there is no room for. */
function linesOf(section: BoardSection, height: number): readonly BoardLine[] {
  const head = section.head === undefined ? [] : [section.head];
  const room = height - head.length;
  const { lines } = section;
  if (room < 0) return [];
  if (lines.length <= room) return [...head, ...lines];
  // Of a few lines none is spent on what is not there: the head says how many there are.
  if (head.length > 0 && room < FEW) return [...head, ...lines.slice(0, room)];
  if (section.rest === undefined) {
    const last = lines.slice(room - 1).flatMap(({ fields }, i) => fields.slice(i === 0 ? 0 : 1));
    const { more } = lines[0] ?? {};
    const line = { fields: last, ...(more !== undefined && { more }) };
    return [...head, ...lines.slice(0, room - 1), line];
  }
  return [...head, ...lines.slice(0, room - 1), section.rest(lines.length - room + 1)];
}

/** Of less than so many lines each is worth more than to know how many are hidden. */
const FEW = 3;

/** Less than this of a growing field (cells) is not worth its place. */
const LEAST = 6;

/** The fields of a line side by side from `x` on. */
function placed(line: BoardLine, x: number, width: number): readonly Placed[] {
  const fields = fitting(line, width);
  const fixed = fields.reduce(
    (sum, field, i) => sum + (i > 0 ? gapBefore(fields, i) : 0) + natural(field),
    0,
  );
  const out: Placed[] = [];
  let at = x;
  for (const [i, field] of fields.entries()) {
    if (i > 0) at += gapBefore(fields, i);
    const own = field.grows === true ? Math.max(0, width - fixed) : natural(field);
    const room = Math.min(own, x + width - at);
    if (room <= 0) break;
    out.push({ field, x: at, width: room });
    at += room;
  }
  return out;
}

/** The fields that there is room for. */
function fitting({ fields, more }: BoardLine, width: number): readonly Field[] {
  const sizeOf = (some: readonly Field[]): number =>
    some.reduce(
      (sum, field, i) =>
        sum + (i > 0 ? gapBefore(some, i) : 0) + (field.grows === true ? LEAST : natural(field)),
      0,
    );
  if (sizeOf(fields) <= width) return fields;
  const kept = fields.filter(({ grows }) => grows !== true);
  const all = kept.length;
  const rest = (): readonly Field[] =>
    more === undefined || kept.length === all ? kept : [...kept, more(all - kept.length)];
  for (;;) {
    const over = sizeOf(rest()) - width;
    const last = kept.at(-1);
    if (last === undefined || kept.length === 1 || over <= 0) return rest();
    const size = natural(last) - over;
    kept.pop();
    if (last.least === undefined || size < last.least) continue;
    kept.push({ ...last, width: size });
    return rest();
  }
}

/** A glyph belongs to what follows it. */
const gapBefore = (fields: readonly Field[], i: number): number =>
  fields[i - 1]?.width === 1 ? 1 : 2;

/** Cells that a field takes where it does not grow. */
const natural = ({ width, cell, grows }: Field): number =>
  grows === true ? 0 : (width ?? cellWidth(cell));

/** Its lines as plain text, each field in its place; none is cut. */
export const boardText = (rows: readonly Row[]): string =>
  rows.map(({ parts }) => parts.flatMap(({ fields }) => fields).reduce(withField, '')).join('\n');

function withField(line: string, { field, x, width }: Placed): string {
  const text = plain(field.cell).trimEnd();
  const inset = field.align === 'right' ? Math.max(0, width - textWidth(text)) : 0;
  const at = x - GUTTER + inset;
  // Nothing is cut here: what is longer than its field moves the others.
  const least = line === '' ? 0 : 1;
  return text === '' ? line : `${line}${' '.repeat(Math.max(least, at - textWidth(line)))}${text}`;
}
