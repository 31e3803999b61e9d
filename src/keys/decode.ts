/** One key or one paste. */
export interface KeyEvent {
  /** The name of the key: `j`, `G`, `enter`, `esc`, `ctrl-w`, `alt-x`, `shift-left`, `pgdn`, `f5`, `space`; `paste` for a paste. */
  readonly chord: string;
  /** The character, for keys that print one (also for `space`). */
  readonly text?: string;
  /** The pasted text, unsanitised, line breaks as `\n`. */
  readonly paste?: string;
}

/** Turns what a terminal sends into keys, across any split of the input. */
export class KeyDecoder {
  /** True while an escape sequence, a character or a paste is incomplete; call `flush` some 50 ms later. */
  get pending(): boolean {
    return false;
  }
  /** Decodes the next piece of input. */
  push(chunk: Uint8Array | string): KeyEvent[] {
    void chunk;
    return [];
  }
  /** Decides that what is pending is complete: a lone ESC is the escape key. An open paste stays open. */
  flush(): KeyEvent[] {
    return [];
  }
}
