import { clusters, clusterWidth } from '../../core/clusters.ts';
import type { Place } from '../../core/columns.ts';
import { textWidth } from '../../core/text.ts';

/** A part of a text: UTF-16 units from one place to the other. */
export interface Part {
  readonly start: Place;
  readonly end: Place;
}

/** What a line begins with: blanks, and a label with the blanks that set it apart from its value. */
const HEAD = /^ *(?:\S+(?: \S+)* {2,})?/;

/**
 * How far parts of a line after its first are indented (cells): to where its value begins, else as
 * far as the line is. Nothing where that would leave less than half of `width`.
 */
export function hangingIndent(text: string, width: number): number {
  const [head = ''] = HEAD.exec(text.slice(0, width)) ?? [];
  const [blanks = ''] = /^ */.exec(head) ?? [];
  return [head, blanks].map(textWidth).find((cells) => cells <= width / 2) ?? 0;
}

/**
 * Where a plain text is broken so that no part is wider than `width` cells, and none after the first
 * than `width - hang`: at a blank where the part stays more than half full, else inside the word. One
 * part where it fits, or where width is none.
 */
export function breaks(text: string, width: number, hang = 0): readonly Part[] {
  const parts: Part[] = [];
  let start: Place = { unit: 0, column: 0 };
  let at = start;
  let blank = start;
  let room = width;
  for (const cluster of clusters(text)) {
    const size = clusterWidth(cluster);
    if (width > 0 && at.column + size - start.column > room) {
      const end = blank.column - start.column > room / 2 ? blank : at;
      // A character wider than the screen stays where it is.
      if (end.unit > start.unit) {
        parts.push({ start, end });
        start = end;
        room = width - hang;
      }
    }
    at = { unit: at.unit + cluster.length, column: at.column + size };
    if (cluster === ' ') blank = at;
  }
  parts.push({ start, end: at });
  return parts;
}
