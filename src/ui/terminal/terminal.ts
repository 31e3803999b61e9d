import process from 'node:process';
import type { KeyEvent } from '../../keys/key-event.ts';
import { sanitize } from '../../core/text.ts';
import { copySequence } from './clipboard.ts';
import type { CopyOutcome } from './clipboard.ts';
import { KeyReader } from './key-reader.ts';
import type { Timer } from './key-reader.ts';
import { Screen } from './screen.ts';
import { ENTER, LEAVE, POP_TITLE, PUSH_TITLE, title, UNDO_MODES } from './sequences.ts';
import { setBlocking, writeNow } from './tty.ts';
import type { Size, TtyInput, TtyOutput } from './tty.ts';

/** The part of Node's `process` that job control needs. */
export interface JobControl {
  on(signal: 'SIGCONT' | 'SIGTSTP', listener: () => void): unknown;
  off(signal: 'SIGCONT' | 'SIGTSTP', listener: () => void): unknown;
  kill(pid: number, signal: 'SIGTSTP'): unknown;
}

/** What a terminal stands on. All but the streams have defaults. */
export interface TerminalOptions {
  readonly stdin: TtyInput;
  readonly stdout: TtyOutput;
  /** The variables that matter here: TMUX and STY, for copying. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly jobs?: JobControl;
  readonly timer?: Timer;
}

/** The terminal in raw mode while somebody else has it; see the port of the same shape. */
export interface RawTerminal {
  readonly columns: number;
  readonly rows: number;
  write(bytes: Uint8Array | string, taken?: () => void): void;
  onInput(listener: (bytes: Uint8Array) => void): () => void;
  onResize(listener: () => void): () => void;
}

/** Whose the terminal is: nobody's yet or any more, ours, or a child's or the shell's for a while. */
type Owner = 'none' | 'us' | 'other';

/** How long after a stop signal we are certainly either stopped or not going to be (no job control). */
const STOP_MS = 50;

/** Raw mode, alternate screen, keys, resize, suspend, hand-over, restore. */
export class Terminal {
  readonly screen: Screen;
  readonly #stdin: TtyInput;
  readonly #stdout: TtyOutput;
  readonly #env: Readonly<Record<string, string | undefined>>;
  readonly #jobs: JobControl;
  readonly #timer: Timer;
  readonly #keyListeners = new Set<(key: KeyEvent) => void>();
  readonly #resizeListeners = new Set<(size: Size) => void>();
  readonly #reader: KeyReader;
  #owner: Owner = 'none';
  #size: Size;
  #resizeScheduled = false;
  #titled = false;

