import { nearest } from '../core/nearest.ts';

/** A key with its modifiers as {@link KeyEvent} names it, e.g. `ctrl-w`; the vocabulary of the keymap. */
export type Chord = string;

/** The keys that have a name instead of a character. */
const KEY_NAMES: readonly string[] = [
  ...['enter', 'esc', 'tab', 'space', 'backspace', 'delete', 'insert'],
  ...['up', 'down', 'left', 'right', 'home', 'end', 'pgup', 'pgdn'],
  ...Array.from({ length: 12 }, (_, index) => `f${index + 1}`),
];

const ALIASES: Readonly<Record<string, string>> = {
  return: 'enter',
  escape: 'esc',
  del: 'delete',
  ins: 'insert',
  pageup: 'pgup',
  pagedown: 'pgdn',
  control: 'ctrl',
  option: 'alt',
  meta: 'alt',
};
const MODIFIERS = ['ctrl', 'alt', 'shift'] as const;
type Modifier = (typeof MODIFIERS)[number];

/** A chord that no key has; the message names the nearest that exists. */
export class ChordError extends Error {}

/** Checks and normalises a chord as a user would write it: `Ctrl+W`, `PageDown`, `shift-g`. Throws {@link ChordError}. */
export function parseChord(text: string): Chord {
  const modifiers = new Set<Modifier>();
  let rest = text.trim();
  for (let match = prefix(rest); match !== undefined; match = prefix(rest)) {
    modifiers.add(match.modifier);
    rest = match.rest;
  }
  let key = isCharacter(rest) ? rest : (ALIASES[rest.toLowerCase()] ?? rest.toLowerCase());
  const named = KEY_NAMES.includes(key);
  if (!named && !isCharacter(key)) {
    const guess = nearest(key, KEY_NAMES);
    const hint = guess === null ? '' : `; did you mean "${guess}"?`;
    throw new ChordError(
      `Unknown key "${text}"${hint} (valid: one character, ${KEY_NAMES.join(', ')})`,
    );
  }
  if (!named && modifiers.delete('shift')) key = key.toUpperCase();
  if (!named && modifiers.has('ctrl')) key = key.toLowerCase();
  return [...MODIFIERS.filter((name) => modifiers.has(name)), key].join('-');
}

function isCharacter(text: string): boolean {
  return /^\S$/u.test(text);
}

function prefix(text: string): { modifier: Modifier; rest: string } | undefined {
  const match = /^([a-z]+)[-+](.+)$/i.exec(text);
  const word = match?.[1]?.toLowerCase() ?? '';
  const modifier = MODIFIERS.find((name) => name === (ALIASES[word] ?? word));
  const rest = match?.[2];
  return modifier === undefined || rest === undefined ? undefined : { modifier, rest };
}

const SYMBOLS: Readonly<Record<string, string>> = {
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  enter: '⏎',
  tab: '⇥',
};

/** The short form for hints and help: `^w`, `⇧←`, `⏎`. */
export function formatChord(chord: Chord): string {
  let rest = chord;
  let marks = '';
  for (let match = prefix(rest); match !== undefined; match = prefix(rest)) {
    marks += match.modifier === 'ctrl' ? '^' : match.modifier === 'shift' ? '⇧' : 'alt-';
    rest = match.rest;
  }
  return marks + (SYMBOLS[rest] ?? rest);
}
