/** The name that is typed to confirm, and what of it is typed so far: always to be seen whole. */
import type { Tone } from '../../core/styled.ts';
import { fits, sliceColumns, textWidth } from '../../core/text.ts';
import type { Line } from '../../keys/line-editor.ts';
import { wrapCell } from '../message.ts';
import type { BoxLine } from './box.ts';

/** What it is drawn from. */
export interface TypedNameInput {
  /** What has to be typed. */
  readonly name: string;
  readonly typed: Line;
  readonly tone: Tone;
  /** Cells there are. */
  readonly width: number;
}

/** Its lines, and where in them the cursor stands. */
export interface TypedName {
  readonly lines: readonly BoxLine[];
  readonly cursor: { readonly x: number; readonly y: number };
}

/** One line where prompt and name fit beside each other, whatever is typed; else the text's own. */
export function typedNameLines({ name, typed, tone, width }: TypedNameInput): TypedName {
  const prompt = `Type ${name} to confirm:`;
  const beside = fits(`${prompt} ${name} `, width);
  const above = beside ? [] : wrapCell([[prompt, tone]], width);
  const lead = beside ? `${prompt} ` : '› ';
  // The end of what is typed is shown, and more where the cursor is; the last column is the cursor's.
  const { text } = typed;
  const cursor = textWidth(text.slice(0, typed.cursor));
  const room = Math.max(0, width - textWidth(lead) - 1);
  const from = Math.max(0, Math.min(cursor, textWidth(text) - room));
  const shown = sliceColumns(text, from, from + room);
  return {
    lines: [
      ...above.map((cell) => ({ cell })),
      {
        cell: [
          [lead, tone],
          [shown, 'strong'],
        ],
      },
    ],
    cursor: { x: textWidth(lead) + cursor - from, y: above.length },
  };
}
