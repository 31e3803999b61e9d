/** What differs between two texts, line by line. */
import { structuredPatch } from 'diff';
import type { Cell, Tone } from './styled.ts';

/** A line of a difference. */
export interface DiffLine {
  /** `@` is a line that tells where. */
  readonly mark: ' ' | '+' | '-' | '@';
  readonly text: string;
}

/** Lines around each change that are shown with it. */
const CONTEXT = 3;
/** More changes than these are not sought for the least of them: all goes, all comes. */
const MOST_EDITS = 500;

/**
 * Lines that go and come, with those around them; where lines were left out, an `@` line tells
 * what the next ones stand in, by their indentation. Empty where nothing differs.
 */
export function lineDiff(before: string, after: string): readonly DiffLine[] {
  if (before === after) return [];
  const old = before.split('\n');
  const options = { context: CONTEXT, maxEditLength: MOST_EDITS };
  const ended = (text: string): string => (text === '' ? '' : `${text}\n`);
  const patch = structuredPatch('', '', ended(before), ended(after), '', '', options);
  if (patch === undefined) return [...marked('-', old), ...marked('+', after.split('\n'))];
  return patch.hunks.flatMap(({ oldStart, lines }) => [
    ...(oldStart > 1 ? [{ mark: '@' as const, text: enclosing(old, oldStart - 1) }] : []),
    ...lines.map((line): DiffLine => ({ mark: markOf(line), text: line.slice(1) })),
  ]);
}

const marked = (mark: DiffLine['mark'], lines: readonly string[]): readonly DiffLine[] =>
  lines.map((text) => ({ mark, text }));

const markOf = (line: string): DiffLine['mark'] =>
  line.startsWith('+') ? '+' : line.startsWith('-') ? '-' : ' ';

/** The lines that the line at `index` stands in, from outside, as one text: `spec › containers`. */
function enclosing(lines: readonly string[], index: number): string {
  const found: string[] = [];
  let depth = indentation(lines[index] ?? '');
  for (let at = index - 1; at >= 0 && depth > 0; at--) {
    const line = lines[at] ?? '';
    if (line.trim() === '' || indentation(line) >= depth) continue;
    depth = indentation(line);
    found.unshift(line.trim().replace(/:$/, ''));
  }
  return found.join(' › ');
}

const indentation = (line: string): number => line.length - line.trimStart().length;

const TONES: Readonly<Record<DiffLine['mark'], Tone>> = {
  ' ': 'muted',
  '+': 'good',
  '-': 'bad',
  '@': 'info',
};

/** So many characters of a line are shown: a value of one line may have 256 kB. */
const LONGEST = 400;
/** So many of them stand before what differs. */
const LEAD = 60;

/**
 * The lines as they are shown: marks as well as colours tell what goes and what comes. Long ones are
 * shown where they differ from what they are replaced by.
 */
export function diffCells(lines: readonly DiffLine[]): readonly Cell[] {
  return lines.map(({ mark, text }, i): Cell => {
    const shown = around(text, text.length > LONGEST ? differsAt(lines, i) : 0);
    return [[mark === '@' ? `… ${shown}` : `${mark} ${shown}`, TONES[mark]]];
  });
}

/** Where a line begins to differ from that of the same place among those which come for it, or went. */
function differsAt(lines: readonly DiffLine[], index: number): number {
  const { mark, text = '' } = lines[index] ?? {};
  if (mark !== '-' && mark !== '+') return 0;
  // What goes stands before what comes for it.
  let comes = index;
  while (lines[comes]?.mark === '-') comes++;
  while (lines[comes - 1]?.mark === '+') comes--;
  let goes = comes;
  while (lines[goes - 1]?.mark === '-') goes--;
  if (lines[comes]?.mark !== '+') return 0;
  const [own, others, wanted] = mark === '-' ? [goes, comes, '+'] : [comes, goes, '-'];
  const other = lines[others + index - own];
  if (other?.mark !== wanted) return 0;
  let at = 0;
  while (at < text.length && text[at] === other.text[at]) at++;
  return at;
}

/** A text of bounded length: that around a place, and how much more there is. */
function around(text: string, place: number): string {
  if (text.length <= LONGEST) return text;
  const begin = Math.max(0, Math.min(place - LEAD, text.length - LONGEST));
  const more = text.length - LONGEST;
  const rest = begin + LONGEST < text.length ? '…' : '';
  return `${begin > 0 ? '…' : ''}${text.slice(begin, begin + LONGEST)}${rest} (${more} more characters)`;
}
