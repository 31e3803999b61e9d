/** When what is drawn: the body at once, the chrome where it changed, all of a turn in one write. */
import { setImmediate } from 'node:timers';
import { faultText } from '../core/faults.ts';
import { frameSides } from './chrome/frame.ts';
import { sameChrome, type ChromeModel } from './chrome/model.ts';
import { drawChrome, type ChromeSource } from './draw-chrome.ts';
import { layout } from './layout.ts';
import { Notifier } from '../core/notifier.ts';
import type { Pane } from './pane.ts';
import type { Terminal, Viewport } from './terminal/index.ts';

/** What is drawn, and where to. */
export interface DrawingSource extends ChromeSource {
  readonly terminal: Pick<Terminal, 'screen'>;
}

export class Drawing {
  /** Told when there is another {@link chrome} to render. */
  readonly changes = new Notifier();
  readonly #source: DrawingSource;
  #chrome: ChromeModel | null = null;
  /** The pane that was drawn last, and what was painted of it. */
  #pane: Pane | null = null;
  #body: readonly Viewport[] = [];
  #scheduled = false;

  constructor(source: DrawingSource) {
    this.#source = source;
  }

  /** What Ink has to show. */
  get chrome(): ChromeModel {
    this.#chrome ??= drawChrome(this.#source);
    return this.#chrome;
  }

  /** The chrome as it should be now; where that fails, as it was, with what is wrong. */
  #redrawn(before: ChromeModel): ChromeModel {
    try {
      return drawChrome(this.#source);
    } catch (error) {
      return { ...before, bottomLine: ` the frame cannot be drawn: ${faultText(error)}` };
    }
  }

  /**
   * Draws in a turn of its own, however often it is asked for: what asks for it, rows that were joined
   * and put in order, has had its share of this one, and keys come in between.
   */
  schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      if (this.#scheduled) this.now();
    });
  }

  /** A second has passed: ages grow in the header, in titles and in what the pane shows, in one frame. */
  tick(): void {
    this.#source.navigator.top?.tick?.();
    this.schedule();
  }

  /** Paints the body at once; the chrome follows where it changed. */
  now(): void {
    this.#scheduled = false;
    const pane = this.#source.navigator.top;
    this.#body = this.#paintBody(pane);
    const before = this.chrome;
    const after = this.#redrawn(before);
    const same = sameChrome(before, after);
    // Where another pane comes, the frame moves or something opens over it, body and frame must come
    // in one write: the body then waits for Ink.
    const apart =
      pane === this.#pane && !before.dialog && !after.dialog && sameLayout(before, after);
    this.#pane = pane;
    this.#chrome = after;
    if (same || apart) this.#present(after);
    if (same) return;
    this.changes.notify();
    this.#source.terminal.screen.present();
  }

  /** Ink has rendered the chrome: the body that belongs to it goes into the same write. */
  rendered(chrome: ChromeModel): void {
    this.#source.terminal.screen.setCutouts(chrome.dialog ? [chrome.dialog.rect] : []);
    this.#paint(chrome);
  }

  #present(chrome: ChromeModel): void {
    this.#paint(chrome);
    this.#source.terminal.screen.present();
  }

  /**
   * The body, and the lines that change with what is counted or typed: Ink would lay out the whole
   * screen for each, which takes longer than all the rest.
   */
  #paint({ layout: places, above, top, bottomLine, dialog, cursor }: ChromeModel): void {
    const { screen } = this.#source.terminal;
    const header = { rect: { ...places.header, height: above.length }, lines: above };
    const title = { rect: { ...places.frame, height: 1 }, lines: [top] };
    const bottom = { rect: places.flash, lines: [bottomLine] };
    screen.setViewports(places.tooSmall ? [header] : [header, title, ...this.#body, bottom]);
    screen.setCursor(dialog ? dialog.cursor : cursor);
  }

  #paintBody(pane: Pane | null): readonly Viewport[] {
    const { state, painter } = this.#source;
    const { body, tooSmall } = layout(state.columns, state.rows, state);
    if (tooSmall || !pane) return [];
    const { lines, fixed = 0 } = pane.paint({ columns: body.width, rows: body.height });
    // Apart from what scrolls, so that the terminal can move the rows alone.
    const head = { rect: { ...body, height: fixed }, lines: lines.slice(0, fixed) };
    const rows = { ...body, y: body.y + fixed, height: body.height - fixed };
    const scrolled = { rect: rows, lines: lines.slice(fixed) };
    const painted = fixed > 0 ? [head, scrolled] : [scrolled];
    return [...painted, ...frameSides(body, painter)];
  }
}

const sameLayout = ({ layout: a }: ChromeModel, { layout: b }: ChromeModel): boolean =>
  a.columns === b.columns && a.rows === b.rows && a.body.y === b.body.y;
