/** Matches of a pattern in lines of text. */
import { Pattern, type Range } from '../../core/pattern.ts';
import type { Segment } from '../../core/styled.ts';

/** Reads what was typed; null where nothing is looked for. Throws what is wrong with it. */
export function readPattern(text: string): Pattern | null {
  return text === '' ? null : new Pattern(text);
}

/** Lines that match, by index. */
export function matchingLines(
  lines: readonly { readonly text: string }[],
  pattern: Pattern,
): readonly number[] {
  return lines.flatMap(({ text }, i) => (pattern.test(text) ? i : []));
}

/**
 * Segments with the ranges of their text in the tone for matches.
 * @param offset where the segments begin in the text that the ranges are of
 */
export function markRanges(
  segments: readonly Segment[],
  ranges: readonly Range[],
  offset = 0,
): readonly Segment[] {
  if (ranges.length === 0) return segments;
  const out: Segment[] = [];
  let before = offset;
  let next = 0;
  for (const [text, tone] of segments) {
    let at = 0;
    for (; next < ranges.length; next++) {
      const [start = 0, end = 0] = ranges[next] ?? [];
      const from = Math.max(at, start - before);
      const to = Math.min(text.length, end - before);
      if (from >= text.length) break;
      if (to > from) {
        if (from > at) out.push([text.slice(at, from), tone]);
        out.push([text.slice(from, to), 'match']);
        at = to;
      }
      // It goes on in the next segment.
      if (end - before > text.length) break;
    }
    if (at < text.length) out.push([text.slice(at), tone]);
    before += text.length;
  }
  return out;
}
