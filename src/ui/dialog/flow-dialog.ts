/** The dialog of an action, stage by stage. */
import type { AnyFlow } from '../../actions/engine/joint/view.ts';
import type { DialogState, FlowState } from '../../actions/engine/view.ts';
import type { Cell } from '../../core/styled.ts';
import type { Painter } from '../../theme/index.ts';
import { centered, type Layout } from '../layout.ts';
import { wrapCell } from '../message.ts';
import type { FlowOverlay } from '../state-overlay.ts';
import { boxLines, innerWidth, type BoxLine } from './box.ts';
import { buttons, keyHints, type Content } from './content.ts';
import { formContent } from './form-content.ts';
import { isJoint, jointHead, jointLines } from './joint-lines.ts';
import type { DialogModel } from './model.ts';
import { operationLines } from './operation-lines.ts';
import { planLines } from './plan-lines.ts';
import { refusalLines } from './refusal-lines.ts';
import { typedNameLines } from './typed-name.ts';

/** The key that does not wait for those who are slow. */
export const WITHOUT = 'w';
/** Widest dialog: longer lines are hard to read. */
const WIDTH = 84;
/** Widest one with a difference or a preview, whose lines are those of somebody else. */
const WIDE = 120;

/** Draws the dialog of a flow. */
export function flowDialog(
  flow: AnyFlow,
  overlay: FlowOverlay,
  painter: Painter,
  layout: Layout,
): DialogModel {
  const states = isJoint(flow) ? flow.parts.map(({ state }) => state) : [flow.state];
  const width = Math.min(states.some(isWide) ? WIDE : WIDTH, layout.columns - 4);
  const where = whereLines(flow, innerWidth(width), layout.frame.height);
  const room = { width: innerWidth(width), height: layout.frame.height - 6 - where.length };
  const content = contentOf(flow, overlay, room, painter);
  const body: BoxLine[] = [...where, ...content.body, { cell: '' }, { cell: content.footer }];
  const rect = centered(layout.frame, width, body.length + 2);
  const dangerous = flow.danger >= 2 && flow.state.stage === 'confirm';
  const tone = dangerous ? 'bad' : 'title';
  const title = [flow.title, flow.subject].filter(Boolean).join(' · ');
  const lines = boxLines({ title, width: rect.width, body, painter, tone });
  const { input = null, cursor } = content;
  return {
    rect,
    lines,
    input: input && { ...input, x: 2 + input.x, y: 1 + where.length + input.y },
    cursor: cursor ? { x: rect.x + 2 + cursor.x, y: rect.y + 1 + where.length + cursor.y } : null,
  };
}

function isWide(state: FlowState): boolean {
  if (state.stage === 'form') return (state.preview ?? []).length > 0;
  return state.stage === 'confirm' && (state.plan.chain || state.plan.diff !== undefined);
}

/** On which cluster: what the header says may be another one by now. */
function whereLines(flow: AnyFlow, width: number, height: number): readonly BoxLine[] {
  const { stage } = flow.state;
  // Where nothing is done on any of them, what is said of each says all.
  if (stage === 'ended' || (stage === 'refused' && isJoint(flow))) return [];
  const lines = isJoint(flow)
    ? jointHead(flow, width, Math.floor(height / 3))
    : wrapCell([[`on ${flow.where}`, 'accent']], width);
  return [...lines.map((cell) => ({ cell })), { cell: '' }];
}

interface Room {
  readonly width: number;
  readonly height: number;
}

function contentOf(flow: AnyFlow, overlay: FlowOverlay, room: Room, painter: Painter): Content {
  const { state, goesBack } = flow;
  const lines = isJoint(flow) ? jointLines(flow, room.width) : linesOf(flow.state, room.width);
  switch (state.stage) {
    case 'checking':
      return waiting('asking whether you may, and what there is…', flow);
    case 'editing':
      return { body: [{ cell: [['in your editor…', 'info']] }], footer: '' };
    case 'planning':
      return waiting('planning: nothing is changed yet…', flow);
    case 'form':
      return formContent(state, overlay, room, painter);
    case 'confirm':
      return confirm(
        lines,
        { typeName: state.typeName, doIt: doIt(flow) },
        overlay,
        room,
        goesBack,
      );
    case 'running':
      return running(lines, state.operation, overlay, room, goesBack);
    case 'refused':
      return {
        body: scrolled(lines, overlay.scroll, room.height),
        footer: keyHints([
          ['⏎', goesBack || 'back'],
          ['esc', 'leave'],
        ]),
      };
    case 'ended':
      return { body: [], footer: ESC };
  }
}

