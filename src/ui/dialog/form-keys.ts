/** The keys of a form: go from field to field, type, count, pick, choose, plan. */
import { chosen, firstWrong, type ChoiceField, type FormLine } from '../../actions/engine/form.ts';
import type { ActionDialog } from '../../actions/engine/view.ts';
import type { KeyEvent } from '../../keys/key-event.ts';
import { editLine, lineOf } from '../../keys/line-editor.ts';
import type { FlowOverlay } from '../state-overlay.ts';
import type { InkStdin } from '../terminal/index.ts';
import { focusedLine, highlighted, narrowed } from './form-options.ts';

/** The dialog that the form stands in. */
export interface FormOwner {
  readonly flow: ActionDialog | null;
  readonly overlay: FlowOverlay | null;
  change(change: Partial<Omit<FlowOverlay, 'kind'>>): void;
}

export class FormKeys {
  readonly #owner: FormOwner;
  #stdin: InkStdin | null = null;
  /**
   * Keys in the order in which they were pressed. A letter goes through Ink's input and comes back as
   * a value: what is pressed meanwhile waits for it, or it would go to another field.
   */
  #turns: Promise<void> = Promise.resolve();
  #waiting = 0;

  constructor(owner: FormOwner) {
    this.#owner = owner;
  }

  connect(stdin: InkStdin): void {
    this.#stdin = stdin;
  }

  /** Ink's text input has another value. */
  typed(value: string): void {
    const line = this.#line;
    if (line?.type === 'text' || line?.type === 'number') this.#set(line.id, value);
  }

  /** Ink's list has another option under the cursor; of a single choice, that is the one chosen. */
  picked(id: string): void {
    const line = this.#line;
    if (line?.type !== 'choice') return;
    this.#owner.change({ highlight: id });
    if (!line.several) this.#set(line.id, id);
  }

  run(command: string, key: KeyEvent): boolean {
    if (this.#waiting === 0) return this.#run(command, key);
    this.#queue(() => {
      if (!this.#run(command, key)) this.#type(key);
    });
    return true;
  }

  type(key: KeyEvent): void {
    if (this.#waiting === 0) this.#type(key);
    else this.#queue(() => this.#type(key));
  }

  #run(command: string, key: KeyEvent): boolean {
    const line = this.#line;
    switch (command) {
      case 'dialog.accept':
        if (line?.type === 'more') this.#set(line.id, line.next);
        else if (line?.type === 'document' && line.check(this.#value) !== '')
          this.#owner.flow?.edit(line.id);
        else this.#submit();
        return true;
      case 'dialog.next':
      case 'dialog.previous':
        // Within a line of text left and right move its cursor.
        if (line?.type === 'text' && (key.chord === 'left' || key.chord === 'right')) return false;
        return this.#move(command === 'dialog.next' ? 1 : -1);
      case 'dialog.down':
      case 'dialog.up':
        return this.#step(command === 'dialog.down' ? 1 : -1);
      case 'dialog.clear':
        if (line?.type === 'choice') this.#narrow(line, '');
        else if (line?.type !== 'document') this.#replace('');
        return true;
      default:
        return false;
    }
  }

  #type(key: KeyEvent): void {
    const line = this.#line;
    const { overlay } = this.#owner;
    if (!line || !overlay || line.type === 'more') return;
    if (line.type === 'document') {
      if (key.text === 'e') this.#owner.flow?.edit(line.id);
      return;
    }
    if (line.type === 'choice') {
      if (key.chord === 'space' && line.several) this.#toggle(line, overlay);
      else {
        const query = editLine(lineOf(overlay.query), key);
        if (query) this.#narrow(line, query.text);
      }
      return;
    }
    if (line.type === 'number') {
      const typed = key.text ?? key.paste;
      const isEdit = ['backspace', 'delete', 'left', 'right'].includes(key.chord);
      if (!isEdit && (typed === undefined || !/^\d+$/.test(typed))) return;
      // The first digit takes the place of the number that is offered; then Ink's input edits.
      if (key.text !== undefined && this.#value === line.initial) {
        this.#replace(key.text);
        return;
      }
    }
    this.#push(key);
  }

  get #line(): FormLine | undefined {
    const state = this.#owner.flow?.state;
    if (state?.stage !== 'form') return undefined;
    return focusedLine(state.lines, this.#owner.overlay?.field ?? 0);
  }

  get #value(): string {
    const state = this.#owner.flow?.state;
    const line = this.#line;
    return state?.stage === 'form' && line ? (state.values[line.id] ?? '') : '';
  }

  #move(step: number): boolean {
    const state = this.#owner.flow?.state;
    const { overlay } = this.#owner;
    if (state?.stage !== 'form' || !overlay) return true;
    const count = state.lines.length;
    const field = (Math.min(overlay.field, count - 1) + step + count) % count;
    this.#owner.change({ field, query: '', highlight: '' });
    return true;
  }

  /** Down and up pick, count, or go to another field: whatever the field is made for. */
  #step(direction: 1 | -1): boolean {
    const line = this.#line;
    if (line?.type === 'choice') this.#push({ chord: direction > 0 ? 'down' : 'up' });
    else if (line?.type === 'number')
      this.#replace(String(Math.max(0, Number(this.#value) - direction)));
    else return this.#move(direction);
    return true;
  }

  #toggle(field: ChoiceField, overlay: FlowOverlay): void {
    const option = highlighted(field, overlay, this.#value);
    if (option === undefined || option.disabled !== '') return;
    const ids = chosen(this.#value);
    const next = ids.includes(option.id)
      ? ids.filter((id) => id !== option.id)
      : [...ids, option.id];
    this.#set(field.id, next.join('\n'));
  }

  #narrow(field: ChoiceField, query: string): void {
    const first = narrowed(field, query)[0];
    this.#owner.change({ query, highlight: first?.id ?? '' });
    if (!field.several && first) this.#set(field.id, first.id);
  }

  /** Plans, or goes to the first field that is wrong. */
  #submit(): void {
    const { flow } = this.#owner;
    if (flow?.state.stage !== 'form') return;
    const { lines, values } = flow.state;
    const wrong = firstWrong(lines, values);
    if (wrong >= 0) this.#owner.change({ field: wrong, query: '', highlight: '' });
    else flow.submit();
  }

  #set(id: string, value: string): void {
    this.#owner.flow?.change(id, value);
  }

  /** A value that does not come from Ink's input: the input begins anew with it. */
  #replace(value: string): void {
    const line = this.#line;
    const { overlay } = this.#owner;
    if (!line || !overlay) return;
    this.#set(line.id, value);
    this.#owner.change({ revision: overlay.revision + 1 });
  }

  #push(key: KeyEvent): void {
    void this.#stdin?.push(key);
    this.#queue(() => undefined);
  }

  #queue(step: () => void): void {
    this.#waiting++;
    this.#turns = this.#turns
      .then(step)
      .then(() => this.#stdin?.drained())
      .finally(() => this.#waiting--);
  }
}
