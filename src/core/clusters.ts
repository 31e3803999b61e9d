import stringWidth from 'string-width';

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
/** Printable ASCII. */
const ASCII = /^[\x20-\x7e]*$/;
// Characters that neither join with a neighbour nor are joined: ASCII, Latin, punctuation, symbols,
// arrows and box drawing. They need no segmentation, which costs some 100 times as much.
const SIMPLE = /^[\x20-\x7e\xa1-\xac\xae-\u02ff\u2010-\u2027\u2030-\u205e\u2100-\u27bf]*$/;

const widths = new Map<string, number>();
const MAX_WIDTHS = 4096;

/** True for text in which every UTF-16 unit is one column. */
export function isAscii(text: string): boolean {
  return ASCII.test(text);
}

/** Columns of one grapheme cluster: 0, 1 or 2. */
export function clusterWidth(cluster: string): number {
  if (cluster.length === 1 && cluster >= ' ' && cluster <= '~') return 1;
  let width = widths.get(cluster);
  if (width === undefined) {
    // Nothing a terminal draws in one place is wider than two columns.
    width = Math.min(2, stringWidth(cluster));
    if (widths.size >= MAX_WIDTHS) widths.clear();
    widths.set(cluster, width);
  }
  return width;
}

/** The grapheme clusters (what a reader calls characters) of a text without escape sequences. */
export function clusters(text: string): Iterable<string> {
  return SIMPLE.test(text) ? text : graphemes(text);
}

function* graphemes(text: string): Iterable<string> {
  for (const { segment } of segmenter.segment(text)) yield segment;
}
