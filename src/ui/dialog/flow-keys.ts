/** The keys of an action's dialog, stage by stage; esc leaves every one of them. */
import type { AnyFlow } from '../../actions/engine/joint/view.ts';
import type { KeyEvent } from '../../keys/key-event.ts';
import { editLine, EMPTY_LINE } from '../../keys/line-editor.ts';
import type { Stop } from '../../ports/sink.ts';
import type { FlowOverlay } from '../state-overlay.ts';
import type { InkStdin } from '../terminal/index.ts';
import { WITHOUT } from './flow-dialog.ts';
import { FormKeys } from './form-keys.ts';
import { isJoint } from './joint-lines.ts';
import type { DialogOwner } from './menu-keys.ts';

/** Lines that the keys scroll a long plan or preview. */
const SCROLL: Readonly<Record<string, number>> = {
  'dialog.down': 1,
  'dialog.up': -1,
  'dialog.pageDown': 8,
  'dialog.pageUp': -8,
};

/** What the keys of a flow need of the program. */
export interface FlowOwner extends DialogOwner {
  scheduleDraw(): void;
  /** Says something in the line at the bottom. */
  tell(text: string): void;
}

export class FlowKeys {
  readonly #owner: FlowOwner;
  readonly #form: FormKeys;
  #flow: AnyFlow | null = null;
  #stop: Stop = () => undefined;

  constructor(owner: FlowOwner) {
    this.#owner = owner;
    this.#form = new FormKeys(this);
  }

  get flow(): AnyFlow | null {
    return this.#flow;
  }

  get overlay(): FlowOverlay | null {
    const { overlay } = this.#owner.state;
    return overlay?.kind === 'flow' ? overlay : null;
  }

  connect(stdin: InkStdin): void {
    this.#form.connect(stdin);
  }

  open(flow: AnyFlow): void {
    this.#stop();
    this.#flow = flow;
    const overlay: FlowOverlay = {
      kind: 'flow',
      focus: 'cancel',
      scroll: 0,
      typed: EMPTY_LINE,
      field: 0,
      query: '',
      highlight: '',
      revision: 0,
    };
    this.#owner.dispatch({ type: 'overlay.open', overlay });
    let { stage } = flow.state;
    this.#stop = flow.subscribe(() => {
      const { state } = flow;
      // A new stage begins: its cursor is at the safe end.
      if (state.stage !== stage) this.change({ focus: 'cancel', scroll: 0, typed: EMPTY_LINE });
      ({ stage } = state);
      if (state.stage === 'ended') this.#close();
      this.#owner.scheduleDraw();
    });
  }

  /** One of Ink's inputs has another value. */
  readonly onText = (value: string): void => this.#form.typed(value);
  readonly onPick = (id: string): void => this.#form.picked(id);

  run(command: string, key: KeyEvent): boolean {
    const flow = this.#flow;
    const { overlay } = this;
    if (!flow || !overlay) return false;
    if (command === 'dialog.cancel') {
      flow.cancel();
      this.#close();
      return true;
    }
    const { stage } = flow.state;
    const step = SCROLL[command] ?? 0;
    // In a form the arrow keys are for its fields: the pages are its preview's.
    if (step !== 0 && (stage !== 'form' || Math.abs(step) > 1)) {
      this.change({ scroll: Math.max(0, overlay.scroll + step) });
      return true;
    }
    switch (stage) {
      case 'form':
        return this.#form.run(command, key);
      case 'confirm':
      case 'running':
        return this.#runButtons(command, overlay);
      case 'refused':
        if (command !== 'dialog.accept') return false;
        flow.back();
        // Without a form there is nowhere to go back to.
        if (this.#stage === 'refused') this.run('dialog.cancel', key);
        return true;
      default:
        return true;
    }
  }

  type(key: KeyEvent): boolean {
    const { overlay } = this;
    const state = this.#flow?.state;
    if (!overlay || !state) return false;
    if (state.stage === 'form') this.#form.type(key);
    if (key.text === WITHOUT && (state.stage === 'checking' || state.stage === 'planning'))
      this.#leaveOut();
    if (state.stage !== 'confirm') return true;
    // As in a prompt, backspace on nothing goes back.
    if (key.chord === 'backspace' && overlay.typed.text === '') this.#flow?.back();
    else if (state.typeName !== null) {
      const typed = editLine(overlay.typed, key);
      if (typed) this.change({ typed });
    }
    return true;
  }

  /** Goes on without the clusters that have yet to answer. */
  #leaveOut(): void {
    if (this.#flow && isJoint(this.#flow)) this.#flow.leaveOut();
  }

  change(change: Partial<Omit<FlowOverlay, 'kind'>>): void {
    this.#owner.dispatch({ type: 'flow.change', change });
  }

  get #stage(): string | undefined {
    return this.#flow?.state.stage;
  }

  #runButtons(command: string, overlay: FlowOverlay): boolean {
    switch (command) {
      case 'dialog.next':
      case 'dialog.previous':
        this.change({ focus: overlay.focus === 'cancel' ? 'confirm' : 'cancel' });
        return true;
      case 'dialog.accept':
        this.#press(overlay);
        return true;
      default:
        return false;
    }
  }

  #press({ focus, typed }: FlowOverlay): void {
    const flow = this.#flow;
    const state = flow?.state;
    if (!flow || !state) return;
    const over = state.stage === 'running' && state.operation.state !== 'working';
    const isStoppable = state.stage === 'running' && state.operation.stoppable;
    if (over && focus === 'confirm' && flow.goesBack !== '') flow.back();
    else if (isStoppable && focus === 'confirm') flow.stop();
    else if (focus === 'cancel' || state.stage === 'running') {
      flow.cancel();
      this.#close();
    } else if (
      state.stage === 'confirm' &&
      (state.typeName === null || typed.text === state.typeName)
    )
      flow.confirm();
  }

  #close(): void {
    const state = this.#flow?.state;
    if (state?.stage === 'ended' && state.text !== '') this.#owner.tell(state.text);
    this.#stop();
    this.#stop = () => undefined;
    this.#flow = null;
    if (this.overlay) this.#owner.dispatch({ type: 'overlay.close' });
  }
}
