/**
 * A program in a pseudo-terminal, seen from outside: what it wrote and when. Bytes are only
 * stamped while it runs; what they show is worked out afterwards, so that measuring takes no CPU
 * from what is measured.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import * as pty from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { visibleLine } from '../support/visible-line.ts';

/** What to run, and how to tell what it shows. */
export interface Subject {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** What its rows look like; absent: pods. */
  readonly rows?: RegExp;
}

/** Bytes that arrived together. */
export interface Chunk {
  /** Since the start (ms). */
  readonly at: number;
  readonly data: string;
}

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** How long ctrl-c may take (ms). */
const GRACE_MS = 3000;
/** Ticks a second in /proc/PID/stat: USER_HZ, 100 on every Linux. */
const TICKS = 100;

export class Program implements AsyncDisposable {
  readonly chunks: Chunk[] = [];
  readonly size: Size;
  readonly #pty: pty.IPty;
  readonly #began = performance.now();
  readonly #listeners = new Set<(chunk: Chunk) => void>();
  readonly #ended: Promise<void>;

  constructor({ command, args, env }: Subject, size: Size) {
    this.size = size;
    this.#pty = pty.spawn(command, [...args], {
      cols: size.columns,
      rows: size.rows,
      name: 'xterm-256color',
      env: { TERM: 'xterm-256color', COLORTERM: 'truecolor', LANG: 'C.UTF-8', ...env },
    });
    this.#pty.onData((data) => {
      const chunk = { at: this.now(), data };
      this.chunks.push(chunk);
      for (const listener of this.#listeners) listener(chunk);
    });
    this.#ended = new Promise((resolve) => this.#pty.onExit(() => resolve()));
  }

  /** Milliseconds since the start. */
  now(): number {
    return performance.now() - this.#began;
  }

  press(bytes: string): void {
    this.#pty.write(bytes);
  }

  listen(listener: (chunk: Chunk) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves once nothing was written for `quiet` ms; false where that did not come within `patience`. */
  async settled(quiet: number, patience: number): Promise<boolean> {
    const until = this.now() + patience;
    for (;;) {
      const silent = this.now() - (this.chunks.at(-1)?.at ?? 0);
      if (silent >= quiet) return true;
      if (this.now() > until) return false;
      await sleep(quiet - silent);
    }
  }

  /** Resolves once something like this was written, or after `patience` ms. */
  async wrote(like: (data: string) => boolean, patience: number): Promise<void> {
    const until = this.now() + patience;
    while (!this.chunks.some(({ data }) => like(data)) && this.now() < until) await sleep(5);
  }

  /** The bytes and chunks from a moment on. */
  since(at: number): { readonly bytes: number; readonly chunks: readonly Chunk[] } {
    const chunks = this.chunks.filter((chunk) => chunk.at >= at);
    return { bytes: chunks.reduce((sum, { data }) => sum + Buffer.byteLength(data), 0), chunks };
  }

  /** When each of these first was on the screen (ms since the start); null where it never was. */
  async firstSeen(shows: readonly ((screen: string) => boolean)[]): Promise<(number | null)[]> {
    const screen = new Screen(this.size);
    const seen = shows.map((): number | null => null);
    for (const [i, { at, data }] of this.chunks.entries()) {
      await screen.write(data);
      // Chunks of one frame arrive together: it is on the screen with the last.
      if ((this.chunks[i + 1]?.at ?? Infinity) - at < 1) continue;
      const text = screen.text();
      for (const [n, show] of shows.entries()) if (seen[n] === null && show(text)) seen[n] = at;
      if (!seen.includes(null)) break;
    }
    screen.dispose();
    return seen;
  }

  /** What the screen shows now. */
  async screen(): Promise<string> {
    const screen = new Screen(this.size);
    for (const { data } of this.chunks) await screen.write(data);
    const text = screen.text();
    screen.dispose();
    return text;
  }

  /** Resident memory (MB) of the process and its children. */
  memory(): number {
    const kib = processTree(this.#pty.pid).map((pid) =>
      Number(/VmRSS:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0),
    );
    return kib.reduce((sum, one) => sum + one, 0) / 1024;
  }

  /** CPU time used so far (ms) by the process and its children. */
  cpu(): number {
    const ticks = processTree(this.#pty.pid).map((pid) => {
      const fields = read(`/proc/${pid}/stat`).split(') ')[1]?.split(' ') ?? [];
      return Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
    });
    return (ticks.reduce((sum, one) => sum + one, 0) * 1000) / TICKS;
  }

  /** Lets it end by itself, as only then Node keeps what it compiled for the next start. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#pty.write('\x03');
    await Promise.race([this.#ended, sleep(GRACE_MS, undefined, { ref: false })]);
    this.#pty.kill('SIGKILL');
    await this.#ended;
  }
}

/** A terminal that only remembers what it shows. */
export class Screen {
  readonly #terminal: xterm.Terminal;

  constructor({ columns, rows }: Size) {
    this.#terminal = new xterm.Terminal({
      cols: columns,
      rows,
      scrollback: 0,
      allowProposedApi: true,
    });
  }

  write(data: string): Promise<void> {
    return new Promise((resolve) => this.#terminal.write(data, resolve));
  }

  text(): string {
    return Array.from({ length: this.#terminal.rows }, (_, y) =>
      (visibleLine(this.#terminal, y)?.translateToString(true) ?? '').trimEnd(),
    ).join('\n');
  }

  dispose(): void {
    this.#terminal.dispose();
  }
}

function processTree(root: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => [
      Number(name),
      Number(read(`/proc/${name}/stat`).split(') ')[1]?.split(' ')[1]),
    ]);
  const found = [root];
  for (const pid of found) {
    for (const [child = 0, parent] of parents) if (parent === pid) found.push(child);
  }
  return found;
}

/** Processes may end while we look. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
