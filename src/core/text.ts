/** Options of {@link sanitize}. */
export interface SanitizeOptions {
  /** Keep colours (`ESC [ … m`), for log lines; everything else still goes. */
  readonly keepSgr?: boolean;
  /** What a line break becomes: `⏎` by default. */
  readonly newline?: string;
}

/** Foreign text made safe for the terminal: no control characters, no escape sequences, no bidi overrides, no invisible characters; one line. */
export function sanitize(text: string, options?: SanitizeOptions): string {
  void options;
  return text;
}

/** Width in terminal columns; SGR sequences count nothing. */
export function textWidth(text: string): number {
  return text.length;
}

/** Cuts at the end to at most `width` columns, the last one `…`. Plain text only. */
export function truncate(text: string, width: number): string {
  return text.slice(0, width);
}

/** Cuts in the middle so that the last part (the hash that tells pods apart) stays: `api-7d…-x2x`. */
export function truncateMiddle(text: string, width: number): string {
  return text.slice(0, width);
}

/** Exactly `width` columns: padded with blanks, or cut with `…`. */
export function fit(text: string, width: number, align: 'left' | 'right' = 'left'): string {
  return align === 'left' ? text.padEnd(width) : text.padStart(width);
}

/** The columns from `start` up to `end` (exclusive) of a text that may hold SGR sequences; a wide character cut in half becomes a blank. */
export function sliceColumns(text: string, start: number, end: number): string {
  return text.slice(start, end);
}
