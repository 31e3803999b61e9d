/**
 * Which key runs which command. Bindings are data, grouped in layers; a key belongs to the first
 * layer that binds it, so that a pane may give a key its own meaning.
 */
import { nearest } from '../core/nearest.ts';
import { parseChord, type Chord } from './chord.ts';

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
  /** `always`, `dialog`, `prompt`, `pane:<resource>`, `table`, `row`, `text`, `logs`, `global`. */
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
   * takes away from a farther one. What never had a key is offered by the palette alone.
   */
  reachable(layers: readonly string[]): readonly Binding[] {
    const taken = new Set<Chord>();
    const found: Binding[] = [];
    for (const layer of layers) {
      const own = this.bindings.filter((binding) => binding.layer === layer);
      for (const binding of own) {
        const keys = binding.keys.filter((key) => !taken.has(key));
        if (keys.length > 0 || binding.keys.length === 0) found.push({ ...binding, keys });
      }
      for (const binding of own) for (const key of binding.keys) taken.add(key);
    }
    return found;
  }
}

/** Keys of the user's own that cannot be used; the message names the command and the remedy. */
export class KeymapError extends Error {
  override readonly name = 'KeymapError';
}

/**
 * The bindings with a user's own keys in place of the default ones, wherever the command is bound.
 * Each value is a chord or several.
 * @throws KeymapError for a command or key that does not exist, or a key that is taken
 */
export function remap(
  bindings: readonly Binding[],
  overrides: Readonly<Record<string, string | readonly string[]>>,
): readonly Binding[] {
  const commands = new Set(bindings.map(({ command }) => command));
  const own = new Map<string, readonly Chord[]>();
  for (const [command, chords] of Object.entries(overrides)) {
    if (!commands.has(command)) throw new KeymapError(unknownCommand(command, commands));
    own.set(
      command,
      [chords].flat().map((chord) => chordOf(command, chord)),
    );
  }
  const mapped = bindings.map((binding) => {
    const keys = own.get(binding.command);
    return keys ? { ...binding, keys } : binding;
  });
  const [clash] = new Keymap(mapped).clashes;
  if (!clash) return mapped;
  const [one, other] = clash.commands;
  throw new KeymapError(`keys: ${clash.key} cannot be both '${one}' and '${other}'`);
}

function unknownCommand(command: string, commands: ReadonlySet<string>): string {
  const like = nearest(command, commands);
  return `keys: no command '${command}'${like === null ? '' : `; did you mean '${like}'?`}`;
}

function chordOf(command: string, chord: string): Chord {
  try {
    return parseChord(chord);
  } catch (error) {
    throw new KeymapError(`keys.${command}: ${(error as Error).message}`, { cause: error });
  }
}
