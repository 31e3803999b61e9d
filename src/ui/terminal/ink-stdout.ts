import { EventEmitter } from 'node:events';
import type { Terminal } from './terminal.ts';

/** What Ink takes for stdout: its frames go to the screen, its own control sequences nowhere. */
export class InkStdout extends EventEmitter {
  readonly isTTY = true;
  readonly #terminal: Terminal;
  constructor(terminal: Terminal) {
    super();
    this.#terminal = terminal;
  }
  get columns(): number {
    return this.#terminal.size.columns;
  }
  get rows(): number {
    return this.#terminal.size.rows;
  }
}
