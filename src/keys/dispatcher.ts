/** Takes each key through the layers of the moment until one of them takes it. */
import type { KeyEvent } from './key-event.ts';
import type { Keymap } from './keymap.ts';

/** A taker of keys: an open dialog, a prompt, the pane on top, the program itself. */
export interface Layer {
  /** The keymap layers its keys are looked up in, nearest first. */
  readonly keymaps: readonly string[];
  /** Runs a bound command; false: not now, the next layer may have the key. */
  readonly run: (command: string, key: KeyEvent) => boolean;
  /** Gets every key that no binding of this layer took: text being typed. */
  readonly type?: (key: KeyEvent) => boolean;
  /** No key goes past it. */
  readonly modal?: boolean;
}

/** Gives keys to layers. Synchronous: when it returns, the effect of the key is in the state. */
export class Dispatcher {
  readonly #keymap: Keymap;
  readonly #layers: () => readonly Layer[];

  /** `layers` is asked at every key, nearest first. */
  constructor(keymap: Keymap, layers: () => readonly Layer[]) {
    this.#keymap = keymap;
    this.#layers = layers;
  }

  /**
   * Whether any layer took the key. Esc and the key after it, typed fast or joined by a slow line,
   * arrive as one key with alt: where nothing is bound to that, they are two keys again.
   */
  handle(key: KeyEvent): boolean {
    if (this.#offer(key)) return true;
    if (!key.chord.startsWith('alt-')) return false;
    const chord = key.chord.slice('alt-'.length);
    const text = chord === 'space' ? ' ' : chord;
    const escaped = this.#offer({ chord: 'esc' });
    const taken = this.#offer(Array.from(text).length === 1 ? { chord, text } : { chord });
    return escaped || taken;
  }

  #offer(key: KeyEvent): boolean {
    for (const layer of this.#layers()) {
      for (const name of layer.keymaps) {
        const binding = this.#keymap.find(name, key.chord);
        if (binding && layer.run(binding.command, key)) return true;
      }
      if (layer.type?.(key)) return true;
      if (layer.modal) return false;
    }
    return false;
  }
}
