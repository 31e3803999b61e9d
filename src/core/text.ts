import { clusters, clusterWidth, isAscii, isSimple, piece } from './clusters.ts';
import { sequenceEnd, sgrEnd } from './escapes.ts';

/** Options of {@link sanitize}. */
export interface SanitizeOptions {
  /** Keep colours (`ESC [ … m`), for log lines; every other sequence still goes. */
  readonly keepSgr?: boolean;
  /** What a line break becomes: `⏎` by default. */
  readonly newline?: string;
  /** What a tab becomes: four blanks by default. */
  readonly tab?: string;
}

const ELLIPSIS = '…';
/** What a tab becomes where nothing else is asked for. */
export const TAB = '    ';
const SGR = /\x1b\[[\d;]*m/g;
// Where something begins that a terminal could act on or draw nothing for: controls, line
// separators, bidi and other invisible characters (they hide or reorder text), lone surrogates.
const UNSAFE = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Cs}\u2028\u2029]/gu;
// More marks than any script stacks on one letter: text that wants to draw over its neighbours.
const MARK_PILE = /(\p{M}{4})\p{M}+/gu;
/** UTF-16 units that one column of text takes at most: what has more is cut unseen. */
const UNITS_PER_COLUMN = 16;
/** How much of a text is searched for the next escape in one go (UTF-16 units). */
const UNESCAPED = 512;

/**
 * Foreign text made safe for the terminal, as one line: escape sequences and invisible characters go,
 * other control characters become their pictures (`␀`), tabs become blanks. With `keepSgr`, the
 * result ends in the default style.
 */
export function sanitize(text: string, options: SanitizeOptions = {}): string {
  if (isSimple(text)) return text;
  let safe = '';
  let done = 0;
  UNSAFE.lastIndex = 0;
  for (let found = UNSAFE.exec(text); found !== null; found = UNSAFE.exec(text)) {
    const at = found.index;
    const end = Math.max(sequenceEnd(text, at), UNSAFE.lastIndex);
    safe += text.slice(done, at) + replacement(text, at, end, options);
    done = end;
    UNSAFE.lastIndex = end;
  }
  safe = (safe + text.slice(done)).replace(MARK_PILE, '$1');
  return safe.includes('\x1b') ? `${safe}\x1b[0m` : safe;
}

/** What stands in the place of the unsafe characters [at, end). */
function replacement(text: string, at: number, end: number, options: SanitizeOptions): string {
  const code = text.charCodeAt(at);
  if (code === 0x09) return options.tab ?? TAB;
  if ((code >= 0x0a && code <= 0x0d) || code === 0x85 || code === 0x2028 || code === 0x2029) {
    return options.newline ?? '⏎';
  }
  if (options.keepSgr === true && sgrEnd(text, at) === end) return text.slice(at, end);
  if (end - at > 1 && (code === 0x1b || code >= 0x80)) return '';
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '␡';
  return code >= 0xd800 && code <= 0xdfff ? '\ufffd' : '';
}

/** Width in terminal columns; SGR sequences count nothing. */
export function textWidth(text: string): number {
  if (isAscii(text)) return text.length;
  const plain = text.includes('\x1b') ? text.replace(SGR, '') : text;
  if (isAscii(plain)) return plain.length;
  let width = 0;
  for (const cluster of clusters(plain)) width += clusterWidth(cluster);
  return width;
}

/** Cuts plain text at its end to at most `width` columns, the last one `…`. */
export function truncate(text: string, width: number): string {
  if (fits(text, width)) return text;
  return width <= 0 ? '' : head(text, width - 1) + ELLIPSIS;
}

/**
 * Cuts plain text in the middle to at most `width` columns, so that its last part stays: pods of one
 * workload differ only there (`api-7d…-x2x`).
 */
export function truncateMiddle(text: string, width: number): string {
  if (fits(text, width)) return text;
  if (width <= 0) return '';
  const end = endOf(text, width);
  const suffix = end.slice(Math.max(0, end.lastIndexOf('-')));
  const half = Math.floor((width - 1) / 2);
  const suffixWidth = textWidth(suffix);
  const tailWidth = suffixWidth > 1 && suffixWidth <= half ? suffixWidth : half;
  return head(text, width - 1 - tailWidth) + ELLIPSIS + tail(end, tailWidth);
}