/** What there is to read of an action on one cluster. */
function linesOf(state: FlowState, width: number): readonly Cell[] {
  switch (state.stage) {
    case 'confirm':
      return planLines(state.plan, width);
    case 'running': {
      const { operation } = state;
      return [
        ...wrapCell([[operation.title, 'strong']], width),
        '',
        ...operationLines(operation, width),
      ];
    }
    case 'refused':
      return refusalLines(state, width);
    default:
      return [];
  }
}

/** What the button says: where not all that was asked for is done, on how many it is. */
function doIt(flow: AnyFlow): string {
  if (!isJoint(flow)) return 'Do it';
  const { parts } = flow;
  const done = parts.filter(({ state }) => state.stage === 'confirm').length;
  return done === parts.length ? 'Do it' : `Do it on ${done} of ${parts.length} clusters`;
}

/** Something is being asked. Those who have answered need not wait for those who have not. */
function waiting(text: string, flow: AnyFlow): Content {
  const names = isJoint(flow) ? flow.waitsFor : [];
  const without = `go on without ${names.join(', ')}`;
  return {
    body: [{ cell: [[text, 'info']] }],
    footer: keyHints([
      ...(names.length === 0 ? [] : [[WITHOUT, without] as const]),
      ['esc', 'leave'],
    ]),
  };
}

/** As many lines as there is room for, and which they are. */
function scrolled(lines: readonly Cell[], scroll: number, room: number): readonly BoxLine[] {
  const from = Math.max(0, Math.min(scroll, lines.length - room));
  const body = lines.slice(from, from + room).map((cell) => ({ cell }));
  if (lines.length <= room) return [...body, { cell: '' }];
  const seen = `${from + 1}–${from + body.length} of ${lines.length} lines · ↑↓ pgup/pgdn`;
  return [...body, { cell: '', right: [[seen, 'muted']] }];
}

function confirm(
  lines: readonly Cell[],
  { typeName, doIt }: { readonly typeName: string | null; readonly doIt: string },
  overlay: FlowOverlay,
  { width, height }: Room,
  goesBack: string,
): Content {
  const { focus, typed } = overlay;
  const ready = typeName === null || typed.text === typeName;
  const tone = focus === 'confirm' && !ready ? 'warn' : 'text';
  const typing = typeName === null ? null : typedNameLines({ name: typeName, typed, tone, width });
  const below = typing === null ? 2 : typing.lines.length + 3;
  const body = [...scrolled(lines, overlay.scroll, Math.max(3, height - below))];
  const cursor = typing && { ...typing.cursor, y: typing.cursor.y + body.length };
  if (typing !== null) body.push(...typing.lines, { cell: '' });
  body.push({
    cell: buttons([
      { text: 'Cancel', focused: focus === 'cancel', enabled: true },
      { text: doIt, focused: focus === 'confirm', enabled: ready },
    ]),
  });
  return {
    body,
    footer: keyHints([
      ['tab', 'other button'],
      ['⏎', focus === 'cancel' || ready ? 'press' : `once ${typeName} is typed`],
      ...(goesBack === '' ? [] : [['⌫', goesBack] as const]),
      ['esc', 'leave'],
    ]),
    ...(cursor && { cursor }),
  };
}

function running(
  lines: readonly Cell[],
  { state, stoppable }: Extract<DialogState, { stage: 'running' }>['operation'],
  overlay: FlowOverlay,
  { height }: Room,
  goesBack: string,
): Content {
  const body = [...scrolled(lines, overlay.scroll, Math.max(3, height - 2))];
  const over = state !== 'working';
  const { focus } = overlay;
  const mend = over ? goesBack : '';
  if (mend !== '')
    body.push({
      cell: buttons([
        { text: 'Close', focused: focus === 'cancel', enabled: true },
        { text: sentence(mend), focused: focus === 'confirm', enabled: true },
      ]),
    });
  else if (over) body.push({ cell: buttons([{ text: 'Close', focused: true, enabled: true }]) });
  else if (stoppable)
    body.push({
      cell: buttons([
        { text: 'Leave it running', focused: focus === 'cancel', enabled: true },
        { text: 'Stop the rest', focused: focus === 'confirm', enabled: true },
      ]),
    });
  else body.push({ cell: buttons([{ text: 'Leave it running', focused: true, enabled: true }]) });
  return {
    body,
    footer: keyHints([
      ...(mend !== '' || (!over && stoppable) ? [['tab', 'other button'] as const] : []),
      ['⏎', 'press'],
      ['esc', over ? 'close' : 'leave it running: @ lists it'],
    ]),
  };
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const ESC: Cell = keyHints([['esc', 'leave']]);
