/** All that stands around a pane, as finished lines: made from the state, compared, and only then rendered. */
import type { Painter } from '../../theme/index.ts';
import type { Binding } from '../../keys/keymap.ts';
import { layout, MIN_COLUMNS, MIN_ROWS, type Layout } from '../layout.ts';
import type { DialogModel } from '../dialog/model.ts';
import type { PaneTitle, TitlePart } from '../pane.ts';
import type { UiState } from '../state.ts';
import { adviceLine, flashLine, promptLine, remarkLine } from './bottom-line.ts';
import { frameBottom, frameTop } from './frame.ts';
import { headerLine, problemsSegments, type HeaderInput } from './header.ts';
import { hintSegments } from './hints.ts';
import { namespaceSegments } from './namespaces.ts';
import { segmentsWidth } from './pack.ts';

/** What the chrome is made from. */
export interface ChromeInput {
  readonly state: UiState;
  readonly painter: Painter;
  readonly header: HeaderInput;
  readonly namespaces: { readonly names: readonly string[]; readonly present: string };
  readonly hints: readonly Binding[];
  readonly title: PaneTitle;
  readonly crumbs: readonly string[];
  /** Stands at the bottom where nothing else does. */
  readonly advice: readonly string[];
  /** Stands there where there is no advice either. */
  readonly remark: readonly TitlePart[];
  /** The rest of what the prompt suggests, behind its cursor. */
  readonly ghost: string;
  readonly dialog: ((layout: Layout) => DialogModel) | null;
}

/** Finished lines and where they stand. */
export interface ChromeModel {
  readonly layout: Layout;
  /** Above the pane: painted, not rendered by Ink. */
  readonly above: readonly string[];
  /** The title: painted. */
  readonly top: string;
  readonly bottom: string;
  /** Prompt or flash: painted. */
  readonly bottomLine: string;
  readonly cursor: { readonly x: number; readonly y: number } | null;
  readonly dialog: DialogModel | null;
}

/** Draws everything but the pane's body. */
export function chromeModel(input: ChromeInput): ChromeModel {
  const { state, painter, title, crumbs, dialog } = input;
  const places = layout(state.columns, state.rows, { header: state.header });
  if (places.tooSmall) return tooSmall(places, painter);
  const { columns, frame } = places;
  const prompt = state.prompt ? promptLine(state.prompt, input.ghost, columns) : null;
  return {
    layout: places,
    above: linesAbove(input, places),
    top: frameTop(title, frame.width, painter),
    bottom: frameBottom(crumbs, frame.width, painter),
    bottomLine: painter.paint(prompt ? prompt.segments : restingLine(input, columns)),
    cursor: prompt ? { x: prompt.cursor, y: places.flash.y } : null,
    dialog: dialog ? dialog(places) : null,
  };
}

/** The line at the bottom while nobody types. */
function restingLine({ state, advice, remark }: ChromeInput, columns: number) {
  if (state.flash) return flashLine(state.flash, columns);
  return advice.length > 0 || remark.length === 0
    ? adviceLine(advice, columns)
    : remarkLine(remark, columns);
}

function linesAbove(input: ChromeInput, { columns, header, hints }: Layout): readonly string[] {
  const { painter } = input;
  const lines: string[] = [];
  if (header.height > 0) lines.push(painter.paint(headerLine(input.header, columns)));
  if (header.height > 1) {
    const { names, present } = input.namespaces;
    lines.push(painter.paint(namespaceSegments(names, present, columns)));
  }
  if (hints.height > 0) lines.push(painter.paint(hintLine(input, columns)));
  return lines;
}

function hintLine(input: ChromeInput, columns: number) {
  const problems = problemsSegments(input.header.counts);
  const right = segmentsWidth(problems);
  const hints = hintSegments(input.hints, columns - 2 - (right > 0 ? right + 2 : 0));
  const blank = columns - 2 - segmentsWidth(hints) - right;
  return [
    [' ', 'text'] as const,
    ...hints,
    [' '.repeat(Math.max(0, blank)), 'text'] as const,
    ...problems,
    [' ', 'text'] as const,
  ];
}

function tooSmall(places: Layout, painter: Painter): ChromeModel {
  const { columns, rows } = places;
  const texts = [
    `too small: ${columns}×${rows}, need ${MIN_COLUMNS}×${MIN_ROWS}`,
    'no key does anything but ctrl-c',
  ];
  return {
    layout: places,
    above: texts.slice(0, rows).map((text) => painter.tone(text.slice(0, columns), 'warn')),
    top: '',
    bottom: '',
    bottomLine: '',
    cursor: null,
    dialog: null,
  };
}

/** Whether Ink would render the same of two models. */
export function sameChrome(a: ChromeModel, b: ChromeModel): boolean {
  return (
    a.bottom === b.bottom &&
    a.layout.columns === b.layout.columns &&
    a.layout.rows === b.layout.rows &&
    a.layout.body.y === b.layout.body.y &&
    JSON.stringify(a.dialog) === JSON.stringify(b.dialog)
  );
}
