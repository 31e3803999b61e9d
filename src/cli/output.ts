/** Where a command writes. */
export interface Output {
  readonly out: (text: string) => void;
  /** Foreign text is made safe for the terminal. */
  readonly err: (text: string) => void;
  /** Columns of the terminal that shows what goes out; null where it goes elsewhere. */
  readonly width: number | null;
}
