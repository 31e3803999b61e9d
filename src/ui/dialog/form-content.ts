/** A form in a dialog: a line a field, the options of the one that has the keys, a preview below. */
import {
  chosen,
  type ChoiceField,
  type FormLine,
  type FormValues,
} from '../../actions/engine/form.ts';
import type { FlowState } from '../../actions/engine/view.ts';
import type { Cell, Segment } from '../../core/styled.ts';
import { pad, sanitize, textWidth, truncate as cut } from '../../core/text.ts';
import type { Painter } from '../../theme/index.ts';
import { segmentsOf } from '../chrome/pack.ts';
import { wrapCell } from '../message.ts';
import type { FlowOverlay } from '../state-overlay.ts';
import type { BoxLine } from './box.ts';
import { focusedLine, highlighted, narrowed } from './form-options.ts';
import { keyHints, type Content } from './content.ts';
import type { DialogInput } from './model.ts';

/** Options shown at once. */
const OPTIONS = 8;
/** Lines that a preview has at least, its head included. */
const PREVIEW = 5;

type FormStage = Extract<FlowState, { readonly stage: 'form' }>;

/** What there is room for. */
interface Room {
  readonly width: number;
  readonly height: number;
}

/** The lines of a form and, of the one that has the keys, where they stand. */
interface Drawn {
  readonly body: BoxLine[];
  /** Where each of the fields begins. */
  readonly starts: readonly number[];
  readonly from: number;
  readonly to: number;
  readonly input: DialogInput | null;
}

export function formContent(
  state: FormStage,
  overlay: FlowOverlay,
  { width, height }: Room,
  painter: Painter,
): Content {
  const preview = previewLines(state, width);
  const kept =
    preview.length === 0
      ? 0
      : Math.min(preview.length + 2, Math.max(PREVIEW, Math.floor(height / 2)));
  const form = drawn(state, overlay, width, height - kept, painter);
  const room = Math.max(form.to - form.from, Math.min(form.body.length, height - kept));
  const top = Math.max(0, Math.min(form.from - 1, form.to - room, form.body.length - room));
  const from = form.to > room ? Math.max(top, form.to - room) : 0;
  const body = withMore(form, from, form.body.slice(from, from + room));
  if (state.trouble !== '')
    body.push(...wrapCell([[`✗ ${state.trouble}`, 'bad']], width).map((cell) => ({ cell })));
  if (preview.length > 0)
    body.push(...previewPart(preview, overlay.scroll, height - body.length, state.busy));
  else if (state.busy) body.push({ cell: [['asking…', 'muted']] });
  const { input } = form;
  return {
    body,
    footer: footer(state, overlay, preview.length > 0),
    ...(input !== null && { input: { ...input, y: input.y - from } }),
  };
}

function drawn(
  { lines, values }: FormStage,
  overlay: FlowOverlay,
  width: number,
  height: number,
  painter: Painter,
): Drawn {
  const labels = lines.map((line) => (line.type === 'more' ? 0 : textWidth(line.label)));
  const label = Math.min(Math.max(...labels) + 3, Math.floor(width / 2));
  const body: BoxLine[] = [];
  const starts: number[] = [];
  let [from, to] = [0, 0];
  let input: DialogInput | null = null;
  const focused = focusedLine(lines, overlay.field);
  for (const line of lines) {
    const has = line === focused;
    if (has) from = body.length;
    starts.push(body.length);
    body.push({ cell: lineCell(line, values, has, label, width) });
    if (!has) continue;
    const value = line.type === 'more' ? '' : (values[line.id] ?? '');
    if (line.type === 'choice') {
      const room = Math.max(2, Math.min(OPTIONS, height - 4));
      input = pushOptions(body, line, overlay, value, { width, height: room }, painter);
    } else if (line.type === 'text' || line.type === 'number') {
      const y = body.length - 1;
      const revision = `${line.id} ${overlay.revision}`;
      const room = Math.max(4, width - label);
      input = { kind: 'text', x: label, y, width: room, value, revision };
      // What is longer than a line goes on in the next ones; the cursor stands behind the last letter.
      for (let rest = textWidth(value) + 1 - room; rest > 0; rest -= room) body.push({ cell: '' });
    }
    if (line.type !== 'more') {
      const wrong = line.check(value);
      const remarks: readonly Segment[] = [
        [wrong, 'bad'],
        // Where a text is kept is of interest above all while something is wrong with it.
        [wrong === '' || line.type === 'document' ? line.hint : '', 'muted'],
      ];
      for (const said of remarks.filter(([text]) => text !== ''))
        body.push(...wrapCell([said], width - 2).map((cell) => ({ cell: indented(cell, 2) })));
    }
    to = body.length;
  }
  return { body, starts, from, to, input };
}

/** The lines that are shown, with how many fields are above and below them. */
function withMore({ starts }: Drawn, from: number, shown: readonly BoxLine[]): BoxLine[] {
  const above = starts.filter((start) => start < from).length;
  const below = starts.filter((start) => start >= from + shown.length).length;
  return shown.map((line, i) => {
    const words = [
      i === 0 && above > 0 ? `↑ ${above} more` : '',
      i === shown.length - 1 && below > 0 ? `↓ ${below} more` : '',
    ].filter((text) => text !== '');
    return words.length === 0 ? line : { ...line, right: [[` ${words.join(' ')}`, 'accent']] };
  });
}

