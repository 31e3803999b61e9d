/** When what is drawn: the body at once, the chrome where it changed, all of a turn in one write. */
import { sanitize } from '../core/text.ts';
import type { App } from './app.ts';
import { frameSides } from './chrome/frame.ts';
import { sameChrome, type ChromeModel } from './chrome/model.ts';
import { drawChrome } from './draw-chrome.ts';
import { layout, type Layout } from './layout.ts';
import { Notifier } from './notifier.ts';
import type { BodySize, Pane, PaneFrame } from './pane.ts';

export class Drawing {
  /** Told when there is another {@link chrome} to render. */
  readonly changes = new Notifier();
  readonly #app: App;
  #chrome: ChromeModel | null = null;
  #scheduled = false;

  constructor(app: App) {
    this.#app = app;
  }

  /** What Ink has to show. */
  get chrome(): ChromeModel {
    this.#chrome ??= drawChrome(this.#app);
    return this.#chrome;
  }

  /** Draws at the end of this turn, however often it is asked for. */
  schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      if (this.#scheduled) this.now();
    });
  }

  /** Paints the body at once; the chrome follows where it changed. */
  now(): void {
    this.#scheduled = false;
    this.#paintBody();
    const before = this.chrome;
    const after = drawChrome(this.#app);
    const { screen } = this.#app.terminal;
    if (sameChrome(before, after)) {
      screen.present();
      return;
    }
    // Where the frame moves or something opens over it, body and frame must come in one write: the
    // screen then waits for Ink, which renders in this very turn.
    const still = !before.dialog && !after.dialog && sameLayout(before.layout, after.layout);
    if (still) screen.present();
    this.#chrome = after;
    this.changes.notify();
  }

  #paintBody(): void {
    const { state, navigator, terminal, painter } = this.#app;
    const { body, tooSmall } = layout(state.columns, state.rows, state);
    const pane = navigator.top;
    if (tooSmall || !pane) {
      terminal.screen.setViewports([]);
      return;
    }
    const { lines, fixed = 0 } = this.#frameOf(pane, { columns: body.width, rows: body.height });
    // Apart from what scrolls, so that the terminal can move the rows alone.
    const head = { rect: { ...body, height: fixed }, lines: lines.slice(0, fixed) };
    const rows = { ...body, y: body.y + fixed, height: body.height - fixed };
    const scrolled = { rect: rows, lines: lines.slice(fixed) };
    const painted = fixed > 0 ? [head, scrolled] : [scrolled];
    terminal.screen.setViewports([...painted, ...frameSides(body, painter)]);
  }

  #frameOf(pane: Pane, size: BodySize): PaneFrame {
    try {
      return pane.paint(size);
    } catch (error) {
      return broken(error);
    }
  }
}

/** A pane that cannot be drawn says why: other panes still can. */
const broken = (error: unknown): PaneFrame => ({
  lines: [` this pane cannot be drawn: ${sanitize((error as Error).message)}`],
});

const sameLayout = (a: Layout, b: Layout): boolean =>
  a.columns === b.columns && a.rows === b.rows && a.body.y === b.body.y;
