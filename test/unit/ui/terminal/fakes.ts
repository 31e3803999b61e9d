import { EventEmitter } from 'node:events';
import { Terminal } from '../../../../src/ui/terminal/terminal.ts';
import type { TerminalOptions } from '../../../../src/ui/terminal/terminal.ts';
import { Vt } from './vt.ts';

export class FakeStdin extends EventEmitter {
  raw = false;
  flowing = false;
  setRawMode(on: boolean): void {
    this.raw = on;
  }
  resume(): void {
    this.flowing = true;
  }
  pause(): void {
    this.flowing = false;
  }
  type(text: string): void {
    if (this.flowing) this.emit('data', Buffer.from(text));
  }
}

/** A stdout on a terminal in memory that starts as a shell's. */
export class FakeStdout extends EventEmitter {
  readonly vt: Vt;
  columns: number;
  rows: number;
  constructor(columns: number, rows: number) {
    super();
    this.columns = columns;
    this.rows = rows;
    this.vt = new Vt(columns, rows);
    this.vt.write('\x1b[?1049l\x1b[?7h');
    this.vt.take();
  }
  write(data: string, done?: () => void): boolean {
    this.vt.write(data);
    done?.();
    return true;
  }
  resize(columns: number, rows: number): void {
    this.columns = columns;
    this.rows = rows;
    this.vt.term.resize(columns, rows);
    this.emit('resize');
  }
}

/** Job control and timers under the test's hand. */
export class FakeJobs extends EventEmitter {
  readonly signals: [pid: number, signal: string][] = [];
  timers: { run: () => void; ms: number }[] = [];
  kill(pid: number, signal: string): void {
    this.signals.push([pid, signal]);
  }
  readonly timer = (run: () => void, ms: number): (() => void) => {
    const entry = { run, ms };
    this.timers.push(entry);
    return () => {
      this.timers = this.timers.filter((other) => other !== entry);
    };
  };
  elapse(): void {
    const due = this.timers;
    this.timers = [];
    for (const { run } of due) run();
  }
}

export interface Setup {
  readonly terminal: Terminal;
  readonly stdin: FakeStdin;
  readonly stdout: FakeStdout;
  readonly jobs: FakeJobs;
}

/** A terminal on fakes, opened, with one line on its screen. */
export function setUp(env: TerminalOptions['env'] = {}): Setup {
  const [stdin, stdout, jobs] = [new FakeStdin(), new FakeStdout(40, 10), new FakeJobs()];
  const terminal = new Terminal({ stdin, stdout, env, jobs, timer: jobs.timer });
  terminal.open();
  terminal.screen.setBase(['hello']);
  terminal.screen.present();
  return { terminal, stdin, stdout, jobs };
}

/** How the terminal was left: what a shell would find. */
export async function state({ stdin, stdout }: Setup): Promise<Record<string, unknown>> {
  await stdout.vt.cells();
  const { modes, buffer } = stdout.vt.term;
  const written = stdout.vt.writes.join('');
  return {
    screen: buffer.active.type,
    paste: modes.bracketedPasteMode,
    wrap: modes.wraparoundMode,
    cursor:
      written.lastIndexOf('\x1b[?25h') > written.lastIndexOf('\x1b[?25l') ? 'visible' : 'hidden',
    raw: stdin.raw,
  };
}

export const OURS = { screen: 'alternate', paste: true, wrap: false, cursor: 'hidden', raw: true };
export const SHELLS = { screen: 'normal', paste: false, wrap: true, cursor: 'visible', raw: false };
