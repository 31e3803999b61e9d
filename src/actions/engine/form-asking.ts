import type { Cell } from '../../core/styled.ts';
import type { Action, ActionContext, ActionTarget } from './define.ts';
import {
  formLines,
  type DocumentField,
  type Form,
  type FormLine,
  type FormValues,
} from './form.ts';
import { reasonOf } from '../../core/words.ts';

/** A form as it stands. */
export interface FormStand {
  readonly lines: readonly FormLine[];
  readonly values: FormValues;
  /** Null where there is none; while it is being made the one before stands. */
  readonly preview: readonly Cell[] | null;
  /** Something is still being asked: options and preview may be those of other values. */
  readonly busy: boolean;
  /** What could not be asked, in a sentence; may be empty. */
  readonly trouble: string;
}

/** How a form's maker is asked, and who hears of it. */
export interface FormAsked {
  readonly action: Action;
  readonly ctx: ActionContext;
  /** The values it begins with. */
  readonly values: FormValues;
  /** Waits for what the form is made of. */
  readonly ready: () => Promise<void>;
  readonly show: (stand: FormStand) => void;
  /** There is nothing to ask after all. */
  readonly none: () => void;
  /** There is no form: why. */
  readonly fail: (error: unknown) => void;
}

/**
 * A form that is made anew whenever a value changes, with its preview. While one is being made,
 * what changes waits: the newest values are the ones that count.
 */
export class FormAsking {
  readonly #asked: FormAsked;
  #form: Form = [];
  /** What was typed or is known; fields that were not touched have their initial values. */
  #values: FormValues;
  #preview: readonly Cell[] | null = null;
  #targets: readonly ActionTarget[] = [];
  /** Said while nothing else is wrong. */
  #note = '';
  #asking = false;
  #again = false;
  #left = true;

  constructor(asked: FormAsked) {
    this.#asked = asked;
    this.#values = asked.values;
  }

  /** What was typed, and the initial values of the other fields. */
  get values(): FormValues {
    const initial: Record<string, string> = {};
    for (const line of formLines(this.#form, this.#values))
      if (line.type !== 'more') initial[line.id] = line.initial;
    return { ...initial, ...this.#values };
  }

  /** The texts of the form that are written in an editor. */
  get documents(): readonly DocumentField[] {
    return formLines(this.#form, this.#values).filter((line) => line.type === 'document');
  }

  /** Shows it, for these targets. */
  open(targets: readonly ActionTarget[]): Promise<void> {
    this.#targets = targets;
    this.#left = false;
    return this.#ask();
  }

  /** Shows it again after a text of it was in the editor. */
  resume(id: string, path: string, trouble: string): void {
    this.#left = false;
    this.#values = { ...this.#values, [id]: path };
    this.#note = trouble;
    void this.#ask();
  }

  change(id: string, value: string): void {
    this.#values = { ...this.#values, [id]: value };
    this.#note = '';
    this.#show(true, '');
    void this.#ask();
  }

  /** What is still being asked is nobody's business any more. */
  leave(): void {
    this.#left = true;
  }

  async #ask(): Promise<void> {
    this.#again = true;
    if (this.#asking) return;
    this.#asking = true;
    try {
      while (this.#again && !this.#left) {
        this.#again = false;
        await this.#askOnce();
      }
    } finally {
      this.#asking = false;
    }
  }

  async #askOnce(): Promise<void> {
    const { action, ctx, ready, none, fail } = this.#asked;
    const { preview } = action;
    try {
      await ready();
      this.#form = (await action.form?.(this.#targets, this.values, ctx)) ?? [];
    } catch (error) {
      // Where there is a form already, nothing that was typed into it is lost.
      if (this.#form.length > 0) this.#show(false, reasonOf(error));
      else if (!this.#left) fail(error);
      return;
    }
    if (this.#form.length === 0) {
      if (!this.#left) none();
      return;
    }
    this.#show(preview !== undefined, '');
    if (preview === undefined || this.#left) return;
    try {
      this.#preview = await preview(this.#targets, this.values, ctx);
    } catch (error) {
      this.#preview = [[[reasonOf(error), 'warn']]];
    }
    this.#show(this.#again, '');
  }

  #show(busy: boolean, trouble: string): void {
    if (this.#left) return;
    const { values } = this;
    const lines = formLines(this.#form, values);
    this.#asked.show({
      lines,
      values,
      preview: this.#preview,
      busy,
      trouble: trouble || this.#note,
    });
  }
}
