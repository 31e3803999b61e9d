/** Synchronized update (DEC private mode 2026): the terminal shows the frame as a whole. Some multiplexers strip the marks; nothing relies on them. */
export const SYNC_BEGIN = '\x1b[?2026h';
export const SYNC_END = '\x1b[?2026l';

export const HIDE_CURSOR = '\x1b[?25l';
export const SHOW_CURSOR = '\x1b[?25h';

/**
 * Alternate screen, no wrapping at the right margin (a full last column must not move the cursor),
 * hidden cursor, bracketed paste.
 */
export const ENTER = `\x1b[?1049h\x1b[?7l${HIDE_CURSOR}\x1b[?2004h\x1b[r\x1b[m\x1b[2J`;

/** Undoes {@link ENTER}, whatever a frame cut short has left behind; starts by ending a cut-off sequence. */
export const LEAVE = `\x18${SYNC_END}\x1b[r\x1b[m\x1b[?2004l\x1b[?7h${SHOW_CURSOR}\x1b[?1049l`;

/** Keeps the title of the window and brings it back (XTWINOPS 22 and 23). */
export const PUSH_TITLE = '\x1b[22;0t';
export const POP_TITLE = '\x1b[23;0t';

/** Names the window. */
export function title(text: string): string {
  return `\x1b]2;${text}\x07`;
}

/**
 * Ends what another program may have left on: the alternate screen, mouse reports, focus reports,
 * the line drawing set, colours, scroll margins, a hidden cursor. The cursor stays at the end of
 * what was printed, on a line of its own, so that what is printed next stands below: 1049 would put
 * it where it was saved long ago, the margins at the top.
 */
export const UNDO_MODES =
  '\x1b[?1047l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1004l\x1b[?1006l\x1b(B\x0f\x1b[!p\x1b[0m\x1b7\x1b[r\x1b8\x1b[?25h\r\n';
