import { drawRow } from './diff.ts';
import { clip, sameRect } from './geometry.ts';
import type { Rect, Viewport } from './geometry.ts';
import { Compositor } from './layers.ts';
import type { Scene } from './layers.ts';
import { Pen } from './pen.ts';
import { blankRow } from './row.ts';
import type { Row } from './row.ts';
import { findShift, shiftRows } from './scroll.ts';
import type { Shift } from './scroll.ts';
import { HIDE_CURSOR, SHOW_CURSOR, SYNC_BEGIN, SYNC_END } from './sequences.ts';

/** What a screen writes to: the part of a Node stream it needs. */
export interface ScreenOutput {
  /** Returns false when the reader is behind; `drain` follows. */
  write(data: string): boolean;
  once(event: 'drain', listener: () => void): unknown;
}

/** A cell. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * Merges Ink's frame and the painted viewports and writes what changed, in one write per turn of the
 * event loop. While the terminal is behind, frames are skipped and the newest state follows.
 */
export class Screen {
  readonly #output: ScreenOutput;
  #columns: number;
  #rows: number;
  #compositor: Compositor;
  #scene: Scene = { base: [], viewports: [], cutouts: [] };
  #cursor: Point | null = null;
  /** What the terminal shows; undefined when that is unknown. */
  #shown: { rows: Row[]; viewports: readonly Viewport[]; cursor: Point | null } | undefined;
  #active = false;
  #blocked = false;
  #scheduled = false;

  constructor(output: ScreenOutput, columns: number, rows: number) {
    this.#output = output;
    this.#columns = columns;
    this.#rows = rows;
    this.#compositor = new Compositor(columns, rows);
  }

  /** The whole frame of Ink, one string per row. */
  setBase(lines: readonly string[]): void {
    this.#scene = { ...this.#scene, base: lines };
    this.#schedule();
  }

  /** All painted bodies, later ones over earlier ones. */
  setViewports(viewports: readonly Viewport[]): void {
    const known = this.#scene.viewports.map(({ rect }) => rect);
    const clipped = viewports.map(({ rect, lines }) => {
      const visible = clip(rect, this.#columns, this.#rows);
      const skipped = visible.y - rect.y;
      return {
        rect: keepIdentity(known, visible),
        lines: lines.slice(skipped, skipped + visible.height),
      };
    });
    this.#scene = { ...this.#scene, viewports: clipped };
    this.#schedule();
  }

  /** Where the base shows through the viewports: open dialogs and popups. */
  setCutouts(rects: readonly Rect[]): void {
    const cutouts = rects.map((rect) =>
      keepIdentity(this.#scene.cutouts, clip(rect, this.#columns, this.#rows)),
    );
    this.#scene = { ...this.#scene, cutouts };
    this.#schedule();
  }

  /** Where the text cursor stands, or null to hide it. */
  setCursor(at: Point | null): void {
    this.#cursor = at;
    this.#schedule();
  }

  /** Takes a new size. The layers stay until they are set anew; everything is drawn again. */
  resize(columns: number, rows: number): void {
    this.#columns = columns;
    this.#rows = rows;
    this.#compositor = new Compositor(columns, rows);
    this.repaint();
  }

  /** Draws everything again, e.g. after something else has written to the terminal. */
  repaint(): void {
    this.#shown = undefined;
    this.#schedule();
  }

  /** Starts or stops writing. A screen starts stopped; what it shows is unknown each time it starts. */
  setActive(active: boolean): void {
    this.#active = active;
    if (active) this.repaint();
  }

  /** Writes the difference now: at most one write, and none when nothing changed. */
  present(): void {
    if (!this.#active || this.#blocked) return;
    const rows = this.#compositor.compose(this.#scene);
    const body = this.#draw(rows);
    const cursor = this.#cursor;
    const cursorMoved = !samePoint(cursor, this.#shown?.cursor ?? null);
    const wasVisible = this.#shown === undefined || this.#shown.cursor !== null;
    this.#shown = { rows, viewports: this.#scene.viewports, cursor };
    if (body === '' && !cursorMoved) return;
    const hide = wasVisible && (body !== '' || cursor === null) ? HIDE_CURSOR : '';
    const place = cursor === null ? '' : `\x1b[${cursor.y + 1};${cursor.x + 1}H${SHOW_CURSOR}`;
    this.#write(SYNC_BEGIN + hide + body + place + SYNC_END);
  }

  #draw(rows: readonly Row[]): string {
    const shift = this.#shift();
    if (shift === undefined) return this.#difference(rows);
    const shifted = this.#difference(rows, shift);
    if (shift.moved * 2 > shift.bottom - shift.top) return shifted;
    const plain = this.#difference(rows);
    return shifted.length < plain.length ? shifted : plain;
  }

  #difference(rows: readonly Row[], shift?: Shift): string {
    let shown: readonly Row[] | undefined = this.#shown?.rows;
    const pen = new Pen();
    if (shift !== undefined && shown !== undefined) {
      pen.scroll(shift.top, shift.bottom, shift.by);
      shown = shiftRows(shown, shift, blankRow(this.#columns));
    }
    for (const [y, row] of rows.entries()) {
      if (shown?.[y] !== row) drawRow(pen, y, shown?.[y], row);
    }
    return pen.finish();
  }

  /** The scroll to try: of the tallest viewport that stayed in its place. */
  #shift(): Shift | undefined {
    let best: Shift | undefined;
    for (const next of this.#scene.viewports) {
      const shown = this.#shown?.viewports.find(({ rect }) => rect === next.rect);
      const shift = shown && findShift(shown, next);
      if (shift && shift.bottom - shift.top > (best ? best.bottom - best.top : 0)) best = shift;
    }
    return best;
  }

  #schedule(): void {
    if (this.#scheduled || !this.#active) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      this.present();
    });
  }

  #write(data: string): void {
    if (this.#output.write(data)) return;
    this.#blocked = true;
    this.#output.once('drain', () => {
      this.#blocked = false;
      this.present();
    });
  }
}

/** A known rectangle that equals this one, so that unchanged layers can be told by identity. */
function keepIdentity(known: readonly Rect[], rect: Rect): Rect {
  return known.find((candidate) => sameRect(candidate, rect)) ?? rect;
}

function samePoint(a: Point | null, b: Point | null): boolean {
  return a?.x === b?.x && a?.y === b?.y;
}
