/** A grapheme cluster, and where it begins (UTF-16 units). */
interface Segment {
  readonly segment: string;
  readonly index: number;
}

// Characters that neither join with a neighbour nor are joined, so that each UTF-16 unit is a cluster
// (UAX #29): controls but CR, ASCII, Latin, punctuation, symbols, arrows and box drawing, kana,
// Chinese characters, Hangul syllables, full-width forms.
const APART =
  /^[\x00-\x0c\x0e-\x7e\xa1-\xac\xae-\u02ff\u2010-\u2027\u2030-\u205e\u2100-\u27bf\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60]*$/;

let segmenter: Intl.Segmenter | null = null;

/**
 * Splits text into grapheme clusters as `Intl.Segmenter` does, for which it stands in, also in the
 * libraries of the bundle: loading ICU's rules takes 15 ms or more of a start, and most texts need
 * none of them.
 */
export class Graphemes {
  segment(text: string): Iterable<Segment> {
    if (APART.test(text)) return Array.from(text, (segment, index) => ({ segment, index }));
    segmenter ??= new globalThis.Intl.Segmenter(undefined, { granularity: 'grapheme' });
    return segmenter.segment(text);
  }
}
