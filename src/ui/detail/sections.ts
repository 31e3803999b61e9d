/** Sections of a describe as lines: a heading, then labels and values in two columns. */
import { redact } from '../../core/redact.ts';
import { plain, type Cell, type Segment } from '../../core/styled.ts';
import { pad, sanitize, textWidth } from '../../core/text.ts';
import type { Section } from '../../resources/define.ts';
import { segmentsOf } from '../chrome/pack.ts';

/** Labels are at most this wide in the left column; longer ones push their value. */
const MAX_LABEL = 26;

/** All sections, with a blank line between two; what looks like a secret is masked unless `reveal`. */
export function sectionLines(sections: readonly Section[], reveal: boolean): readonly Cell[] {
  return sections.flatMap(({ title, lines }, i): Cell[] => {
    const labels = lines.flatMap((line) => (isLabelled(line) ? textWidth(sanitize(line[0])) : []));
    const width = Math.min(MAX_LABEL, Math.max(0, ...labels));
    return [
      ...(i > 0 ? [''] : []),
      [[title, 'title']],
      ...lines.flatMap((line) => lineCells(reveal ? line : redactLine(line), width)),
    ];
  });
}

type Line = Section['lines'][number];

/** A pair of label and value, as against segments (pairs too, but in a list). */
const isLabelled = (line: Line): line is readonly [string, Cell] =>
  typeof line !== 'string' && typeof line[0] === 'string';

function lineCells(line: Line, width: number): readonly Cell[] {
  if (!isLabelled(line))
    return splitLines(line).map((cell) => [['  ', 'text'], ...segmentsOf(cell)]);
  const [label, value] = line;
  return splitLines(value).map((cell, i): readonly Segment[] => [
    [`  ${pad(i === 0 ? sanitize(label) : '', width)}  `, 'muted'],
    ...segmentsOf(cell),
  ]);
}

/** Rows carry words of servers too (the last words of a container): those are in no object. */
function redactLine(line: Line): Line {
  return isLabelled(line) ? [line[0], redactCell(line[1])] : redactCell(line);
}

const redactCell = (cell: Cell): Cell =>
  typeof cell === 'string' ? redact(cell) : cell.map(([text, tone]) => [redact(text), tone]);

/** Plain text of several lines becomes several lines, not one with marks in it. */
function splitLines(cell: Cell): readonly Cell[] {
  if (typeof cell !== 'string' && !plain(cell).includes('\n')) return [cell];
  if (typeof cell === 'string') return cell.split('\n');
  const lines: Segment[][] = [[]];
  for (const [text, tone] of cell) {
    const [first = '', ...others] = text.split('\n');
    lines.at(-1)?.push([first, tone]);
    for (const other of others) lines.push([[other, tone]]);
  }
  return lines;
}
