/** The prompt at the bottom of the screen: a line, its history, and what is wrong with it. */
import { EMPTY_LINE, lineOf, type Line } from '../keys/line-editor.ts';

export interface PromptState {
  /** `command` completes commands, `filter` is the pane's own (a filter or a search). */
  readonly kind: 'command' | 'filter';
  /** Shown in front of the line. */
  readonly mark: string;
  readonly line: Line;
  /** Under which name its past inputs are kept. */
  readonly history: string;
  /** Steps back in the history: 0 is the line being typed. */
  readonly back: number;
  /** The line being typed, while one looks at the history. */
  readonly draft: Line;
  readonly error: string;
  /**
   * The next letter takes the place of the line: it was carried out and failed, or is the filter
   * that is in force. What edits the line instead keeps it.
   */
  readonly replaces: boolean;
}

export type PromptAction =
  | {
      readonly type: 'prompt.open';
      readonly kind: PromptState['kind'];
      readonly mark: string;
      readonly text: string;
      readonly history: string;
    }
  | { readonly type: 'prompt.edit'; readonly line: Line }
  | { readonly type: 'prompt.error'; readonly error: string }
  | { readonly type: 'prompt.refused'; readonly error: string }
  | { readonly type: 'prompt.recall'; readonly step: 1 | -1 }
  | { readonly type: 'prompt.close' };

/** The prompt after an action. */
export function reducePrompt(
  prompt: PromptState | null,
  action: PromptAction,
  histories: Readonly<Record<string, readonly string[]>>,
): PromptState | null {
  if (action.type === 'prompt.close') return null;
  if (action.type === 'prompt.open') {
    const { kind, mark, text, history } = action;
    const line = text === '' ? EMPTY_LINE : lineOf(text);
    return {
      kind,
      mark,
      line,
      history,
      back: 0,
      draft: line,
      error: '',
      replaces: kind === 'filter',
    };
  }
  if (!prompt) return null;
  switch (action.type) {
    case 'prompt.edit':
      return {
        ...prompt,
        line: action.line,
        draft: action.line,
        back: 0,
        error: '',
        replaces: false,
      };
    case 'prompt.error':
      return prompt.error === action.error ? prompt : { ...prompt, error: action.error };
    case 'prompt.refused':
      // It stands as if it had been recalled: one step further back is what came before.
      return { ...prompt, error: action.error, replaces: true, back: 1, draft: EMPTY_LINE };
    case 'prompt.recall':
      return recall(prompt, action.step, histories[prompt.history] ?? []);
  }
}

function recall(prompt: PromptState, step: 1 | -1, past: readonly string[]): PromptState {
  const back = Math.max(0, Math.min(past.length, prompt.back + step));
  if (back === prompt.back) return prompt;
  const text = past[past.length - back];
  const line = back === 0 || text === undefined ? prompt.draft : lineOf(text);
  return { ...prompt, back, line, error: '', replaces: false };
}
