import { EventEmitter } from 'node:events';
import type { KeyEvent } from '../../keys/key-event.ts';

/**
 * What Ink takes for stdin. The dispatcher pushes keys into it while a form field or a picker is
 * open; raw mode is not Ink's, so it cannot be switched off from here.
 */
export class InkStdin extends EventEmitter {
  readonly isTTY = true;
  readonly #queue: string[] = [];
  #tail: Promise<void> = Promise.resolve();
  #flush: () => Promise<void> = () => Promise.resolve();

  /** `flush` is `app.waitUntilRenderFlush`: of two keys in one turn Ink would lose the first. */
  connect(flush: () => Promise<void>): void {
    this.#flush = flush;
  }

  /** Gives one key to Ink; resolves when it has been rendered. Keys that Ink's inputs get wrong are dropped. */
  push(key: KeyEvent): Promise<void> {
    const input = toInkInput(key);
    if (input === undefined) return Promise.resolve();
    this.#tail = this.#tail.then(() => {
      this.#queue.push(input);
      this.emit('readable');
      return this.#flush();
    });
    return this.#tail;
  }

  /** Resolves when Ink has taken all that was pushed, and rendered what came of it. */
  drained(): Promise<void> {
    return this.#tail.then(() => this.#flush());
  }

  /** Ink reads until it gets null. */
  read(): string | null {
    return this.#queue.shift() ?? null;
  }

  setRawMode(): this {
    return this;
  }

  setEncoding(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}

const INK_INPUT: Readonly<Record<string, string>> = {
  enter: '\r',
  esc: '\x1b',
  tab: '\t',
  'shift-tab': '\x1b[Z',
  backspace: '\x7f',
  up: '\x1b[A',
  down: '\x1b[B',
  right: '\x1b[C',
  left: '\x1b[D',
};

/** The bytes Ink understands for a key, or undefined for a key that its inputs would get wrong (they type `u` for ctrl-u). */
export function toInkInput(key: KeyEvent): string | undefined {
  if (key.paste !== undefined) return key.paste.replace(/\p{Cc}+/gu, ' ');
  return key.text ?? INK_INPUT[key.chord];
}
