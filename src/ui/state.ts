/**
 * What the UI shows beside its panes, and how it changes: one pure function. Nothing here waits,
 * draws or asks; what keys mean is in commands/, what it looks like in chrome/.
 */
import type { Tone } from '../core/styled.ts';
import type { ViewSettings } from './pane.ts';
import { reduceOverlay, type Overlay, type OverlayAction } from './state-overlay.ts';
import { reducePrompt, type PromptAction, type PromptState } from './state-prompt.ts';

/** What the line at the bottom says. */
export interface Flash {
  readonly text: string;
  readonly tone: Tone;
  /** When it was said (ms). */
  readonly at: number;
}

export interface UiState {
  readonly columns: number;
  readonly rows: number;
  readonly header: boolean;
  readonly settings: ViewSettings;
  readonly flash: Flash | null;
  /** The line being typed: a command, a filter, a search. */
  readonly prompt: PromptState | null;
  /** Past inputs by the name of their prompt, oldest first. */
  readonly histories: Readonly<Record<string, readonly string[]>>;
  /** What lies over the pane: a menu, the palette, an action's dialog. */
  readonly overlay: Overlay | null;
}

export type UiAction =
  | { readonly type: 'resized'; readonly columns: number; readonly rows: number }
  | { readonly type: 'header' }
  | { readonly type: 'wide' }
  | { readonly type: 'time' }
  | { readonly type: 'flash'; readonly flash: Flash | null }
  | { readonly type: 'remember'; readonly history: string; readonly text: string }
  | PromptAction
  | OverlayAction;

/** Past inputs kept per prompt. */
const REMEMBERED = 50;

const TIMES = ['age', 'local', 'utc'] as const;

/** The state at the start. */
export function initialState(columns: number, rows: number, time: ViewSettings['time']): UiState {
  return {
    columns,
    rows,
    header: true,
    settings: { wide: false, time },
    flash: null,
    prompt: null,
    histories: {},
    overlay: null,
  };
}

/** The state after an action. Returns the same object where nothing changed. */
export function reduce(state: UiState, action: UiAction): UiState {
  switch (action.type) {
    case 'resized': {
      const { columns, rows } = action;
      return columns === state.columns && rows === state.rows ? state : { ...state, columns, rows };
    }
    case 'header':
      return { ...state, header: !state.header };
    case 'wide':
      return { ...state, settings: { ...state.settings, wide: !state.settings.wide } };
    case 'time': {
      const next = TIMES[(TIMES.indexOf(state.settings.time) + 1) % TIMES.length] ?? 'age';
      return { ...state, settings: { ...state.settings, time: next } };
    }
    case 'flash':
      return state.flash === action.flash ? state : { ...state, flash: action.flash };
    case 'remember':
      return { ...state, histories: remember(state.histories, action.history, action.text) };
    default:
      return reduceRest(state, action);
  }
}

function reduceRest(state: UiState, action: PromptAction | OverlayAction): UiState {
  if (action.type.startsWith('prompt.')) {
    const prompt = reducePrompt(state.prompt, action as PromptAction, state.histories);
    return prompt === state.prompt ? state : { ...state, prompt };
  }
  const overlay = reduceOverlay(state.overlay, action as OverlayAction);
  return overlay === state.overlay ? state : { ...state, overlay };
}

function remember(
  histories: UiState['histories'],
  history: string,
  text: string,
): UiState['histories'] {
  if (text.trim() === '') return histories;
  const others = (histories[history] ?? []).filter((past) => past !== text);
  return { ...histories, [history]: [...others, text].slice(-REMEMBERED) };
}
