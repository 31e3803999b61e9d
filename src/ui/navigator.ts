/**
 * Which pane is on the screen: stacks of panes (enter goes deeper, esc comes back), and the history
 * of stacks that `:` commands began. A pane left by history keeps its cursor and filter; its
 * sources stop like those of any hidden pane.
 */
import { Notifier } from '../core/notifier.ts';
import type { Pane } from './pane.ts';

/** Stacks kept; the oldest is closed. */
const KEPT = 12;

type Stack = readonly [Pane, ...Pane[]];

export class Navigator {
  readonly changes = new Notifier();
  readonly #guard: (pane: Pane) => Pane;
  #stacks: Stack[] = [];
  #index = -1;
  #before = -1;

  /** @param guard what stands between each pane and the program */
  constructor(guard: (pane: Pane) => Pane = (pane) => pane) {
    this.#guard = guard;
  }

  /** The panes from the first to the one on the screen. */
  get stack(): readonly Pane[] {
    return this.#stacks[this.#index] ?? [];
  }

  /** The pane on the screen; null before the first. */
  get top(): Pane | null {
    return this.stack.at(-1) ?? null;
  }

  /**
   * The pane that says which clusters are looked at: help, say, is before those of the pane that it
   * was opened from. Where none says it, the one on the screen.
   */
  get place(): Pane | null {
    return this.stack.findLast(({ connection, clusters }) => connection ?? clusters) ?? this.top;
  }

  /** All panes of all stacks. */
  get panes(): readonly Pane[] {
    return this.#stacks.flat();
  }

  /** Closes every stack that has such a pane; the one before it comes on the screen, if there is one. */
  drop(isGone: (pane: Pane) => boolean): void {
    const gone = this.#stacks.filter((stack) => stack.some(isGone));
    if (gone.length === 0) return;
    this.#switch(() => {
      const kept = (until: number): number =>
        this.#stacks.slice(0, until).filter((stack) => !gone.includes(stack)).length;
      const index = kept(this.#index + 1) - 1;
      this.#before = kept(this.#before + 1) - 1;
      this.#stacks = this.#stacks.filter((stack) => !gone.includes(stack));
      this.#index = Math.max(index, Math.min(0, this.#stacks.length - 1));
    });
    for (const stack of gone) closeAll(stack);
  }

  /** Begins a new stack; what was ahead in the history is forgotten. */
  root(pane: Pane): void {
    this.#switch(() => {
      for (const stack of this.#stacks.splice(this.#index + 1)) closeAll(stack);
      this.#stacks.push([this.#guard(pane)]);
      if (this.#stacks.length > KEPT) closeAll(this.#stacks.shift() ?? []);
      this.#before = this.#stacks.length - 2;
      this.#index = this.#stacks.length - 1;
    });
  }

  /** Goes deeper. */
  push(pane: Pane): void {
    const stack = this.#stacks[this.#index];
    if (!stack) {
      this.root(pane);
      return;
    }
    this.#switch(() => {
      this.#stacks[this.#index] = [...stack, this.#guard(pane)];
    });
  }

  /** Leaves the pane on top. False: it is the first of its stack. */
  pop(): boolean {
    const [first, ...rest] = this.stack;
    const left = rest.pop();
    if (!first || !left) return false;
    this.#switch(() => {
      this.#stacks[this.#index] = [first, ...rest];
    });
    left.close();
    return true;
  }

  /** Through the history of stacks. False: there is none in that direction. */
  go(step: 1 | -1): boolean {
    return this.#goTo(this.#index + step);
  }

  /** To the stack before this one; again comes back. */
  toggle(): boolean {
    return this.#goTo(this.#before);
  }

  /** Closes all panes. */
  close(): void {
    this.top?.hide();
    for (const stack of this.#stacks) closeAll(stack);
    this.#stacks = [];
    this.#index = -1;
  }

  #goTo(index: number): boolean {
    if (!this.#stacks[index] || index === this.#index) return false;
    this.#switch(() => {
      this.#before = this.#index;
      this.#index = index;
    });
    return true;
  }

  #switch(change: () => void): void {
    const before = this.top;
    change();
    const after = this.top;
    if (before !== after) {
      before?.hide();
      after?.show();
    }
    this.changes.notify();
  }
}

function closeAll(stack: readonly Pane[]): void {
  for (const pane of stack) pane.close();
}