function lineCell(
  line: FormLine,
  values: FormValues,
  focused: boolean,
  label: number,
  width: number,
): Cell {
  const mark = focused ? '▸ ' : '  ';
  if (line.type === 'more')
    return [
      [mark, 'accent'],
      [line.label, focused ? 'strong' : 'muted'],
    ];
  const value = values[line.id] ?? '';
  const wrong = !focused && line.check(value) !== '';
  const isTyped = line.type === 'text' || line.type === 'number';
  const shown =
    line.type === 'choice'
      ? choiceText(line, value)
      : line.type === 'document'
        ? line.file
        : isTyped && focused
          ? ''
          : value;
  return [
    [wrong ? '! ' : mark, wrong ? 'bad' : 'accent'],
    [pad(cut(line.label, label - 3), label - 2), focused ? 'strong' : 'muted'],
    [cut(shown, Math.max(4, width - label)), 'text'],
  ];
}

function choiceText({ options, several }: ChoiceField, value: string): string {
  const titles = chosen(value).map((id) => options.find((each) => each.id === id)?.title ?? id);
  if (titles.length === 0) return several ? 'none' : '';
  return several && titles.length > 1 ? `${titles.length}: ${titles.join(', ')}` : titles.join('');
}

/** The options below a choice: Ink's input stands there, a line for what was typed above it. */
function pushOptions(
  body: BoxLine[],
  field: ChoiceField,
  overlay: FlowOverlay,
  value: string,
  { width, height }: Room,
  painter: Painter,
): DialogInput | null {
  const { query } = overlay;
  if (query !== '' || field.options.length > height)
    body.push({
      cell: [['  › ', 'accent'], query === '' ? ['type to narrow', 'muted'] : [query, 'text']],
    });
  // Ink draws them: what others wrote is made safe here.
  const shown = narrowed(field, query).map((option) => ({
    ...option,
    title: sanitize(option.title),
    detail: sanitize(option.detail),
    disabled: sanitize(option.disabled),
  }));
  if (shown.length === 0) {
    const none = field.options.length === 0 ? 'there is nothing to choose' : 'nothing like that';
    body.push({ cell: [[`    ${none}`, 'muted']] });
    return null;
  }
  const y = body.length;
  for (let line = 0; line < Math.min(height, shown.length); line++) body.push({ cell: '' });
  const ids = new Set(chosen(value));
  const inner = width - 4;
  const titles = Math.min(Math.max(...shown.map(({ title }) => textWidth(title))), inner);
  const options = shown.map(({ id, title, detail, disabled }) => {
    const box = field.several ? `${ids.has(id) ? '[x]' : '[ ]'} ` : '';
    const text = `${box}${pad(cut(title, titles), titles)}  `;
    const rest = Math.max(0, inner - textWidth(text));
    return {
      id,
      label: painter.paint([
        [cut(text, inner), disabled === '' ? 'text' : 'muted'],
        [cut(disabled === '' ? detail : disabled, rest), disabled === '' ? 'muted' : 'warn'],
      ]),
    };
  });
  return {
    kind: 'select',
    x: 2,
    y,
    width: width - 2,
    limit: height,
    options,
    value: highlighted(field, overlay, value)?.id ?? '',
    revision: `${field.id} ${query} ${field.options.length}`,
  };
}

function previewLines({ preview }: FormStage, width: number): readonly Cell[] {
  return (preview ?? []).flatMap((cell) => wrapCell(cell, width));
}

function previewPart(
  lines: readonly Cell[],
  scroll: number,
  height: number,
  busy: boolean,
): readonly BoxLine[] {
  const rows = Math.max(1, height - 2);
  const from = Math.max(0, Math.min(scroll, lines.length - rows));
  const seen = lines.slice(from, from + rows);
  const position =
    lines.length > rows ? `${from + 1}–${from + seen.length} of ${lines.length} · pgup/pgdn` : '';
  return [
    { cell: '' },
    { cell: [[busy ? 'Preview …' : 'Preview', 'muted']], right: [[position, 'muted']] },
    ...seen.map((cell) => ({ cell })),
  ];
}

function footer({ lines, values }: FormStage, overlay: FlowOverlay, previewed: boolean): Cell {
  const line = focusedLine(lines, overlay.field);
  const isWrong = line?.type === 'document' && line.check(values[line.id] ?? '') !== '';
  return keyHints([
    ['⏎', line?.type === 'more' ? 'add' : isWrong ? 'edit again' : 'plan'],
    ...(line?.type === 'document' && !isWrong ? [['e', 'edit again'] as const] : []),
    ...(line?.type === 'choice' && line.several ? [['space', 'choose'] as const] : []),
    ...(line?.type === 'choice' ? [['↑↓', 'pick'] as const] : []),
    ...(lines.length > 1 ? [['tab', 'next field'] as const] : []),
    ...(previewed ? [['pgdn', 'preview'] as const] : []),
    ['esc', 'leave'],
  ]);
}

const indented = (cell: Cell, by: number): Cell => [[' '.repeat(by), 'text'], ...segmentsOf(cell)];