/** Whether plain text is at most `width` columns wide; looks no further than that takes. */
export function fits(text: string, width: number): boolean {
  const start = startOf(text, width);
  return start.length === text.length && textWidth(start) <= width;
}

/** Plain text in exactly `width` columns: padded with blanks, or cut with `…`. */
export function fit(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  return pad(truncate(text, width), width, align);
}

/** Pads with blanks to at least `width` columns; text with SGR sequences is welcome. */
export function pad(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  const missing = width - textWidth(text);
  if (missing <= 0) return text;
  return align === 'left' ? text + ' '.repeat(missing) : ' '.repeat(missing) + text;
}

/**
 * The columns from `start` up to `end` (exclusive) of a text that may hold SGR sequences. A wide
 * character cut in half becomes a blank, so that the columns to its right stay in place. Ends in the
 * default style. What stands behind `end` is not looked at.
 */
export function sliceColumns(text: string, start: number, end: number): string {
  // One more than is shown: a mark behind the last character belongs to it.
  if (isAscii(text.slice(0, Math.max(0, end + 1)))) {
    return text.slice(Math.max(0, start), Math.max(0, end));
  }
  let column = 0;
  let out = '';
  let styles = '';
  for (const part of parts(text)) {
    if (column >= end) break;
    if (part.startsWith('\x1b')) {
      styles = /^\x1b\[0*m$/.test(part) ? '' : styles + part;
      if (column > start) out += part;
      continue;
    }
    const next = column + clusterWidth(part);
    const cut = Math.min(next, end) - Math.max(column, start);
    if (cut > 0) {
      if (out === '') out = styles;
      out += column >= start && next <= end ? part : ' '.repeat(cut);
    } else if (next === column && column > start && column <= end) out += part;
    column = next;
  }
  return out.includes('\x1b') ? `${out}\x1b[0m` : out;
}

/** SGR sequences and clusters, in order; a lone ESC is left out. */
function* parts(text: string): Iterable<string> {
  for (let at = 0; at < text.length;) {
    const escape = text.startsWith('\x1b', at);
    if (escape) {
      const end = sgrEnd(text, at);
      if (end > 0) yield text.slice(at, end);
      at = end > 0 ? end : at + 1;
      continue;
    }
    const window = piece(text, at, UNESCAPED);
    const next = window.indexOf('\x1b');
    const run = next < 0 ? window : window.slice(0, next);
    const open = next < 0 && at + window.length < text.length;
    let taken = 0;
    for (const cluster of clusters(run)) {
      // What comes behind the window may belong to its last cluster.
      if (open && taken > 0 && taken + cluster.length >= run.length) break;
      yield cluster;
      taken += cluster.length;
    }
    at += taken;
  }
}

/** As much of a text as can matter for its first `width` columns. */
function startOf(text: string, width: number): string {
  return piece(text, 0, UNITS_PER_COLUMN * (Math.max(0, width) + 1));
}

/** As much of a text as can matter for its last `width` columns. */
function endOf(text: string, width: number): string {
  const from = text.length - UNITS_PER_COLUMN * (Math.max(0, width) + 1);
  return from <= 0 ? text : text.slice(from);
}

function head(text: string, width: number): string {
  const start = startOf(text, width);
  if (isAscii(start)) return start.slice(0, Math.max(0, width));
  let out = '';
  let used = 0;
  for (const cluster of clusters(start)) {
    used += clusterWidth(cluster);
    if (used > width) break;
    out += cluster;
  }
  return out;
}

function tail(text: string, width: number): string {
  if (isAscii(text)) return width <= 0 ? '' : text.slice(-width);
  let out = '';
  let used = 0;
  for (const cluster of [...clusters(text)].reverse()) {
    used += clusterWidth(cluster);
    if (used > width) break;
    out = cluster + out;
  }
  return out;
}
