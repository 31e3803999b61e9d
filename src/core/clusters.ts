import stringWidth from 'string-width';
import { Graphemes } from './graphemes.ts';

const graphemes = new Graphemes();
/** Printable ASCII. */
const ASCII = /^[\x20-\x7e]*$/;
// Characters that neither join with a neighbour nor are joined: ASCII, Latin, punctuation, symbols,
// arrows and box drawing, kana, Chinese characters, Hangul syllables, full-width forms. They need no
// segmentation, which costs some 100 times as much.
const SIMPLE =
  /^[\x20-\x7e\xa1-\xac\xae-\u02ff\u2010-\u2027\u2030-\u205e\u2100-\u27bf\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60]*$/;

const widths = new Map<string, number>();
const MAX_WIDTHS = 4096;
/** How much of a text is looked at in one go (UTF-16 units); a longer cluster is cut into several. */
const WINDOW = 256;
/** What of a cluster decides its width (UTF-16 units): the rest can only be marks. */
const DECISIVE = 32;

/** True for text in which every UTF-16 unit is one column. */
export function isAscii(text: string): boolean {
  return ASCII.test(text);
}

/** True for text without controls, marks and whatever else joins with a neighbour or is not seen. */
export function isSimple(text: string): boolean {
  return SIMPLE.test(text);
}

/** Columns of one grapheme cluster: 0, 1 or 2. */
export function clusterWidth(cluster: string): number {
  if (cluster.length === 1) {
    if (cluster >= ' ' && cluster <= '~') return 1;
    if (
      (cluster >= '\u4e00' && cluster <= '\u9fff') ||
      (cluster >= '\uac00' && cluster <= '\ud7a3')
    )
      return 2;
  }
  const key = cluster.length > DECISIVE ? cluster.slice(0, DECISIVE) : cluster;
  let width = widths.get(key);
  if (width === undefined) {
    // Nothing a terminal draws in one place is wider than two columns.
    width = Math.min(2, stringWidth(key));
    if (widths.size >= MAX_WIDTHS) widths.clear();
    widths.set(key, width);
  }
  return width;
}

/**
 * The grapheme clusters (what a reader calls characters) of a text without escape sequences, found
 * as they are asked for: whoever stops early has not paid for the rest.
 */
export function clusters(text: string): Iterable<string> {
  return text.length <= WINDOW && SIMPLE.test(text) ? text : windows(text);
}

/** {@link clusters}, reading a text only by slices. */
export function* windows(text: Pick<string, 'length' | 'slice'>): Iterable<string> {
  for (let at = 0; at < text.length;) {
    const window = piece(text, at, WINDOW);
    const isLast = at + window.length >= text.length;
    let taken = 0;
    if (SIMPLE.test(window)) {
      // What comes behind the window may belong to its last character.
      taken = isLast ? window.length : window.length - 1;
      for (let i = 0; i < taken; i++) yield window.charAt(i);
    } else {
      for (const { segment, index } of graphemes.segment(window)) {
        const end = index + segment.length;
        if (!isLast && end === window.length && index > 0) break;
        yield segment;
        taken = end;
      }
    }
    at += taken;
  }
}

/** The text from `at` on, at most `most` UTF-16 units (2 or more), never ending within a surrogate pair. */
export function piece(text: Pick<string, 'length' | 'slice'>, at: number, most: number): string {
  const part = text.slice(at, at + most);
  const last = part.charCodeAt(part.length - 1);
  const parts = last >= 0xd800 && last <= 0xdbff && at + part.length < text.length;
  return parts ? part.slice(0, -1) : part;
}
