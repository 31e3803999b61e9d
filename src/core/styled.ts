/**
 * What a colour means. Definitions name tones, never colours: a theme maps each tone to a style
 * (themes/*.yaml), and mono maps them to bold, dim and inverse only.
 */
export const TONES = [
  /** ordinary text */ 'text',
  /** secondary: labels, ages, what needs no attention */ 'muted',
  /** emphasised ordinary text: names */ 'strong',
  /** healthy, only where saying so helps */ 'good',
  /** needs a look soon */ 'warn',
  /** broken now */ 'bad',
  /** neutral notice: progress, hints */ 'info',
  /** what the keys act on: key names, prompt marks, matches */ 'accent',
  /** pane titles and column heads */ 'title',
  /** frames and rules */ 'border',
  /** the row under the cursor */ 'selection',
  /** a marked row */ 'marked',
  /** a search match inside text */ 'match',
  /** an object that is gone, or data that is stale */ 'gone',
  /** clusters beside each other in one table: each its own, beside its name */ 'cluster1',
  'cluster2',
  'cluster3',
  'cluster4',
  'cluster5',
  'cluster6',
] as const;

/** What tells clusters apart that are shown together. */
export const CLUSTER_TONES = [
  'cluster1',
  'cluster2',
  'cluster3',
  'cluster4',
  'cluster5',
  'cluster6',
] as const satisfies readonly Tone[];

/** One of {@link TONES}. */
export type Tone = (typeof TONES)[number];

/** A run of text in one tone. The text has no control characters. */
export type Segment = readonly [text: string, tone: Tone];

/** The content of a table cell or a line: plain text (tone `text`) or segments. */
export type Cell = string | readonly Segment[];

/** The text of a cell without its tones. */
export function plain(cell: Cell): string {
  return typeof cell === 'string' ? cell : cell.map(([text]) => text).join('');
}

/** The characters [from, to) of a cell, in UTF-16 units, with their tones. */
export function partOf(cell: Cell, from: number, to: number): readonly Segment[] {
  const segments: readonly Segment[] = typeof cell === 'string' ? [[cell, 'text']] : cell;
  const out: Segment[] = [];
  let at = 0;
  for (const [text, tone] of segments) {
    if (at >= to) break;
    const part = text.slice(Math.max(0, from - at), to - at);
    if (part !== '') out.push([part, tone]);
    at += text.length;
  }
  return out;
}
