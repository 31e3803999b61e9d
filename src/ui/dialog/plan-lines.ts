/** A plan as lines: what changes, who suffers, what to know first, and the command that does the same. */
import type { Plan } from '../../actions/define.ts';
import type { Cell, Tone } from '../../core/styled.ts';
import { segmentsOf } from '../chrome/pack.ts';
import { wrapCell } from '../message.ts';

/** Victims named one by one; the others are a number. */
const NAMED = 8;

/** The lines of a plan, wrapped to `width`. */
export function planLines(plan: Plan, width: number): readonly Cell[] {
  const { victims } = plan;
  const named = victims.slice(0, NAMED);
  const others = victims.length - named.length;
  return [
    [[plan.title, 'strong'] as const],
    ...section('', plan.changes, 'text', width),
    ...section('Refused by the server', plan.refusals, 'bad', width),
    ...section('Know first', plan.warnings, 'warn', width),
    ...section(
      `Affected (${plan.victimCount ?? victims.length})`,
      others > 0 ? [...named, `and ${others} more`] : named,
      'text',
      width,
    ),
    ...section('The same by hand', plan.commands, 'info', width),
  ];
}

function section(
  title: string,
  cells: readonly Cell[],
  tone: Tone,
  width: number,
): readonly Cell[] {
  if (cells.length === 0) return [];
  const mark = tone === 'bad' ? '✗ ' : tone === 'warn' ? '! ' : '';
  const head: readonly Cell[] = title === '' ? [''] : ['', [[title, 'muted']]];
  return [
    ...head,
    ...cells.flatMap((cell) => {
      const toned: Cell = typeof cell === 'string' ? [[`${mark}${cell}`, tone]] : cell;
      return wrapCell(toned, width - 2).map((line): Cell => [['  ', 'text'], ...segmentsOf(line)]);
    }),
  ];
}
