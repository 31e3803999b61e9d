import type { EventEmitter } from 'node:events';
import type { KeyEvent } from '../../keys/decode.ts';
import { Screen } from './screen.ts';
import type { CopyOutcome } from './clipboard.ts';

/** The size of the terminal in cells. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** The part of `process.stdin` the terminal needs. */
export interface TtyInput extends EventEmitter {
  readonly isTTY?: boolean;
  setRawMode?(on: boolean): unknown;
  resume(): unknown;
  pause(): unknown;
}

/** The part of `process.stdout` the terminal needs. */
export interface TtyOutput extends EventEmitter {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
  readonly fd?: number;
  write(data: string): boolean;
}

export interface TerminalOptions {
  readonly stdin: TtyInput;
  readonly stdout: TtyOutput;
  /** The variables that matter here: TMUX and STY (copying), TERM_PROGRAM. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Raw mode, alternate screen, cursor, paste marks, resize, suspend, hand-over, restore. */
export class Terminal {
  readonly screen: Screen;
  constructor(options: TerminalOptions) {
    this.screen = new Screen(options.stdout, 80, 24);
  }
  get size(): Size {
    return { columns: 80, rows: 24 };
  }
  /** Takes the terminal: alternate screen, raw mode, hidden cursor, bracketed paste. */
  open(): void {
    void 0;
  }
  /** Each decoded key or paste, in order. Returns the function that stops it. */
  onKey(listener: (key: KeyEvent) => void): () => void {
    return () => void listener;
  }
  /** After a resize, once per turn with the newest size. */
  onResize(listener: (size: Size) => void): () => void {
    return () => void listener;
  }
  /** ctrl-z: gives the terminal back to the shell and stops the process group; repaints when continued. */
  suspend(): void {
    void 0;
  }
  /** Leaves the screen to a child process with inherited stdio while `run` is pending. */
  async handOver<T>(run: () => Promise<T>): Promise<T> {
    return run();
  }
  /** Gives the terminal back. Idempotent, synchronous, never throws. */
  restore(): void {
    void 0;
  }
  /** Puts text on the clipboard of the user's terminal (OSC 52). */
  copy(text: string): CopyOutcome {
    return { copied: false, reason: text };
  }
  /** Window title, e.g. `ekscope · prod-eu`. */
  setTitle(title: string): void {
    void title;
  }
}
