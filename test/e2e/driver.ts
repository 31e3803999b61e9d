/**
 * Drives the real program in a real pseudo-terminal: press keys, wait for what the screen must
 * show. Nothing here sleeps: every wait ends with the output that makes it true.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as pty from '@lydell/node-pty';
import { Unicode11Addon } from '@xterm/addon-unicode11';
import xterm from '@xterm/headless';
import { visibleLine } from '../support/visible-line.ts';

const PROGRAM = fileURLToPath(new URL('../../bin/ekscope.js', import.meta.url));

/** How long the screen may take to show something (ms). Generous: it is no measure of speed, and
 * the machine may be busy with other things. */
const PATIENCE = 60_000;

const KEYS: Readonly<Record<string, string>> = {
  enter: '\r',
  esc: '\x1b',
  tab: '\t',
  'shift-tab': '\x1b[Z',
  space: ' ',
  backspace: '\x7f',
  up: '\x1b[A',
  down: '\x1b[B',
  right: '\x1b[C',
  left: '\x1b[D',
  'shift-right': '\x1b[1;2C',
  'shift-left': '\x1b[1;2D',
  pgdn: '\x1b[6~',
  pgup: '\x1b[5~',
};

/** The bytes a terminal sends for a chord. */
export function bytesOf(chord: string): string {
  const named = KEYS[chord];
  if (named !== undefined) return named;
  const ctrl = /^ctrl-(.)$/.exec(chord)?.[1];
  return ctrl === undefined ? chord : String.fromCharCode(ctrl.charCodeAt(0) & 31);
}

export interface LaunchOptions {
  readonly args?: readonly string[];
  /** Beside a clean environment: PATH, HOME of its own, TERM. */
  readonly env?: Readonly<Record<string, string>>;
  readonly columns?: number;
  readonly rows?: number;
}

type Expected = string | RegExp | ((screen: string) => boolean);

export class App implements AsyncDisposable {
  readonly home: string;
  readonly #pty: pty.IPty;
  readonly #terminal: xterm.Terminal;
  readonly #waiting = new Set<() => void>();
  #raw = '';
  #exit: number | null = null;

  constructor({ args = [], env = {}, columns = 120, rows = 40 }: LaunchOptions = {}) {
    this.home = mkdtempSync(join(tmpdir(), 'ekscope-test-'));
    this.#terminal = new xterm.Terminal({
      cols: columns,
      rows,
      allowProposedApi: true,
      scrollback: 0,
    });
    this.#terminal.loadAddon(new Unicode11Addon());
    this.#terminal.unicode.activeVersion = '11';
    this.#pty = pty.spawn(process.execPath, [PROGRAM, ...args], {
      cols: columns,
      rows,
      name: 'xterm-256color',
      cwd: this.home,
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: this.home,
        TERM: 'xterm-256color',
        COLORTERM: 'truecolor',
        LANG: 'C.UTF-8',
        TZ: 'UTC',
        ...env,
      },
    });
    this.#pty.onData((data) => {
      this.#raw += data;
      this.#terminal.write(data, () => this.#check());
    });
    this.#pty.onExit(({ exitCode }) => {
      // The terminal reads what was written in turns of its own: the end comes behind all of it.
      this.#terminal.write('', () => {
        this.#exit = exitCode;
        this.#check();
      });
    });
  }

  /** The terminal that shows it. */
  get terminal(): xterm.Terminal {
    return this.#terminal;
  }

  /** The screen as text, a line per row, without trailing blanks. */
  screen(): string {
    return Array.from({ length: this.#terminal.rows }, (_, y) =>
      (visibleLine(this.#terminal, y)?.translateToString(true) ?? '').trimEnd(),
    ).join('\n');
  }

  /** Is the alternate screen in use. */
  get alternate(): boolean {
    return this.#terminal.buffer.active.type === 'alternate';
  }

  /** All bytes written so far. */
  get raw(): string {
    return this.#raw;
  }

  get exitCode(): number | null {
    return this.#exit;
  }

  get pid(): number {
    return this.#pty.pid;
  }

  /** Presses keys, one chord after another, without waiting between them. */
  press(...chords: readonly string[]): void {
    for (const chord of chords) this.#pty.write(bytesOf(chord));
  }

  /** Types text in one go, as a fast typist or a paste without marks. */
  type(text: string): void {
    this.#pty.write(text);
  }

  resize(columns: number, rows: number): void {
    this.#terminal.resize(columns, rows);
    this.#pty.resize(columns, rows);
  }

  signal(name: NodeJS.Signals): void {
    process.kill(this.#pty.pid, name);
  }

  /** Waits until the screen shows it; fails with the screen. */
  async wait(expected: Expected, patience = PATIENCE): Promise<string> {
    // The screen as it was when it showed it: more output may follow at once.
    const seen: string[] = [];
    const shows = (): boolean => {
      // In the middle of a frame a terminal shows the one before.
      if (this.#terminal.modes.synchronizedOutputMode) return false;
      const screen = this.screen();
      const found =
        typeof expected === 'string'
          ? screen.includes(expected)
          : expected instanceof RegExp
            ? expected.test(screen)
            : expected(screen);
      if (found) seen.push(screen);
      return found;
    };
    await this.#until(() => shows() || this.#exit !== null, patience, String(expected));
    const [first] = seen;
    if (first !== undefined) return first;
    throw new Error(
      `the program ended (${String(this.#exit)}) before ${String(expected)}\n${this.screen()}`,
    );
  }

  /** Waits until the program has ended, and gives its exit code. */
  async ended(patience = PATIENCE): Promise<number> {
    await this.#until(() => this.#exit !== null, patience, 'the end of the program');
    return this.#exit ?? -1;
  }

  #until(done: () => boolean, patience: number, what: string): Promise<void> {
    if (done()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const late = AbortSignal.timeout(patience);
      const check = (): void => {
        if (!done()) return;
        finish();
        resolve();
      };
      const fail = (): void => {
        finish();
        reject(new Error(`waited ${patience} ms for ${what}; the screen shows:\n${this.screen()}`));
      };
      const finish = (): void => {
        this.#waiting.delete(check);
        late.removeEventListener('abort', fail);
      };
      this.#waiting.add(check);
      late.addEventListener('abort', fail);
    });
  }

  #check(): void {
    for (const check of [...this.#waiting]) check();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#exit === null) {
      this.#pty.kill('SIGKILL');
      await this.#until(() => this.#exit !== null, PATIENCE, 'the end of the program');
    }
    this.#terminal.dispose();
    rmSync(this.home, { recursive: true, force: true });
  }
}
