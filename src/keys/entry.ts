/** How the default bindings are written down. */
import type { Binding, Group } from './keymap.ts';

/** A command, its keys and what they are called; a hint and how soon it is shown. */
export type Entry = readonly [
  command: string,
  keys: readonly string[],
  title: string,
  group: Group,
  hint?: string,
  priority?: number,
];

/** The bindings of a layer. */
export const layer = (name: string, entries: readonly Entry[]): readonly Binding[] =>
  entries.map(([command, keys, title, group, hint, priority]) => ({
    layer: name,
    command,
    keys,
    title,
    group,
    ...(hint !== undefined && { hint, priority: priority ?? 0 }),
  }));
