/**
 * Which key runs which command. Bindings are data, grouped in layers; a key belongs to the first
 * layer that binds it, so that a pane may give a key its own meaning.
 */
import type { Chord } from './chord.ts';

/** Headings under which help and docs list bindings, in this order. */
export const GROUPS = [
  'Move',
  'Look',
  'Find and sort',
  'Mark and copy',
  'Act',
  'Go',
  'Program',
] as const;

/** One of {@link GROUPS}. */
export type Group = (typeof GROUPS)[number];

/** A command and the keys that run it in one layer. */
export interface Binding {
  /** `always`, `dialog`, `prompt`, `pane:<resource>`, `table`, `text`, `logs`, `global`. */
  readonly layer: string;
  readonly command: string;
  readonly keys: readonly Chord[];
  /** Imperative, for help, palette and docs. */
  readonly title: string;
  /** One or two words for the hint line; absent: never shown there. */
  readonly hint?: string;
  /** Which hints come first where room is short; higher first. */
  readonly priority?: number;
  readonly group: Group;
}

/** Two commands of one layer that want the same key. */
export interface Clash {
  readonly layer: string;
  readonly key: Chord;
  readonly commands: readonly [string, string];
}

/** Keys by layer: what the dispatcher asks, and what help, hints and docs list. */
export class Keymap {
  readonly bindings: readonly Binding[];
  readonly clashes: readonly Clash[];
  readonly #byLayer = new Map<string, Map<Chord, Binding>>();

  constructor(bindings: readonly Binding[]) {
    this.bindings = bindings;
    const clashes: Clash[] = [];
    for (const binding of bindings) {
      const layer = this.#byLayer.get(binding.layer) ?? new Map<Chord, Binding>();
      this.#byLayer.set(binding.layer, layer);
      for (const key of binding.keys) {
        const other = layer.get(key);
        if (other) {
          clashes.push({
            layer: binding.layer,
            key,
            commands: [other.command, binding.command],
          });
        } else layer.set(key, binding);
      }
    }
    this.clashes = clashes;
  }

  /** The binding of a key in one layer. */
  find(layer: string, key: Chord): Binding | undefined {
    return this.#byLayer.get(layer)?.get(key);
  }

  /** The first key of a command in the given layers, undefined where none runs it. */
  keyOf(command: string, layers: readonly string[]): Chord | undefined {
    return this.reachable(layers).find((binding) => binding.command === command)?.keys[0];
  }

  /**
   * What the given layers (nearest first) offer together, without the keys that a nearer layer
   * takes away from a farther one.
   */
  reachable(layers: readonly string[]): readonly Binding[] {
    const taken = new Set<Chord>();
    const found: Binding[] = [];
    for (const layer of layers) {
      const own = this.bindings.filter((binding) => binding.layer === layer);
      for (const binding of own) {
        const keys = binding.keys.filter((key) => !taken.has(key));
        if (keys.length > 0) found.push({ ...binding, keys });
      }
      for (const binding of own) for (const key of binding.keys) taken.add(key);
    }
    return found;
  }
}

/**
 * The bindings with a user's own keys: command → keys in place of the default ones. The first
 * unknown command is returned as an error, with what is valid.
 */
export function remap(
  bindings: readonly Binding[],
  overrides: Readonly<Record<string, readonly Chord[]>>,
): readonly Binding[] {
  return bindings.map((binding) => {
    const keys = overrides[binding.command];
    return keys ? { ...binding, keys } : binding;
  });
}
