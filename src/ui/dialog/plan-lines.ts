/** A plan as lines: what changes, who suffers, what to know first, and the command that does the same. */
import { commandsOf, isToDo, standOf, type Plan } from '../../actions/engine/plan.ts';
import { diffCells } from '../../core/line-diff.ts';
import type { Cell, Tone } from '../../core/styled.ts';
import { segmentsOf } from '../chrome/pack.ts';
import { wrapCell } from '../message.ts';
import { SYMBOLS } from './operation-lines.ts';

/** Victims named one by one; the others are a number. */
const NAMED = 8;

/** The lines of a plan, wrapped to `width`. */
export function planLines(plan: Plan, width: number): readonly Cell[] {
  const { victims, diff = [] } = plan;
  const named = victims.slice(0, NAMED);
  const others = victims.length - named.length;
  return [
    ...wrapCell([[plan.title, 'strong'] as const], width),
    ...section('', plan.changes, 'text', width),
    ...section('Refused by the server', plan.refusals, 'bad', width),
    ...section('Know first', plan.warnings, 'warn', width),
    ...section('What changes', diffCells(diff), 'text', width),
    ...section(
      `Affected (${plan.victimCount ?? victims.length})`,
      others > 0 ? [...named, `and ${others} more`] : named,
      'text',
      width,
    ),
    ...section('Steps', stepCells(plan), 'text', width),
    ...section('The same by hand', commandsOf(plan), 'info', width),
  ];
}

/** One step alone is said by the title. */
function stepCells({ steps, chain }: Plan): readonly Cell[] {
  if ((!chain || steps.length === 1) && steps.every(isToDo)) return [];
  return steps.map((step, i): Cell => {
    const { state, text } = standOf(step);
    const [glyph, tone] = SYMBOLS[state];
    return state === 'waiting'
      ? [[`${i + 1} ${step.title}`, 'text']]
      : [[`${glyph} ${step.title}: ${text}`, tone]];
  });
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
