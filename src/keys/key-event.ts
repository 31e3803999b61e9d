/** One key or one paste. */
export interface KeyEvent {
  /** The name of the key: `j`, `G`, `enter`, `esc`, `ctrl-w`, `alt-x`, `shift-left`, `pgdn`, `f5`, `space`; `paste` for a paste. */
  readonly chord: string;
  /** The character, for keys that print one (also for `space`). */
  readonly text?: string;
  /** The pasted text, not sanitised; line breaks are `\n`. */
  readonly paste?: string;
}
