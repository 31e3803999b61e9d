/** What the line at the bottom says of what happened, and for how long. */
import type { Clock } from '../core/clock.ts';
import { redact } from '../core/redact.ts';
import type { Tone } from '../core/styled.ts';
import type { Navigator } from './navigator.ts';
import type { Pane } from './pane.ts';
import type { Flash, UiAction } from './state.ts';

/** How long it is said (ms). */
const SAID_MS = 8000;

/** Where it is said, and which pane it may be about. */
export interface NoticesOwner {
  readonly clock: Clock;
  readonly navigator: Pick<Navigator, 'top'>;
  dispatch(action: UiAction): void;
}

export class Notices {
  readonly #owner: NoticesOwner;
  /** The pane that what is said belongs to. */
  #about: Pane | null = null;
  #cancel: () => void = () => undefined;

  constructor(owner: NoticesOwner) {
    this.#owner = owner;
  }

  /** Says what belongs to the pane on top: it leaves with it. */
  sayOfPane(text: string, tone: Tone): void {
    this.say(text, tone);
    this.#about = this.#owner.navigator.top;
  }

  /** Says what belongs to no pane. */
  say(text: string, tone: Tone): void {
    const { clock } = this.#owner;
    this.#about = null;
    this.#show({ text: redact(text), tone, at: clock.now() });
    this.#cancel();
    this.#cancel = clock.after(SAID_MS, () => this.#show(null));
  }

  /** Another pane is on top: what was said of the one before it goes. */
  leave(): void {
    if (this.#about && this.#about !== this.#owner.navigator.top) this.#show(null);
  }

  #show(flash: Flash | null): void {
    this.#owner.dispatch({ type: 'flash', flash });
  }
}
