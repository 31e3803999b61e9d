/** A rectangle of cells; origin 0,0 is the top left corner. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A painted body: `lines[i]` (printable text and SGR only) goes to row `rect.y + i`, clipped and blank-padded. */
export interface Viewport {
  readonly rect: Rect;
  readonly lines: readonly string[];
}

/** What a screen writes to: the part of a Node stream it needs. */
export interface ScreenOutput {
  /** Returns false when the reader is behind; `drain` follows. */
  write(data: string): boolean;
  once(event: 'drain', listener: () => void): unknown;
}

/** Merges Ink's frame and the viewports and writes what changed. Setters take effect with the next present. */
export class Screen {
  constructor(output: ScreenOutput, columns: number, rows: number) {
    void [output, columns, rows];
  }
  /** The whole frame of Ink, one string per row. */
  setBase(lines: readonly string[]): void {
    void lines;
  }
  /** All painted bodies, later ones over earlier ones. */
  setViewports(viewports: readonly Viewport[]): void {
    void viewports;
  }
  /** Where the base shows through the viewports: open dialogs and popups. */
  setCutouts(rects: readonly Rect[]): void {
    void rects;
  }
  /** Where the text cursor stands, or null to hide it. */
  setCursor(at: { x: number; y: number } | null): void {
    void at;
  }
  /** Writes the difference now; at most one write, none when nothing changed. Setters schedule it by themselves at the end of the turn. */
  present(): void {
    void 0;
  }
}
