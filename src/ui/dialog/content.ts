import type { Cell, Segment } from '../../core/styled.ts';
import type { BoxLine } from './box.ts';
import type { DialogInput } from './model.ts';

/** What stands in a dialog at one stage of an action. */
export interface Content {
  readonly body: readonly BoxLine[];
  readonly footer: Cell;
  /** Where one of Ink's inputs stands in the body. */
  readonly input?: DialogInput;
  /** Where the cursor stands in the body. */
  readonly cursor?: { readonly x: number; readonly y: number };
}

/** Keys and what they do, for the last line. */
export const keyHints = (pairs: readonly (readonly [key: string, does: string])[]): Cell =>
  pairs.flatMap(([key, does], i): Segment[] => [
    [`${i > 0 ? '  ' : ''}${key}`, 'accent'],
    [` ${does}`, 'muted'],
  ]);

/** `[ Cancel ]  [ Do it ]`: the focused one is inverted and pointed at. */
export function buttons(
  each: readonly { readonly text: string; readonly focused: boolean; readonly enabled: boolean }[],
): Cell {
  return each.flatMap(({ text, focused, enabled }, i): Segment[] => [
    [i > 0 ? '  ' : '', 'text'],
    [focused ? '▸' : ' ', 'accent'],
    [`[ ${text} ]`, focused ? 'selection' : enabled ? 'text' : 'muted'],
  ]);
}
