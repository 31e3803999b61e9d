/** An operation as lines: its steps with how they stand, and what there is to see of the one under way. */
import type { Operation, StepState } from '../../actions/engine/view.ts';
import type { Cell, Tone } from '../../core/styled.ts';
import { segmentsOf } from '../chrome/pack.ts';
import { wrapCell } from '../message.ts';

export const SYMBOLS: Readonly<Record<StepState['state'], readonly [glyph: string, tone: Tone]>> = {
  waiting: ['○', 'muted'],
  already: ['✓', 'muted'],
  barred: ['–', 'warn'],
  working: ['…', 'info'],
  done: ['✓', 'good'],
  failed: ['✗', 'bad'],
  left: ['–', 'warn'],
};

/** Wrapped to `width`. */
export function operationLines({ steps, lines }: Operation, width: number): readonly Cell[] {
  return [
    ...steps.flatMap((step) => stepLines(step, width)),
    ...(lines.length > 0 ? [''] : []),
    ...lines.flatMap((cell) => wrapCell(cell, width)),
  ];
}

function stepLines({ title, state, text }: StepState, width: number): readonly Cell[] {
  const [glyph, tone] = SYMBOLS[state];
  const said = state === 'left' ? 'not begun' : text;
  const head: readonly Cell[] = wrapCell(
    [[title, state === 'waiting' ? 'muted' : 'text']],
    width - 2,
  );
  return [
    ...head.map((cell, i): Cell => [[i === 0 ? `${glyph} ` : '  ', tone], ...segmentsOf(cell)]),
    ...(said === '' || said === title
      ? []
      : wrapCell([[said, state === 'failed' ? 'bad' : 'muted']], width - 4).map((cell): Cell => [
          ['    ', 'text'],
          ...segmentsOf(cell),
        ])),
  ];
}
