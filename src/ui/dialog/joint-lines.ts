/** An action on several clusters as lines: how each of them stands, and below that its plan. */
import type { AnyFlow, JointFlow, JointPart } from '../../actions/engine/joint/view.ts';
import type { Cell, Segment } from '../../core/styled.ts';
import { OPERATION_GLYPHS } from '../action-notices.ts';
import { segmentsOf } from '../chrome/pack.ts';
import { wrapCell } from '../message.ts';
import { cutSegments, fitCell } from '../table/cells.ts';
import { operationLines } from './operation-lines.ts';
import { planLines } from './plan-lines.ts';
import { refusalLines } from './refusal-lines.ts';

/** What stands before all that belongs to a cluster, in its tone. */
const BAR = '▌';

export const isJoint = (flow: AnyFlow): flow is JointFlow => 'parts' in flow;

/**
 * A line for each cluster, always in sight: what is done there, or why nothing is. Where there are
 * more than fit, those that nothing is done on come first.
 */
export function jointHead({ parts }: JointFlow, width: number, most: number): readonly Cell[] {
  const fits = parts.length <= most;
  const shown = fits ? parts : parts.toSorted((a, b) => Number(isOff(b)) - Number(isOff(a)));
  const others = parts.length - most + 1;
  const seen = fits ? shown : shown.slice(0, most - 1);
  const name = Math.max(...seen.map((part) => nameOf(part).length));
  return [
    ...seen.map((part) => headLine(part, name, width)),
    ...(fits ? [] : [[[`and ${others} more clusters: below`, 'muted']] satisfies Cell]),
  ];
}

/** All there is to read of each cluster, one below the other. */
export function jointLines({ parts }: JointFlow, width: number): readonly Cell[] {
  return parts.flatMap((part, i): readonly Cell[] => {
    const lines = partLines(part, width - 2);
    const indented = lines.map((cell): Cell => [['  ', 'text'], ...segmentsOf(cell)]);
    return [...(i > 0 ? [''] : []), nameCell(part), ...indented];
  });
}

/** Nothing is done on it. */
const isOff = ({ state, isLeftOut }: JointPart): boolean => isLeftOut || state.stage === 'refused';

const LEFT_OUT: Segment = ['– left out: nothing is done here, for it had not answered', 'warn'];

function partLines({ state, isLeftOut, operation }: JointPart, width: number): readonly Cell[] {
  if (isLeftOut) return wrapCell([LEFT_OUT], width);
  if (state.stage === 'refused') return refusalLines(state, width);
  if (state.stage === 'confirm') return planLines(state.plan, width);
  if (operation === null) return [];
  return [...wrapCell([[operation.title, 'strong']], width), ...operationLines(operation, width)];
}

const nameOf = ({ name, place }: JointPart): string => (place === '' ? name : `${name} · ${place}`);

const nameCell = (part: JointPart): Cell => [
  [BAR, part.tone],
  [part.name, part.tone],
  [part.place === '' ? '' : ` · ${part.place}`, 'muted'],
];

/** @param names cells for the names of all */
function headLine(part: JointPart, names: number, width: number): Cell {
  const room = Math.min(names, Math.floor(width / 2));
  const line = [
    ...fitCell(nameCell(part), { width: room + 1, align: 'left', cut: 'end' }),
    ['  ', 'text'] as const,
    headWord(part),
  ];
  return cutSegments(line, width);
}

/** How a cluster stands, in a few words. */
function headWord({ state, isLeftOut, isConfirmed, operation }: JointPart): Segment {
  if (isLeftOut) return LEFT_OUT;
  if (isConfirmed && operation !== null && state.stage !== 'form') {
    const [glyph, tone] = OPERATION_GLYPHS[operation.state];
    return [`${glyph} ${operation.text}`, tone];
  }
  switch (state.stage) {
    case 'refused':
      return [`✗ nothing is done here: ${state.reason}`, 'bad'];
    case 'confirm':
      return [state.plan.title, 'strong'];
    case 'checking':
      return ['… has yet to answer', 'info'];
    case 'planning':
      return ['… planning', 'info'];
    default:
      return ['ready', 'muted'];
  }
}