  constructor(options: TerminalOptions) {
    this.#stdin = options.stdin;
    this.#stdout = options.stdout;
    this.#env = options.env;
    this.#jobs = options.jobs ?? process;
    this.#timer = options.timer ?? startTimer;
    this.#size = sizeOf(options.stdout);
    this.screen = new Screen(options.stdout, this.#size.columns, this.#size.rows);
    this.#reader = new KeyReader((key) => {
      for (const listener of this.#keyListeners) listener(key);
    }, this.#timer);
  }

  /** The size that is being drawn for. */
  get size(): Size {
    return this.#size;
  }

  /** True while a child process or the shell has the terminal: signals of the keyboard are for them. */
  get isHandedOver(): boolean {
    return this.#owner === 'other';
  }

  /** Takes the terminal: alternate screen, raw mode, hidden cursor, bracketed paste. */
  open(): void {
    if (this.#owner !== 'none') return;
    setBlocking(this.#stdout, false);
    this.#stdin.on('data', this.#reader.push);
    this.#stdout.on('resize', this.#onResize);
    this.#jobs.on('SIGCONT', this.#onContinue);
    this.#jobs.on('SIGTSTP', this.#onStop);
    this.#enter();
  }

  /** Each decoded key or paste, in order. Returns the function that stops it. */
  onKey(listener: (key: KeyEvent) => void): () => void {
    this.#keyListeners.add(listener);
    return () => void this.#keyListeners.delete(listener);
  }

  /** After a resize, once per turn with the newest size. Returns the function that stops it. */
  onResize(listener: (size: Size) => void): () => void {
    this.#resizeListeners.add(listener);
    return () => void this.#resizeListeners.delete(listener);
  }

  /**
   * ctrl-z: gives the terminal back to the shell and stops the whole process group (a launcher may
   * be our parent, and the shell waits for that one); repaints when continued. Without job control
   * (nobody could continue us) the screen comes back at once.
   */
  async suspend(): Promise<void> {
    if (this.#owner !== 'us') return;
    await this.#leave();
    this.#jobs.kill(0, 'SIGTSTP');
    await new Promise<void>((resolve) => {
      this.#timer(resolve, STOP_MS);
    });
    this.#comeBack();
  }

  /** Leaves the terminal to a child process with inherited stdio while `run` is pending. One at a time. */
  async handOver<T>(run: () => Promise<T>): Promise<T> {
    if (this.#owner !== 'us') throw new Error('The terminal is in use by another program');
    await this.#leave();
    try {
      return await run();
    } finally {
      this.#comeBack();
    }
  }

  /** Lends the terminal in raw mode to a process elsewhere while `run` is pending. */
  async lend<T>(run: (terminal: RawTerminal) => Promise<T>): Promise<T> {
    return this.handOver(async () => {
      const [stdin, stdout] = [this.#stdin, this.#stdout];
      stdin.off('data', this.#reader.push);
      this.#setRaw(true);
      stdin.resume();
      try {
        return await run({
          get columns() {
            return sizeOf(stdout).columns;
          },
          get rows() {
            return sizeOf(stdout).rows;
          },
          write: (bytes, taken) => void stdout.write(bytes, taken),
          onInput: (listener) => listening(stdin, 'data', listener),
          onResize: (listener) => listening(stdout, 'resize', listener),
        });
      } finally {
        stdin.pause();
        this.#setRaw(false);
        stdin.on('data', this.#reader.push);
        // What it was made to do by the other end is undone.
        stdout.write(UNDO_MODES);
      }
    });
  }

  /** Gives the terminal back for good. Idempotent, synchronous, never throws. */
  restore(): void {
    const wasOurs = this.#owner === 'us';
    if (this.#owner === 'none') return;
    this.#owner = 'none';
    this.screen.setActive(false);
    // A standard input that flows would keep the process alive.
    this.#stdin.pause();
    this.#stdin.off('data', this.#reader.push);
    this.#stdout.off('resize', this.#onResize);
    this.#jobs.off('SIGCONT', this.#onContinue);
    this.#jobs.off('SIGTSTP', this.#onStop);
    if (wasOurs) {
      this.#setRaw(false);
      writeNow(this.#stdout, this.#farewell());
    }
    setBlocking(this.#stdout, true);
  }

  /** Puts text on the clipboard of the user's terminal (OSC 52). */
  copy(text: string): CopyOutcome {
    const { sequence, outcome } = copySequence(text, this.#env);
    if (sequence !== '' && this.#owner === 'us') this.#stdout.write(sequence);
    return outcome;
  }

  /** Names the window, e.g. `ekscope · prod-eu`; the old name comes back at the end. */
  setTitle(text: string): void {
    if (this.#owner !== 'us') return;
    this.#stdout.write((this.#titled ? '' : PUSH_TITLE) + title(sanitize(text)));
    this.#titled = true;
  }

  #enter(): void {
    this.#owner = 'us';
    this.#setRaw(true);
    this.#stdin.resume();
    this.#stdout.write(ENTER);
    this.screen.setActive(true);
    this.#onResize();
  }

  /** Gives the terminal to another; resolves when all that was written has been taken. */
  async #leave(): Promise<void> {
    this.#owner = 'other';
    // A child that is stopped from the keyboard stops us as well: the shell waits for us.
    this.#jobs.off('SIGTSTP', this.#onStop);
    this.screen.setActive(false);
    this.#stdin.pause();
    this.#setRaw(false);
    await new Promise<void>((resolve) => {
      this.#stdout.write(this.#farewell(), () => resolve());
    });
  }

  #comeBack(): void {
    if (this.#owner !== 'other') return;
    this.#jobs.on('SIGTSTP', this.#onStop);
    this.#enter();
  }

  #farewell(): string {
    const text = LEAVE + (this.#titled ? POP_TITLE : '');
    this.#titled = false;
    return text;
  }

  #setRaw(on: boolean): void {
    try {
      this.#stdin.setRawMode?.(on);
    } catch {
      // The terminal is gone; the streams' error events tell the exit guards.
    }
  }

  /** Somebody else stopped and continued us (`kill -STOP`): the shell has changed the modes meanwhile. */
  readonly #onContinue = (): void => {
    if (this.#owner === 'us') this.#enter();
  };

  readonly #onStop = (): void => {
    void this.suspend();
  };

  readonly #onResize = (): void => {
    if (this.#resizeScheduled) return;
    this.#resizeScheduled = true;
    setImmediate(() => {
      this.#resizeScheduled = false;
      const size = sizeOf(this.#stdout);
      if (size.columns === this.#size.columns && size.rows === this.#size.rows) return;
      this.#size = size;
      this.screen.resize(size.columns, size.rows);
      for (const listener of this.#resizeListeners) listener(size);
    });
  };
}

function listening(
  stream: TtyInput | TtyOutput,
  event: string,
  listener: (bytes: Uint8Array) => void,
): () => void {
  stream.on(event, listener);
  return () => void stream.off(event, listener);
}

function sizeOf(stdout: TtyOutput): Size {
  return { columns: Math.max(1, stdout.columns || 80), rows: Math.max(1, stdout.rows || 24) };
}

const startTimer: Timer = (run, ms) => {
  const handle = setTimeout(run, ms);
  return () => clearTimeout(handle);
};
