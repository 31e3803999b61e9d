import type { Cell, Tone } from '../core/styled.ts';
import type { ColorDepth } from './depth.ts';
import type { Theme } from './schema.ts';

/** Turns tones into SGR sequences. Its strings suit viewports and Ink's <Text> alike and end in the default style. */
export interface Painter {
  readonly theme: string;
  readonly depth: ColorDepth;
  /** Text in one tone, over the background and weight of `base` where one is given (e.g. `selection`). */
  tone(text: string, tone: Tone, base?: Tone): string;
  /** A cell, each segment in its tone over `base`. */
  paint(cell: Cell, base?: Tone): string;
}

export function createPainter(theme: Theme, depth: ColorDepth): Painter {
  return { theme: theme.name, depth, tone: (text) => text, paint: (cell) => String(cell) };
}
