/** The keys of an action's dialog, stage by stage; esc leaves every one of them. */
import type { ActionFlow, FormField } from '../../actions/define.ts';
import type { KeyEvent } from '../../keys/decode.ts';
import { editLine, lineOf } from '../../keys/line-editor.ts';
import type { Stop } from '../../ports/sink.ts';
import type { FlowOverlay } from '../state-overlay.ts';
import type { InkStdin } from '../terminal/index.ts';
import type { DialogOwner } from './menu-keys.ts';

/** Lines that the arrow keys scroll a long plan. */
const SCROLL = 1;

export class FlowKeys {
  readonly #owner: DialogOwner & { scheduleDraw(): void };
  #stdin: InkStdin | null = null;
  /** Keys that Ink has not taken yet: enter must come after them. */
  #typed: Promise<void> = Promise.resolve();
  #flow: ActionFlow | null = null;
  #stop: Stop = () => undefined;

  constructor(owner: DialogOwner & { scheduleDraw(): void }) {
    this.#owner = owner;
  }

  get flow(): ActionFlow | null {
    return this.#flow;
  }

  connect(stdin: InkStdin): void {
    this.#stdin = stdin;
  }

  open(flow: ActionFlow): void {
    this.#stop();
    this.#flow = flow;
    const overlay: FlowOverlay = {
      kind: 'flow',
      focus: 'cancel',
      scroll: 0,
      typed: '',
      values: {},
      field: 0,
      revision: 0,
    };
    this.#owner.dispatch({ type: 'overlay.open', overlay });
    let { stage } = flow.state;
    this.#stop = flow.subscribe(() => {
      const { state } = flow;
      if (state.stage !== stage) this.#entered(flow);
      ({ stage } = state);
      if (state.stage === 'ended') this.#close();
      this.#owner.scheduleDraw();
    });
    this.#entered(flow);
  }

  /** One of Ink's inputs has another value. */
  changed(value: string): void {
    const field = this.#field;
    const { overlay } = this;
    if (!field || !overlay || overlay.values[field.id] === value) return;
    this.#change({ values: { ...overlay.values, [field.id]: value } });
  }

  run(command: string): boolean {
    const flow = this.#flow;
    const { overlay } = this;
    if (!flow || !overlay) return false;
    if (command === 'dialog.cancel') {
      flow.cancel();
      this.#close();
      return true;
    }
    switch (flow.state.stage) {
      case 'form':
        return this.#runForm(command, flow.state.fields, overlay);
      case 'confirm':
        return this.#runConfirm(command, flow.state.typeName, overlay);
      case 'refused':
        if (command !== 'dialog.accept') return false;
        flow.back();
        // Without a form there is nowhere to go back to.
        if (this.#stage() === 'refused') this.run('dialog.cancel');
        return true;
      default:
        return true;
    }
  }

  type(key: KeyEvent): boolean {
    const { overlay } = this;
    if (!overlay) return false;
    if (this.#stage() === 'form') {
      if (this.#isForInput(key)) this.#typeInto(overlay, key);
      return true;
    }
    if (this.#flow?.state.stage === 'confirm' && this.#flow.state.typeName !== null) {
      const line = editLine(lineOf(overlay.typed), key);
      if (line) this.#change({ typed: line.text });
    }
    return true;
  }

  get overlay(): FlowOverlay | null {
    const { overlay } = this.#owner.state;
    return overlay?.kind === 'flow' ? overlay : null;
  }

  #runForm(command: string, fields: readonly FormField[], overlay: FlowOverlay): boolean {
    const move = (step: number): boolean => {
      const field = (overlay.field + step + fields.length) % fields.length;
      this.#change({ field });
      return true;
    };
    switch (command) {
      case 'dialog.accept':
        // Fast typing: the last letters may still be on their way through Ink.
        void this.#typed.then(() => this.#submit(fields));
        return true;
      case 'dialog.next':
        return move(1);
      case 'dialog.previous':
        return move(-1);
      case 'dialog.down':
      case 'dialog.up':
        return this.#step(command === 'dialog.down' ? 1 : -1, move);
      case 'dialog.clear':
        this.#replace('');
        return true;
      default:
        return false;
    }
  }

  /** Down and up pick, count, or go to another field: whatever the field is made for. */
  #step(direction: 1 | -1, move: (step: number) => boolean): boolean {
    const field = this.#field;
    if (field?.type === 'select') {
      this.#push({ chord: direction > 0 ? 'down' : 'up' });
    } else if (field?.type === 'number') {
      const value = Number(this.overlay?.values[field.id] ?? field.initial);
      this.#replace(String(Math.max(0, value - direction)));
    } else return move(direction);
    return true;
  }

  #runConfirm(command: string, typeName: string | null, overlay: FlowOverlay): boolean {
    switch (command) {
      case 'dialog.next':
      case 'dialog.previous':
        this.#change({ focus: overlay.focus === 'cancel' ? 'confirm' : 'cancel' });
        return true;
      case 'dialog.down':
        this.#change({ scroll: overlay.scroll + SCROLL });
        return true;
      case 'dialog.up':
        this.#change({ scroll: Math.max(0, overlay.scroll - SCROLL) });
        return true;
      case 'dialog.accept':
        if (overlay.focus === 'cancel') return this.run('dialog.cancel');
        if (typeName === null || overlay.typed === typeName) this.#flow?.confirm();
        return true;
      default:
        return false;
    }
  }

  #submit(fields: readonly FormField[]): void {
    const { overlay } = this;
    const flow = this.#flow;
    if (!overlay || flow?.state.stage !== 'form') return;
    const wrong = fields.findIndex(({ id, initial, check }) => {
      return check(overlay.values[id] ?? initial) !== '';
    });
    if (wrong >= 0) this.#change({ field: wrong });
    else flow.submit({ ...flow.state.values, ...overlay.values });
  }

  /** A new stage begins: its fields have their values, its cursor is at the safe end. */
  #entered(flow: ActionFlow): void {
    const { state } = flow;
    if (state.stage === 'form') this.#change({ values: { ...state.values }, field: 0 });
    if (state.stage === 'confirm') this.#change({ focus: 'cancel', scroll: 0, typed: '' });
  }

  get #field(): FormField | undefined {
    const state = this.#flow?.state;
    return state?.stage === 'form' ? state.fields[this.overlay?.field ?? 0] : undefined;
  }

  #stage(): string | undefined {
    return this.#flow?.state.stage;
  }

  /** Numbers take digits; a picker takes no digit, it would choose at once. */
  #isForInput({ chord, text, paste }: KeyEvent): boolean {
    const field = this.#field;
    if (field?.type === 'select') return false;
    if (chord === 'backspace') return true;
    const typed = text ?? paste;
    return typed !== undefined && (field?.type !== 'number' || /^\d+$/.test(typed));
  }

  /** The first digit takes the place of the number that is offered; then Ink's input edits. */
  #typeInto({ values }: FlowOverlay, key: KeyEvent): void {
    const field = this.#field;
    const untouched = field?.type === 'number' && (values[field.id] ?? '') === field.initial;
    if (untouched && key.text !== undefined) this.#replace(key.text);
    else this.#push(key);
  }

  #replace(value: string): void {
    const { overlay } = this;
    if (!overlay || !this.#field) return;
    this.changed(value);
    this.#change({ revision: overlay.revision + 1 });
  }

  #push(key: KeyEvent): void {
    this.#typed = this.#stdin?.push(key) ?? Promise.resolve();
  }

  #change(change: Partial<Omit<FlowOverlay, 'kind'>>): void {
    this.#owner.dispatch({ type: 'flow.change', change });
  }

  #close(): void {
    this.#stop();
    this.#stop = () => undefined;
    this.#flow = null;
    if (this.overlay) this.#owner.dispatch({ type: 'overlay.close' });
  }
}
