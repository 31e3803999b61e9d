import { plain, type Cell } from '../../core/styled.ts';
import { countMasks } from '../../core/mask.ts';
import type { PaneHost } from '../pane.ts';
import type { TextSink } from '../text/text-pane.ts';

/** Whether a view shows its secrets: only when asked to, and only until it is left. */
export class Reveal {
  readonly #host: PaneHost;
  #on = false;

  constructor(host: PaneHost) {
    this.#host = host;
  }

  toggle(): void {
    this.#on = !this.#on;
  }

  hide(): void {
    this.#on = false;
  }

  /** Shows the text as it is to be seen now, and how many secrets are masked in it. */
  put(sink: TextSink, text: (reveal: boolean) => readonly Cell[]): void {
    const lines = text(this.#on);
    sink.text(lines);
    const key = this.#host.keymap.keyOf('reveal', ['masked']) ?? '';
    const count = lines.reduce((sum, line) => sum + countMasks(plain(line)), 0);
    if (this.#on) sink.note([[`secrets are shown · ${key} hides them`, 'warn']]);
    else sink.note(count === 0 ? null : [[`${count} masked · ${key} reveals`, 'muted']]);
  }
}
