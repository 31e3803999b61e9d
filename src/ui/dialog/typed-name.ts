/** The name that is typed to confirm, and what of it is typed so far: always to be seen whole. */
import type { Tone } from '../../core/styled.ts';
import { fits, sliceColumns, textWidth } from '../../core/text.ts';
import { wrapCell } from '../message.ts';
import type { BoxLine } from './box.ts';

/** What it is drawn from. */
export interface TypedNameInput {
  /** What has to be typed. */
  readonly name: string;
  readonly typed: string;
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
  // The end of what is typed is what is being looked at; the last column is the cursor's.
  const end = textWidth(typed);
  const room = Math.max(0, width - textWidth(lead) - 1);
  const shown = sliceColumns(typed, end - room, end);
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
    cursor: { x: textWidth(lead) + textWidth(shown), y: above.length },
  };
}
