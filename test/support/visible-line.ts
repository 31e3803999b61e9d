import type { IBufferLine, Terminal } from '@xterm/headless';

/**
 * A row of what a terminal shows. Not always that of its buffer: an alternate screen that was left
 * when it was higher keeps the rows that scroll out of a lower one.
 */
export const visibleLine = (
  { buffer: { active } }: Pick<Terminal, 'buffer'>,
  y: number,
): IBufferLine | undefined => active.getLine(active.baseY + y);
