/** The line at the bottom: the prompt while one types, else what happened last. */
import type { Segment } from '../../core/styled.ts';
import { fit, sanitize, textWidth, truncate } from '../../core/text.ts';
import type { TitlePart } from '../pane.ts';
import type { Flash } from '../state.ts';
import type { PromptState } from '../state-prompt.ts';
import { cutSegments } from '../table/cells.ts';
import { packParts, segmentsWidth } from './pack.ts';

/** The prompt's line and where the terminal's cursor stands in it. */
export interface PromptLine {
  readonly segments: readonly Segment[];
  readonly cursor: number;
}

/** The prompt, the suggestion behind the cursor, and what is wrong at the right end. */
export function promptLine(prompt: PromptState, ghost: string, width: number): PromptLine {
  const { mark, line, error } = prompt;
  // What is wrong gets what the line leaves, and most of the screen where the line is long.
  const left = width - mark.length - textWidth(line.text.slice(0, width)) - 3;
  const most = Math.max(Math.floor(width * 0.6), left);
  const note = error === '' ? '' : ` ${truncate(sanitize(error), most)}`;
  const room = Math.max(8, width - 2 - mark.length - textWidth(note));
  // A long line is shown around its cursor.
  const before = sanitize(line.text.slice(0, line.cursor));
  const after = sanitize(line.text.slice(line.cursor));
  const shown = tailOf(before, room - 1);
  const used = textWidth(shown);
  const rest = truncate(after, room - used);
  const suggestion = after === '' ? truncate(ghost, Math.max(0, room - used)) : '';
  const blank = width - 1 - mark.length - used - textWidth(rest + suggestion) - textWidth(note);
  return {
    segments: [
      [' ', 'text'],
      [mark, 'accent'],
      [shown + rest, 'text'],
      [suggestion, 'muted'],
      [' '.repeat(Math.max(0, blank)), 'text'],
      [note, 'bad'],
    ],
    cursor: 1 + mark.length + used,
  };
}

/** What happened last. */
export function flashLine(flash: Omit<Flash, 'at'>, width: number): readonly Segment[] {
  return cutSegments([[fit(` ${sanitize(flash.text)}`, width), flash.tone]], width);
}

const BETWEEN = ' · ';

/** What can be done about what is wrong: texts that are too long together are cut alike. */
export function adviceLine(texts: readonly string[], width: number): readonly Segment[] {
  const safe = texts.map((text) => sanitize(text));
  const shortFirst = safe.toSorted((a, b) => textWidth(a) - textWidth(b));
  let left = width - 1 - BETWEEN.length * (texts.length - 1);
  const most = new Map<string, number>();
  for (const [i, text] of shortFirst.entries()) {
    const room = Math.max(1, Math.min(textWidth(text), Math.floor(left / (texts.length - i))));
    most.set(text, room);
    left -= room;
  }
  const cut = safe.map((text) => truncate(text, most.get(text) ?? 0));
  return cutSegments([[fit(` ${cut.join(BETWEEN)}`, width), 'muted']], width);
}

/** What is selected and cannot be shown whole. */
export function remarkLine(remark: readonly TitlePart[], width: number): readonly Segment[] {
  const packed = packParts(remark, width - 2, ' · ');
  return [[' ', 'text'], ...packed, [' '.repeat(width - 1 - segmentsWidth(packed)), 'text']];
}

function tailOf(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  let cut = text;
  // At least one cell a character, but for marks: what is far away is not looked at.
  if (cut.length > width * 8) cut = cut.slice(-width * 8);
  while (textWidth(cut) > width - 1) cut = cut.slice(1);
  return `…${cut}`;
}
