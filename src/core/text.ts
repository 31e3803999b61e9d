import { clusters, clusterWidth, isAscii } from './clusters.ts';

/** Options of {@link sanitize}. */
export interface SanitizeOptions {
  /** Keep colours (`ESC [ … m`), for log lines; every other sequence still goes. */
  readonly keepSgr?: boolean;
  /** What a line break becomes: `⏎` by default. */
  readonly newline?: string;
}

const ELLIPSIS = '…';
const TAB = '    ';
// One SGR sequence. Its parameters are what terminals agree on; colon forms are dropped as unknown.
const SGR = /\x1b\[[\d;]*m/g;
const ONLY_SGR = /^\x1b\[[\d;]*m$/;
// Everything a terminal could act on or draw nothing for, longest forms first (ECMA-48 §5):
// strings (OSC, DCS, SOS, PM, APC) up to BEL or ST, control sequences, other escapes, line breaks,
// controls, bidi and other invisible characters (they hide or reorder text), lone surrogates.
const UNSAFE = new RegExp(
  [
    String.raw`(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)`,
    String.raw`(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]`,
    String.raw`\x1b[ -/]*[0-~]`,
    String.raw`\r\n|[\n\r\v\f\x85\u2028\u2029]`,
    String.raw`[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Cs}]`,
  ].join('|'),
  'gu',
);
// More marks than any script stacks on one letter: text that wants to draw over its neighbours.
const MARK_PILE = /(\p{M}{4})\p{M}+/gu;

/**
 * Foreign text made safe for the terminal, as one line: escape sequences and invisible characters go,
 * other control characters become their pictures (`␀`), tabs become blanks. With `keepSgr`, the
 * result ends in the default style.
 */
export function sanitize(text: string, options: SanitizeOptions = {}): string {
  if (isAscii(text)) return text;
  const newline = options.newline ?? '⏎';
  const safe = text
    .replace(UNSAFE, (unsafe) => {
      const code = unsafe.charCodeAt(0);
      if (unsafe === '\t') return TAB;
      if (unsafe === '\r\n' || (code >= 0x0a && code <= 0x0d)) return newline;
      if (code === 0x85 || code === 0x2028 || code === 0x2029) return newline;
      if (options.keepSgr === true && ONLY_SGR.test(unsafe)) return unsafe;
      if (unsafe.length > 1 && (code === 0x1b || code >= 0x80)) return '';
      if (code < 0x20) return String.fromCharCode(0x2400 + code);
      if (code === 0x7f) return '␡';
      return code >= 0xd800 && code <= 0xdfff ? '\ufffd' : '';
    })
    .replace(MARK_PILE, '$1');
  return safe.includes('\x1b') ? `${safe}\x1b[0m` : safe;
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
  if (textWidth(text) <= width) return text;
  return width <= 0 ? '' : head(text, width - 1) + ELLIPSIS;
}

/**
 * Cuts plain text in the middle to at most `width` columns, so that its last part stays: pods of one
 * workload differ only there (`api-7d…-x2x`).
 */
export function truncateMiddle(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  if (width <= 0) return '';
  const suffix = text.slice(Math.max(0, text.lastIndexOf('-')));
  const half = Math.floor((width - 1) / 2);
  const suffixWidth = textWidth(suffix);
  const tailWidth = suffixWidth > 1 && suffixWidth <= half ? suffixWidth : half;
  return head(text, width - 1 - tailWidth) + ELLIPSIS + tail(text, tailWidth);
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
 * default style.
 */
export function sliceColumns(text: string, start: number, end: number): string {
  if (isAscii(text)) return text.slice(Math.max(0, start), Math.max(0, end));
  let column = 0;
  let out = '';
  let styles = '';
  for (const part of text.split(/(\x1b\[[\d;]*m)/)) {
    if (column >= end) break;
    if (part.startsWith('\x1b[')) {
      styles = /^\x1b\[0*m$/.test(part) ? '' : styles + part;
      if (column > start) out += part;
      continue;
    }
    for (const cluster of clusters(part)) {
      const next = column + clusterWidth(cluster);
      const cut = Math.min(next, end) - Math.max(column, start);
      if (cut > 0) {
        if (out === '') out = styles;
        out += column >= start && next <= end ? cluster : ' '.repeat(cut);
      } else if (next === column && column > start && column <= end) out += cluster;
      column = next;
      if (column >= end) break;
    }
  }
  return out.includes('\x1b') ? `${out}\x1b[0m` : out;
}

function head(text: string, width: number): string {
  if (isAscii(text)) return text.slice(0, Math.max(0, width));
  let out = '';
  let used = 0;
  for (const cluster of clusters(text)) {
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
