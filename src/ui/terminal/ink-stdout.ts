import { EventEmitter } from 'node:events';
import type { Terminal } from './terminal.ts';

/** Nothing but control sequences: Ink's own handling of the terminal, which is not Ink's here. */
const CONTROL = /^(?:\x1b\[[0-?]*[ -/]*[@-~]|\x1b[78])*$/;

/** What Ink takes for stdout and stderr: its frames go to the screen, its control sequences nowhere. */
export class InkStdout extends EventEmitter {
  readonly isTTY = true;
  readonly #terminal: Terminal;

  constructor(terminal: Terminal) {
    super();
    this.#terminal = terminal;
    terminal.onResize(() => this.emit('resize'));
  }

  get columns(): number {
    return this.#terminal.size.columns;
  }

  get rows(): number {
    return this.#terminal.size.rows;
  }

  /** With `debug: true` each write of Ink is one whole frame. */
  write(frame: string, encoding?: unknown, callback?: () => void): boolean {
    if (!CONTROL.test(frame)) this.#terminal.screen.setBase(frame.split('\n'));
    const done = typeof encoding === 'function' ? encoding : callback;
    if (done) Reflect.apply(done, undefined, []);
    return true;
  }
}
