import type { Stop } from './sink.ts';

/** The terminal while somebody else has it, as it is: nothing of ours is between. */
export interface LentTerminal {
  readonly columns: number;
  readonly rows: number;
  /** @param taken is called once the terminal has it: a slow one may be behind */
  write(bytes: Uint8Array | string, taken?: () => void): void;
  /** What is typed, byte by byte: ctrl-c too is a byte. */
  onInput(listener: (bytes: Uint8Array) => void): Stop;
  onResize(listener: () => void): Stop;
}

/**
 * Lends the terminal to a process elsewhere for as long as `run` is pending, in raw mode; the screen
 * comes back whole afterwards, whatever was written. Rejects where somebody else has it already.
 */
export type LendTerminal = <T>(run: (terminal: LentTerminal) => Promise<T>) => Promise<T>;
