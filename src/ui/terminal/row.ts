import { clusters, clusterWidth } from '../../core/clusters.ts';
import { applySgr, blankStyle, DEFAULT_STYLE } from './style.ts';
import type { CellStyle } from './style.ts';

/**
 * One row of cells, never changed once it is made, so that rows can be compared and moved by
 * reference. `chars[x]` is a grapheme cluster; a wide one is followed by the empty string.
 */
export interface Row {
  readonly chars: readonly string[];
  readonly styles: readonly CellStyle[];
}

interface MutableRow {
  readonly chars: string[];
  readonly styles: CellStyle[];
}

/** A row of blanks in the default style. */
export function blankRow(width: number): Row {
  return newRow(width);
}

function newRow(width: number): MutableRow {
  return {
    chars: new Array<string>(width).fill(' '),
    styles: new Array<CellStyle>(width).fill(DEFAULT_STYLE),
  };
}

/** Lays a line (printable text and SGR sequences) out in `width` cells. Any other control character is left out. */
function parseRow(line: string, width: number): Row {
  const row = newRow(width);
  let x = 0;
  let style = DEFAULT_STYLE;
  for (let at = 0; at < line.length && x < width;) {
    if (line.charCodeAt(at) === 0x1b) {
      const end = sgrEnd(line, at);
      if (end > 0) style = applySgr(style, line.slice(at + 2, end));
      at = end > 0 ? end + 1 : at + 1;
      continue;
    }
    const escape = line.indexOf('\x1b', at);
    const end = escape < 0 ? line.length : escape;
    x = put(row, x, line.slice(at, end), style);
    at = end;
  }
  return row;
}

/** The index of the `m` that ends the SGR sequence at `start`, or -1 when there is none. */
function sgrEnd(line: string, start: number): number {
  if (line[start + 1] !== '[') return -1;
  for (let i = start + 2; i < line.length; i++) {
    const code = line.charCodeAt(i);
    if (code === 0x6d) return i;
    if (code !== 0x3b && (code < 0x30 || code > 0x39)) return -1;
  }
  return -1;
}

function put(row: MutableRow, start: number, text: string, style: CellStyle): number {
  const width = row.chars.length;
  let x = start;
  for (const cluster of clusters(text)) {
    const columns = isControl(cluster) ? 0 : clusterWidth(cluster);
    if (columns === 0) {
      // A mark that a style change has parted from its letter joins it again.
      const letter = x - (row.chars[x - 1] === '' ? 2 : 1);
      if (letter >= 0 && !isControl(cluster))
        row.chars[letter] = (row.chars[letter] ?? '') + cluster;
      continue;
    }
    if (x + columns > width) return width;
    row.chars[x] = cluster;
    row.styles[x] = cluster === ' ' ? blankStyle(style) : style;
    if (columns === 2) {
      row.chars[x + 1] = '';
      row.styles[x + 1] = style;
    }
    x += columns;
  }
  return x;
}

function isControl(cluster: string): boolean {
  const code = cluster.charCodeAt(0);
  return code < 0x20 || (code >= 0x7f && code < 0xa0);
}

/** A copy of `target` with `width` cells of `source` (from column `from`) at column `to`; characters cut in half become blanks. */
export function overlay(target: Row, source: Row, from: number, to: number, width: number): Row {
  const count = Math.min(width, target.chars.length - to, source.chars.length - from);
  if (count <= 0) return target;
  if (count === target.chars.length && count === source.chars.length) return source;
  const chars = target.chars.slice();
  const styles = target.styles.slice();
  const end = to + count;
  if (chars[to] === '') chars[to - 1] = ' ';
  if (chars[end] === '') chars[end] = ' ';
  for (let i = 0; i < count; i++) {
    chars[to + i] = source.chars[from + i] ?? ' ';
    styles[to + i] = source.styles[from + i] ?? DEFAULT_STYLE;
  }
  if (chars[to] === '') chars[to] = ' ';
  if (source.chars[from + count] === '') chars[end - 1] = ' ';
  return { chars, styles };
}

/** Parsed rows by their line, two generations deep: what was not used while the other filled up is forgotten. */
export class RowCache {
  #young = new Map<string, Row>();
  #old = new Map<string, Row>();
  readonly #width: number;

  constructor(width: number) {
    this.#width = width;
  }

  /** The row of a line. */
  get(line: string): Row {
    let row = this.#young.get(line);
    if (row !== undefined) return row;
    row = this.#old.get(line) ?? parseRow(line, this.#width);
    if (this.#young.size >= 512) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(line, row);
    return row;
  }
}
