import type { KeyEvent } from './decode.ts';

/** A line being edited. `cursor` is an offset in UTF-16 units, always between graphemes. */
export interface Line {
  readonly text: string;
  readonly cursor: number;
}

export const EMPTY_LINE: Line = { text: '', cursor: 0 };

/** A line with the cursor at its end. */
export function lineOf(text: string): Line {
  return { text, cursor: text.length };
}

/** The line after a key, or undefined when the key is not for an editor (the caller's layers then get it). */
export function editLine(line: Line, key: KeyEvent): Line | undefined {
  return key.text === undefined ? undefined : line;
}
