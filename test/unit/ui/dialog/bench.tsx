/** A dialog in Ink, with the keys as they come. */
import { Box } from 'ink';
import { render } from 'ink-testing-library';
import { setImmediate as turn } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { formLines, type Form, type FormValues } from '../../../../src/actions/engine/form.ts';
import type { ActionFlow, FlowState } from '../../../../src/actions/engine/view.ts';
import { Notifier } from '../../../../src/core/notifier.ts';
import type { KeyEvent } from '../../../../src/keys/key-event.ts';
import { Dialog } from '../../../../src/ui/dialog/dialog.tsx';
import { flowDialog } from '../../../../src/ui/dialog/flow-dialog.ts';
import { FlowKeys } from '../../../../src/ui/dialog/flow-keys.ts';
import { layout } from '../../../../src/ui/layout.ts';
import { reduceOverlay, type OverlayAction } from '../../../../src/ui/state-overlay.ts';
import type { UiAction, UiState } from '../../../../src/ui/state.ts';
import { InkStdin, toInkInput } from '../../../../src/ui/terminal/index.ts';
import { plainPainter as painter } from '../../../support/plain-painter.ts';

/** What the keys of a dialog mean, as the keymap has them. */
const COMMANDS: Readonly<Record<string, string>> = {
  enter: 'dialog.accept',
  esc: 'dialog.cancel',
  tab: 'dialog.next',
  'shift-tab': 'dialog.previous',
  down: 'dialog.down',
  up: 'dialog.up',
  'ctrl-u': 'dialog.clear',
};

function eventsOf(key: string): readonly KeyEvent[] {
  const isNamed = key in COMMANDS || ['left', 'home', 'end', 'backspace', 'space'].includes(key);
  return isNamed ? [{ chord: key }] : Array.from(key).map((text) => ({ chord: text, text }));
}

/** A flow whose form the test makes, and that writes down what is asked of it. */
class FakeFlow implements ActionFlow {
  readonly title = 'Scale';
  readonly subject = 'shop/api';
  readonly where = 'prod-eu · account 123456789012 · eu-central-1';
  readonly danger = 1;
  goesBack = '';
  readonly asked: string[] = [];
  readonly #form: (values: FormValues) => Form;
  readonly #changes = new Notifier();
  values: FormValues = {};
  state: FlowState;

  constructor(form: (values: FormValues) => Form) {
    this.#form = form;
    this.state = this.#filled();
  }

  change(id: string, value: string): void {
    this.values = { ...this.values, [id]: value };
    this.become(this.#filled());
  }

  become(state: FlowState): void {
    this.state = state;
    this.#changes.notify();
  }

  submit = (): void => void this.asked.push('submit');
  confirm = (): void => void this.asked.push('confirm');
  stop = (): void => void this.asked.push('stop');
  cancel = (): void => void this.asked.push('cancel');
  back = (): void => void this.asked.push('back');
  edit = (id: string): void => void this.asked.push(`edit ${id}`);
  subscribe = (listener: () => void): (() => void) => this.#changes.subscribe(listener);

  #filled(): FlowState {
    const lines = formLines(this.#form(this.values), this.values);
    const initial = lines.flatMap((line) =>
      line.type === 'more' ? [] : [[line.id, line.initial] as const],
    );
    const values = { ...Object.fromEntries(initial), ...this.values };
    this.values = values;
    return { stage: 'form', lines, values, preview: null, busy: false, trouble: '' };
  }
}

/** Gives keys to the Ink of the test. */
class Keyboard extends InkStdin {
  readonly #type: (input: string) => Promise<void>;
  #tail: Promise<void> = Promise.resolve();

  constructor(type: (input: string) => Promise<void>) {
    super();
    this.#type = type;
  }

  override push(key: KeyEvent): Promise<void> {
    this.#tail = this.#tail.then(() => this.#type(toInkInput(key) ?? ''));
    return this.#tail;
  }

  override drained(): Promise<void> {
    return this.#tail.then(() => this.#type(''));
  }
}

/** The dialog of a flow in Ink, with a keyboard. */
export class Bench {
  readonly flow: FakeFlow;
  readonly told: string[] = [];
  readonly #keys: FlowKeys;
  readonly #ink: ReturnType<typeof render>;
  state = { overlay: null } as unknown as UiState;

  constructor(form: (values: FormValues) => Form) {
    this.flow = new FakeFlow(form);
    this.#keys = new FlowKeys(this);
    this.#keys.open(this.flow);
    this.#ink = render(this.#dialog());
    this.#keys.connect(
      new Keyboard((input) => {
        if (input !== '') this.#ink.stdin.write(input);
        return this.#drawn();
      }),
    );
  }

  dispatch(action: UiAction): void {
    const overlay = reduceOverlay(this.state.overlay, action as OverlayAction);
    this.state = { ...this.state, overlay };
  }

  tell(text: string): void {
    this.told.push(text);
  }

  scheduleDraw(): void {
    // Every key is followed by a frame.
  }

  /** Named keys, and text letter by letter, each seen before the next is pressed. */
  async press(...keys: readonly string[]): Promise<void> {
    for (const event of keys.flatMap(eventsOf)) {
      this.#handle(event);
      await this.#settled(1);
    }
  }

  /** The same as fast as a paste: nothing of it is seen before the last key is pressed. */
  async dash(...keys: readonly string[]): Promise<void> {
    const events = keys.flatMap(eventsOf);
    for (const event of events) this.#handle(event);
    await this.#settled(events.length);
  }

  #handle(event: KeyEvent): void {
    const command = COMMANDS[event.chord];
    if (command === undefined || !this.#keys.run(command, event)) this.#keys.type(event);
  }

  get frame(): string {
    return stripVTControlCharacters(this.#ink.lastFrame() ?? '');
  }

  /** The line of the frame that has this text. */
  line(text: string): string {
    return this.frame.split('\n').find((line) => line.includes(text)) ?? '';
  }

  get open(): boolean {
    return this.state.overlay !== null;
  }

  /** A letter goes to Ink and comes back: each key takes two frames at most, and one to be seen. */
  async #settled(keys: number): Promise<void> {
    for (let i = 0; i <= 2 * keys; i++) await this.#drawn();
  }

  async #drawn(): Promise<void> {
    for (let i = 0; i < 3; i++) await turn();
    if (this.open) this.#ink.rerender(this.#dialog());
    await turn();
  }

  #dialog() {
    const { overlay } = this.state;
    if (overlay?.kind !== 'flow') throw new Error('nothing is open');
    const model = flowDialog(this.flow, overlay, painter, layout(80, 24, { header: true }));
    const events = { onText: this.#keys.onText, onPick: this.#keys.onPick };
    // Ink draws what is absolute only within what has a size.
    return (
      <Box width={80} height={24}>
        <Dialog model={model} events={events} />
      </Box>
    );
  }

  async become(state: FlowState): Promise<void> {
    this.flow.become(state);
    await this.#drawn();
  }
}
