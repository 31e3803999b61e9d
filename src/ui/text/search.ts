/** A pattern looked for in lines of text. */
import { plain, type Cell, type Segment } from '../../core/styled.ts';

/** What to look for: a regular expression, whatever the case unless it has a capital letter. */
export type Pattern = RegExp;

/** Reads what was typed; null where nothing is looked for. Throws what is wrong with it. */
export function readPattern(text: string): Pattern | null {
  if (text === '') return null;
  const flags = /\p{Lu}/u.test(text) ? 'gu' : 'giu';
  return new RegExp(text, flags);
}

/** Lines that match, by index. */
export function matchingLines(lines: readonly Cell[], pattern: Pattern | null): readonly number[] {
  if (pattern === null) return [];
  return lines.flatMap((line, i) => (plain(line).search(pattern) >= 0 ? i : []));
}

/** The line with each match in the tone for matches. */
export function highlight(line: Cell, pattern: Pattern | null): Cell {
  if (pattern === null) return line;
  const ranges = [...plain(line).matchAll(pattern)]
    .filter(([match]) => match !== '')
    .map((match): readonly [number, number] => [match.index, match.index + match[0].length]);
  if (ranges.length === 0) return line;
  const segments: readonly Segment[] = typeof line === 'string' ? [[line, 'text']] : line;
  const out: Segment[] = [];
  let offset = 0;
  for (const [text, tone] of segments) {
    let at = 0;
    for (const [start, end] of ranges) {
      const from = Math.max(at, start - offset);
      const to = Math.min(text.length, end - offset);
      if (from >= to) continue;
      if (from > at) out.push([text.slice(at, from), tone]);
      out.push([text.slice(from, to), 'match']);
      at = to;
    }
    if (at < text.length) out.push([text.slice(at), tone]);
    offset += text.length;
  }
  return out;
}
