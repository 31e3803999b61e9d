import type { KeyEvent } from './key-event.ts';

/** Final characters of `CSI … X` and `SS3 X` (xterm's "PC-style" function keys). */
const FINALS: Readonly<Record<string, string>> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  F: 'end',
  H: 'home',
  P: 'f1',
  Q: 'f2',
  R: 'f3',
  S: 'f4',
};
/** Numbers of `CSI n ~` (VT220, and what xterm added). */
const NUMBERS: Readonly<Record<number, string>> = {
  1: 'home',
  2: 'insert',
  3: 'delete',
  4: 'end',
  5: 'pgup',
  6: 'pgdn',
  7: 'home',
  8: 'end',
  11: 'f1',
  12: 'f2',
  13: 'f3',
  14: 'f4',
  15: 'f5',
  17: 'f6',
  18: 'f7',
  19: 'f8',
  20: 'f9',
  21: 'f10',
  23: 'f11',
  24: 'f12',
};
const CONTROLS: Readonly<Record<number, string>> = {
  0x00: 'ctrl-space',
  // Some terminals send BS for the backspace key; ctrl-h cannot be told apart from it.
  0x08: 'backspace',
  0x09: 'tab',
  0x0d: 'enter',
  0x1b: 'esc',
  0x7f: 'backspace',
};

/** The key of one whole sequence, or undefined for what is no key: mouse, focus, answers, unknown sequences. */
export function named(sequence: string): KeyEvent | undefined {
  if (sequence.startsWith('\x1b') && sequence.length > 1) return escaped(sequence);
  const code = sequence.codePointAt(0) ?? 0;
  if (sequence === ' ') return { chord: 'space', text: ' ' };
  if (code >= 0x20 && (code < 0x7f || code >= 0xa0)) return { chord: sequence, text: sequence };
  if (code >= 0x80) return undefined;
  // 0x01–0x1a are the letters, 0x1c–0x1f are \ ] ^ _
  const chord = CONTROLS[code] ?? `ctrl-${String.fromCharCode(code | 0x40).toLowerCase()}`;
  return { chord };
}

function escaped(sequence: string): KeyEvent | undefined {
  const csi = /^\x1b\[([0-?]*)[ -/]*([@-~])$/.exec(sequence);
  if (csi) return fromCsi(csi[1] ?? '', csi[2] ?? '');
  const ss3 = /^\x1bO(\d*)(.)$/.exec(sequence);
  if (ss3) return fromSs3(Number(ss3[1] ?? '') || 1, ss3[2] ?? '');
  const console = /^\x1b\[\[([A-E])$/.exec(sequence);
  if (console) return { chord: `f${(console[1] ?? 'A').charCodeAt(0) - 0x40}` };
  if (/^\x1b(?:\[..|[\]PX^_].)/s.test(sequence)) return undefined;
  const inner = named(sequence.slice(1));
  return inner && { chord: withModifiers(inner.chord, 3) };
}

function fromCsi(parameters: string, final: string): KeyEvent | undefined {
  const groups = parameters.split(';').map((group) => group.split(':').map(Number));
  const first = groups[0]?.[0] ?? 0;
  const modifiers = groups[1]?.[0] ?? 1;
  // Kitty's protocol tells a key's release too (event type 3).
  if (/[<>=?]/.test(parameters) || groups[1]?.[1] === 3) return undefined;
  if (final === 'Z') return { chord: 'shift-tab' };
  if (final === 'u') return fromCode(first, modifiers);
  if (final === '~' && first === 27) return fromCode(groups[2]?.[0] ?? 0, modifiers);
  const rxvt = 'abcd'.includes(final) ? FINALS[final.toUpperCase()] : undefined;
  if (rxvt !== undefined) return { chord: `shift-${rxvt}` };
  const name = final === '~' ? NUMBERS[first] : first <= 1 ? FINALS[final] : undefined;
  return name === undefined ? undefined : { chord: withModifiers(name, modifiers) };
}

function fromSs3(modifiers: number, final: string): KeyEvent | undefined {
  if (final === 'M') return { chord: 'enter' };
  if ('abcd'.includes(final)) return { chord: `ctrl-${FINALS[final.toUpperCase()] ?? ''}` };
  // The keypad in application mode: * + , - . / and the digits.
  if (final >= 'j' && final <= 'y') return named(String.fromCharCode(final.charCodeAt(0) - 0x40));
  const name = FINALS[final];
  return name === undefined ? undefined : { chord: withModifiers(name, modifiers) };
}

/** A key given by its code point (kitty's `CSI u`, xterm's modifyOtherKeys). */
function fromCode(code: number, modifiers: number): KeyEvent | undefined {
  if (code <= 0 || code > 0x10ffff || (code >= 0xe000 && code <= 0xf8ff)) return undefined;
  const base = named(String.fromCodePoint(code));
  if (base?.text === undefined || base.text === ' ') {
    return base && { ...base, chord: withModifiers(base.chord, modifiers) };
  }
  const [shift, others] = [(modifiers - 1) & 1, (modifiers - 1) & 6];
  const char = shift ? base.text.toUpperCase() : base.text;
  return others === 0
    ? { chord: char, text: char }
    : { chord: withModifiers(others & 4 ? char.toLowerCase() : char, others + 1) };
}

/** Puts the names of xterm's modifier number (1 + shift 1 + alt 2 + ctrl 4) before a key. */
function withModifiers(name: string, modifiers: number): string {
  const bits = modifiers - 1;
  const prefixes = [bits & 4 ? 'ctrl-' : '', bits & 2 ? 'alt-' : '', bits & 1 ? 'shift-' : ''];
  return name.startsWith('ctrl-') && bits & 2
    ? `ctrl-alt-${name.slice(5)}`
    : prefixes.join('') + name;
}
