import type { FlowState } from '../../actions/engine/view.ts';
import type { Cell } from '../../core/styled.ts';
import { wrapCell } from '../message.ts';

/** Why something is not done, and what can be done about that. */
export function refusalLines(
  { reason, hint }: Extract<FlowState, { readonly stage: 'refused' }>,
  width: number,
): readonly Cell[] {
  return [
    ...wrapCell([[`✗ ${reason}`, 'bad']], width),
    ...(hint === '' ? [] : wrapCell([[hint, 'muted']], width)),
  ];
}
