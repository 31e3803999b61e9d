import { clusters, clusterWidth } from '../../core/clusters.ts';
import type { Place } from '../../core/columns.ts';

/** A part of a text: UTF-16 units from one place to the other. */
export interface Part {
  readonly start: Place;
  readonly end: Place;
}

/**
 * Where a plain text is broken so that no part is wider than `width` cells: at a blank where the part
 * stays more than half full, else inside the word. One part where it fits, or where width is none.
 */
export function breaks(text: string, width: number): readonly Part[] {
  const parts: Part[] = [];
  let start: Place = { unit: 0, column: 0 };
  let at = start;
  let blank = start;
  for (const cluster of clusters(text)) {
    const size = clusterWidth(cluster);
    if (width > 0 && at.column + size - start.column > width) {
      const end = blank.column - start.column > width / 2 ? blank : at;
      // A character wider than the screen stays where it is.
      if (end.unit > start.unit) {
        parts.push({ start, end });
        start = end;
      }
    }
    at = { unit: at.unit + cluster.length, column: at.column + size };
    if (cluster === ' ') blank = at;
  }
  parts.push({ start, end: at });
  return parts;
}
