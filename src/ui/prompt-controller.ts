/** The keys of the prompt: typing, history, suggestions, and what enter and esc do. */
import type { KeyEvent } from '../keys/key-event.ts';
import type { Layer } from '../keys/dispatcher.ts';
import { editLine, EMPTY_LINE, lineOf } from '../keys/line-editor.ts';
import { completions } from './command-completions.ts';
import type { Vocabulary } from './command-line.ts';
import type { PromptTarget } from './pane.ts';
import type { UiAction, UiState } from './state.ts';

/** What a prompt needs of the program. */
export interface PromptOwner {
  readonly state: UiState;
  dispatch(action: UiAction): void;
  scheduleDraw(): void;
  readonly vocabulary: Vocabulary;
  /** Runs a command line. What is wrong with it, or empty. */
  execute(text: string): string;
}

export class PromptController {
  readonly #owner: PromptOwner;
  #target: PromptTarget | null = null;
  #pending: NodeJS.Immediate | undefined;

  constructor(owner: PromptOwner) {
    this.#owner = owner;
  }

  /** Opens the `:` prompt, with a text to go on from. */
  openCommand(text = ''): void {
    this.#target = null;
    this.#owner.dispatch({
      type: 'prompt.open',
      kind: 'command',
      mark: ':',
      text,
      history: 'command',
    });
  }

  /** Opens the prompt of a pane: its filter or search. */
  openTarget(target: PromptTarget): void {
    this.#target = target;
    const { mark, initial, history } = target;
    this.#owner.dispatch({ type: 'prompt.open', kind: 'filter', mark, text: initial, history });
  }

  /** The rest of the likeliest suggestion, behind the cursor. */
  get ghost(): string {
    const { prompt } = this.#owner.state;
    if (prompt?.kind !== 'command' || prompt.line.cursor !== prompt.line.text.length) return '';
    const [best] = completions(prompt.line.text, this.#owner.vocabulary);
    if (best === undefined) return '';
    return best.slice((prompt.line.text.split(/\s+/).at(-1) ?? '').length);
  }

  /** Takes all keys while a prompt is open. */
  readonly layer: Layer = {
    keymaps: ['prompt'],
    run: (command) => this.#run(command),
    type: (key) => this.#type(key),
    modal: true,
  };

  #run(command: string): boolean {
    switch (command) {
      case 'prompt.accept':
        this.#accept();
        return true;
      case 'prompt.cancel':
        clearImmediate(this.#pending);
        this.#target?.cancel();
        this.#owner.dispatch({ type: 'prompt.close' });
        return true;
      case 'prompt.complete':
        return this.#complete();
      case 'prompt.previous':
        return this.#recall(1);
      case 'prompt.next':
        return this.#recall(-1);
      default:
        return false;
    }
  }

  #type(key: KeyEvent): boolean {
    const { prompt } = this.#owner.state;
    if (!prompt) return false;
    // Backspace on nothing leaves, as in vi.
    if (key.chord === 'backspace' && prompt.line.text === '') return this.#run('prompt.cancel');
    // A new word begins afresh, what edits the line mends it.
    const fresh = prompt.replaces && key.text !== undefined && key.text !== '';
    if (fresh && key.text === prompt.mark) {
      this.#owner.dispatch({ type: 'prompt.edit', line: EMPTY_LINE });
      return true;
    }
    const line = editLine(fresh ? EMPTY_LINE : prompt.line, key);
    if (!line) return false;
    this.#owner.dispatch({ type: 'prompt.edit', line });
    if (line.text !== prompt.line.text) this.#apply(line.text);
    return true;
  }

  /**
   * Applies what is typed after it is on the screen: filtering many rows takes longer than a key may.
   * Of several letters typed meanwhile only the last is applied.
   */
  #apply(text: string): void {
    const target = this.#target;
    if (!target) return;
    clearImmediate(this.#pending);
    this.#pending = setImmediate(() => {
      if (this.#target !== target || !this.#owner.state.prompt) return;
      this.#owner.dispatch({ type: 'prompt.error', error: target.change(text) });
      // The letter changed nothing beside the filter: what it left is drawn now.
      this.#owner.scheduleDraw();
    });
  }

  #accept(): void {
    const { prompt } = this.#owner.state;
    if (!prompt) return;
    clearImmediate(this.#pending);
    const text = prompt.line.text;
    const error = this.#target ? this.#target.change(text) : '';
    // The text is not lost: it stays to be mended.
    if (error !== '') {
      this.#owner.dispatch({ type: 'prompt.error', error });
      return;
    }
    const target = this.#target;
    if (target) {
      this.#owner.dispatch({ type: 'prompt.close' });
      target.accept(text);
    } else {
      const wrong = text.trim() === '' ? '' : this.#owner.execute(text);
      this.#owner.dispatch({ type: 'remember', history: prompt.history, text });
      if (wrong !== '') this.#owner.dispatch({ type: 'prompt.refused', error: wrong });
      else this.#owner.dispatch({ type: 'prompt.close' });
      return;
    }
    this.#owner.dispatch({ type: 'remember', history: prompt.history, text });
  }

  #complete(): boolean {
    const { ghost } = this;
    const { prompt } = this.#owner.state;
    if (!prompt || ghost === '') return false;
    this.#owner.dispatch({
      type: 'prompt.edit',
      line: lineOf(`${prompt.line.text}${ghost}${ghost.endsWith('/') ? '' : ' '}`),
    });
    return true;
  }

  #recall(step: 1 | -1): boolean {
    this.#owner.dispatch({ type: 'prompt.recall', step });
    this.#apply(this.#owner.state.prompt?.line.text ?? '');
    return true;
  }
}
