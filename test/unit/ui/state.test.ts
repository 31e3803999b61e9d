import { describe, expect, it } from 'vitest';
import { reducePrompt } from '../../../src/ui/state-prompt.ts';
import { lineOf } from '../../../src/keys/line-editor.ts';
import { initialState, reduce, type UiAction, type UiState } from '../../../src/ui/state.ts';
import type { Overlay } from '../../../src/ui/state-overlay.ts';

const START = initialState(80, 24, 'age');
const after = (...actions: UiAction[]): UiState => actions.reduce(reduce, START);
const open: UiAction = {
  type: 'prompt.open',
  kind: 'command',
  mark: ':',
  text: '',
  history: 'command',
};
const type = (text: string): UiAction => ({ type: 'prompt.edit', line: lineOf(text) });
const recall = (step: 1 | -1): UiAction => ({ type: 'prompt.recall', step });
const remember = (text: string): UiAction => ({ type: 'remember', history: 'command', text });

describe('the state of the UI', () => {
  it('goes through the ways of writing times', () => {
    const times = [1, 2, 3].map(
      (n) => after(...Array.from({ length: n }, () => ({ type: 'time' }) as const)).settings.time,
    );
    expect(times).toEqual(['local', 'utc', 'age']);
  });

  it('is the same object where nothing changed', () => {
    expect(reduce(START, { type: 'resized', columns: 80, rows: 24 })).toBe(START);
    expect(reduce(START, { type: 'prompt.close' })).toBe(START);
    expect(reduce(START, { type: 'overlay.close' })).toBe(START);
    expect(reduce(START, { type: 'flash', flash: null })).toBe(START);
  });
});

describe('the prompt', () => {
  const said = (state: UiState) => state.prompt?.line.text;

  it('goes back and forth in its history, and keeps what was being typed', () => {
    const typed = [remember('pods'), remember('nodes'), open, type('de')];
    expect(said(after(...typed, recall(1)))).toBe('nodes');
    expect(said(after(...typed, recall(1), recall(1)))).toBe('pods');
    expect(said(after(...typed, recall(1), recall(1), recall(1)))).toBe('pods');
    expect(said(after(...typed, recall(1), recall(-1)))).toBe('de');
  });

  it('forgets an error as soon as one types on', () => {
    const wrong = after(open, type('po'), { type: 'prompt.error', error: 'no such thing' });
    expect(wrong.prompt?.error).toBe('no such thing');
    expect(reduce(wrong, type('pods')).prompt?.error).toBe('');
  });

  it('lets the first letter take the place of the filter in force, not of a command', () => {
    const opened = (kind: 'filter' | 'command') =>
      reducePrompt(null, { type: 'prompt.open', kind, mark: '/', text: 'api', history: kind }, {});
    expect(opened('filter')?.replaces).toBe(true);
    expect(opened('command')?.replaces).toBe(false);
  });

  it('takes a refused line for one of the history: what is typed next is one step from it', () => {
    const refused = after(remember('pods'), remember('podz'), open, type('podz'), {
      type: 'prompt.refused',
      error: 'no such thing',
    });
    expect(refused.prompt).toMatchObject({ line: { text: 'podz' }, replaces: true });
    expect(said(reduce(refused, recall(1)))).toBe('pods');
    expect(said(reduce(reduce(refused, type('d')), recall(1)))).toBe('podz');
    expect(said(reduce(refused, recall(-1)))).toBe('');
  });

  it('remembers each input once, newest last, and no blank ones', () => {
    const { histories } = after(remember('a'), remember('b'), remember('a'), remember('  '));
    expect(histories['command']).toEqual(['b', 'a']);
  });
});

describe('overlays', () => {
  const menu: Overlay = {
    kind: 'menu',
    id: 'palette',
    title: 'Commands',
    items: [],
    query: lineOf(''),
    index: 3,
  };

  it('begin at the top again when the query changes', () => {
    const opened = after({ type: 'overlay.open', overlay: menu });
    const typed = reduce(opened, { type: 'menu.type', query: lineOf('sc') });
    expect(typed.overlay).toMatchObject({ index: 0, query: { text: 'sc' } });
    expect(reduce(typed, { type: 'overlay.close' }).overlay).toBeNull();
  });

  it('take only the actions of their kind', () => {
    const opened = after({ type: 'overlay.open', overlay: menu });
    expect(reduce(opened, { type: 'flow.change', change: { focus: 'confirm' } })).toBe(opened);
  });
});
