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

/** The lines as they are shown: marks as well as colours tell what goes and what comes. */
export function diffCells(lines: readonly DiffLine[]): readonly Cell[] {
  return lines.map(({ mark, text }): Cell => [
    [mark === '@' ? `… ${text}` : `${mark} ${text}`, TONES[mark]],
  ]);
}
