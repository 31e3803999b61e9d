/** The dialog of an action, stage by stage. */
import type { ActionFlow, FlowState } from '../../actions/engine/view.ts';
import type { Cell } from '../../core/styled.ts';
import type { Painter } from '../../theme/index.ts';
import { centered, type Layout } from '../layout.ts';
import { wrapCell } from '../message.ts';
import type { FlowOverlay } from '../state-overlay.ts';
import { boxLines, innerWidth, type BoxLine } from './box.ts';
import { buttons, keyHints, type Content } from './content.ts';
import { formContent } from './form-content.ts';
import type { DialogModel } from './model.ts';
import { operationLines } from './operation-lines.ts';
import { planLines } from './plan-lines.ts';
import { typedNameLines } from './typed-name.ts';

/** Widest dialog: longer lines are hard to read. */
const WIDTH = 84;
/** Widest one with a difference or a preview, whose lines are those of somebody else. */
const WIDE = 120;

/** Draws the dialog of a flow. */
export function flowDialog(
  flow: ActionFlow,
  overlay: FlowOverlay,
  painter: Painter,
  layout: Layout,
): DialogModel {
  const width = Math.min(isWide(flow.state) ? WIDE : WIDTH, layout.columns - 4);
  const where = whereLines(flow, innerWidth(width));
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
function whereLines({ state, where }: ActionFlow, width: number): readonly BoxLine[] {
  if (state.stage === 'ended') return [];
  const lines = wrapCell([[`on ${where}`, 'accent']], width);
  return [...lines.map((cell) => ({ cell })), { cell: '' }];
}

interface Room {
  readonly width: number;
  readonly height: number;
}

function contentOf(
  { state, goesBack }: ActionFlow,
  overlay: FlowOverlay,
  room: Room,
  painter: Painter,
): Content {
  switch (state.stage) {
    case 'checking':
      return {
        body: [{ cell: [['asking whether you may, and what there is…', 'info']] }],
        footer: ESC,
      };
    case 'editing':
      return { body: [{ cell: [['in your editor…', 'info']] }], footer: '' };
    case 'planning':
      return { body: [{ cell: [['planning: nothing is changed yet…', 'info']] }], footer: ESC };
    case 'form':
      return formContent(state, overlay, room, painter);
    case 'confirm':
      return confirm(state, overlay, room, goesBack);
    case 'running':
      return running(state, overlay, room, goesBack);
    case 'refused':
      return refused(state, room, goesBack);
    case 'ended':
      return { body: [], footer: ESC };
  }
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
  { plan, typeName }: Extract<FlowState, { stage: 'confirm' }>,
  overlay: FlowOverlay,
  { width, height }: Room,
  goesBack: string,
): Content {
  const { focus, typed } = overlay;
  const ready = typeName === null || typed.text === typeName;
  const tone = focus === 'confirm' && !ready ? 'warn' : 'text';
  const typing = typeName === null ? null : typedNameLines({ name: typeName, typed, tone, width });
  const below = typing === null ? 2 : typing.lines.length + 3;
  const body = [...scrolled(planLines(plan, width), overlay.scroll, Math.max(3, height - below))];
  const cursor = typing && { ...typing.cursor, y: typing.cursor.y + body.length };
  if (typing !== null) body.push(...typing.lines, { cell: '' });
  body.push({
    cell: buttons([
      { text: 'Cancel', focused: focus === 'cancel', enabled: true },
      { text: 'Do it', focused: focus === 'confirm', enabled: ready },
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
  { operation }: Extract<FlowState, { stage: 'running' }>,
  overlay: FlowOverlay,
  { width, height }: Room,
  goesBack: string,
): Content {
  const { title, state, stoppable } = operation;
  const head = wrapCell([[title, 'strong']], width);
  const lines: readonly Cell[] = [...head, '', ...operationLines(operation, width)];
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

function refused(
  { reason, hint }: Extract<FlowState, { stage: 'refused' }>,
  { width }: Room,
  goesBack: string,
): Content {
  const lines = [
    ...wrapCell([[`✗ ${reason}`, 'bad']], width),
    ...(hint === '' ? [] : wrapCell([[hint, 'muted']], width)),
  ];
  return {
    body: lines.map((cell) => ({ cell })),
    footer: keyHints([
      ['⏎', goesBack || 'back'],
      ['esc', 'leave'],
    ]),
  };
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const ESC: Cell = keyHints([['esc', 'leave']]);
