/** The dialog of an action, stage by stage. */
import type { ActionFlow, FlowState, FormField } from '../../actions/define.ts';
import type { Cell, Segment } from '../../core/styled.ts';
import { pad, textWidth } from '../../core/text.ts';
import type { Painter } from '../../theme/index.ts';
import { centered, type Layout } from '../layout.ts';
import { wrapCell } from '../message.ts';
import type { FlowOverlay } from '../state-overlay.ts';
import { boxLines, innerWidth, type BoxLine } from './box.ts';
import type { DialogInput, DialogModel } from './model.ts';
import { planLines } from './plan-lines.ts';

/** Widest dialog: longer lines are hard to read. */
const WIDTH = 84;

interface Content {
  readonly body: readonly BoxLine[];
  readonly footer: Cell;
  /** Where one of Ink's inputs stands in the body. */
  readonly input?: DialogInput;
  /** Where the cursor stands in the body. */
  readonly cursor?: { readonly x: number; readonly y: number };
}

/** Draws the dialog of a flow. */
export function flowDialog(
  flow: ActionFlow,
  overlay: FlowOverlay,
  painter: Painter,
  layout: Layout,
): DialogModel {
  const width = Math.min(WIDTH, layout.columns - 4);
  const where = whereLines(flow, innerWidth(width));
  const height = layout.frame.height - 6 - where.length;
  const content = contentOf(flow.state, overlay, innerWidth(width), height);
  const body: BoxLine[] = [...where, ...content.body, { cell: '' }, { cell: content.footer }];
  const rect = centered(layout.frame, width, body.length + 2);
  const dangerous = flow.danger >= 2 && flow.state.stage === 'confirm';
  const tone = dangerous ? 'bad' : 'title';
  const lines = boxLines({ title: flow.title, width: rect.width, body, painter, tone });
  const { input = null, cursor } = content;
  return {
    rect,
    lines,
    input: input && { ...input, x: 2 + input.x, y: 1 + where.length + input.y },
    cursor: cursor ? { x: rect.x + 2 + cursor.x, y: rect.y + 1 + where.length + cursor.y } : null,
  };
}

/** On which cluster: what the header says may be another one by now. */
function whereLines({ state, where }: ActionFlow, width: number): readonly BoxLine[] {
  if (state.stage === 'ended') return [];
  const lines = wrapCell([[`on ${where}`, 'accent']], width);
  return [...lines.map((cell) => ({ cell })), { cell: '' }];
}

function contentOf(state: FlowState, overlay: FlowOverlay, width: number, height: number): Content {
  switch (state.stage) {
    case 'checking':
      return { body: [{ cell: [['asking the server whether you may…', 'info']] }], footer: ESC };
    case 'planning':
      return { body: [{ cell: [['planning: nothing is changed yet…', 'info']] }], footer: ESC };
    case 'form':
      return form(state.fields, overlay, width);
    case 'confirm':
      return confirm(state, overlay, width, height);
    case 'running': {
      const text = `${state.done} of ${state.total} done…`;
      return { body: [{ cell: state.plan.title }, { cell: [[text, 'info']] }], footer: LEAVE };
    }
    case 'refused':
      return refused(state, width);
    case 'ended':
      return { body: [], footer: ESC };
  }
}

function form(fields: readonly FormField[], overlay: FlowOverlay, width: number): Content {
  const label = Math.max(...fields.map((field) => textWidth(field.label))) + 2;
  const body: BoxLine[] = [];
  let input: DialogInput | undefined;
  for (const [i, field] of fields.entries()) {
    const value = overlay.values[field.id] ?? field.initial;
    const focused = i === overlay.field;
    const y = body.length;
    body.push({
      cell: [
        [pad(field.label, label), focused ? 'strong' : 'muted'],
        [focused ? '' : value, 'text'],
      ],
    });
    if (focused) {
      const place = { x: label, y, width: Math.max(4, width - label), value };
      const options = field.options ?? [];
      if (field.type === 'select') {
        input = { kind: 'select', ...place, options };
        for (let line = 1; line < Math.min(8, options.length); line++) body.push({ cell: '' });
      } else {
        input = { kind: 'text', ...place, revision: `${field.id} ${overlay.revision}` };
      }
    }
    const wrong = field.check(value);
    body.push({ cell: [[wrong === '' ? '' : `${' '.repeat(label)}${wrong}`, 'bad']] });
  }
  const several = fields.length > 1;
  const footer = keys([
    ['⏎', 'plan'],
    ...(several ? [['tab', 'next field'] as const] : []),
    ['esc', 'leave'],
  ]);
  return { body, footer, ...(input && { input }) };
}

function confirm(
  { plan, typeName }: Extract<FlowState, { stage: 'confirm' }>,
  overlay: FlowOverlay,
  width: number,
  height: number,
): Content {
  const lines = planLines(plan, width);
  const below = typeName === null ? 2 : 4;
  const room = Math.max(3, height - below);
  const from = Math.max(0, Math.min(overlay.scroll, lines.length - room));
  const body: BoxLine[] = lines.slice(from, from + room).map((cell) => ({ cell }));
  if (lines.length > room) {
    const seen = `${from + 1}–${Math.min(lines.length, from + room)} of ${lines.length} lines · ↑↓`;
    body.push({ cell: '', right: [[seen, 'muted']] });
  } else body.push({ cell: '' });
  const ready = typeName === null || overlay.typed === typeName;
  let cursor: Content['cursor'];
  if (typeName !== null) {
    const prompt = `Type ${typeName} to confirm: `;
    cursor = { x: textWidth(prompt) + textWidth(overlay.typed), y: body.length };
    body.push(
      {
        cell: [
          [prompt, overlay.focus === 'confirm' && !ready ? 'warn' : 'text'],
          [overlay.typed, 'strong'],
        ],
      },
      { cell: '' },
    );
  }
  body.push({ cell: buttons(overlay.focus, ready) });
  return {
    body,
    footer: keys([
      ['tab', 'other button'],
      ['⏎', overlay.focus === 'cancel' || ready ? 'press' : `once ${typeName} is typed`],
      ['esc', 'leave'],
    ]),
    ...(cursor && { cursor }),
  };
}

/** `[ Cancel ]  [ Do it ]`: the focused one is inverted and pointed at. */
function buttons(focus: FlowOverlay['focus'], ready: boolean): Cell {
  const button = (text: string, focused: boolean, enabled: boolean): readonly Segment[] => [
    [focused ? '▸' : ' ', 'accent'],
    [`[ ${text} ]`, focused ? 'selection' : enabled ? 'text' : 'muted'],
  ];
  return [
    ...button('Cancel', focus === 'cancel', true),
    ['  ', 'text'],
    ...button('Do it', focus === 'confirm', ready),
  ];
}

function refused(
  { reason, hint }: Extract<FlowState, { stage: 'refused' }>,
  width: number,
): Content {
  const lines = [
    ...wrapCell([[`✗ ${reason}`, 'bad']], width),
    ...(hint === '' ? [] : wrapCell([[hint, 'muted']], width)),
  ];
  return {
    body: lines.map((cell) => ({ cell })),
    footer: keys([
      ['⏎', 'back'],
      ['esc', 'leave'],
    ]),
  };
}

const keys = (pairs: readonly (readonly [key: string, does: string])[]): Cell =>
  pairs.flatMap(([key, does], i): Segment[] => [
    [`${i > 0 ? '  ' : ''}${key}`, 'accent'],
    [` ${does}`, 'muted'],
  ]);

const ESC: Cell = keys([['esc', 'leave']]);
const LEAVE: Cell = keys([['esc', 'leave the rest alone']]);
