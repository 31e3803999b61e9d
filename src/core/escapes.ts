/** Where the control sequences of a text end (ECMA-48 §5), read once from left to right. */

/** The characters of a text, by index: a string. */
export type Chars = Pick<string, 'length' | 'charCodeAt'>;

const ESC = 0x1b;
const CSI = 0x9b;
const ST = 0x9c;
/** Longest SGR sequence (UTF-16 units) that is taken for one: no program writes longer ones. */
const LONGEST_SGR = 64;

/**
 * Index after the control sequence, the string (OSC, DCS, SOS, PM, APC up to BEL or ST), the escape
 * or the line break that begins at `at`; `at + 1` where none does. A string that another control
 * breaks off is none, as in a terminal, so that no character is looked at more than twice.
 */
export function sequenceEnd(text: Chars, at: number): number {
  const code = text.charCodeAt(at);
  const next = text.charCodeAt(at + 1);
  let end = -1;
  if (code === ESC) {
    if (next === 0x5b) end = controlEnd(text, at + 2);
    else if (isStringOpener(next + 0x40)) end = stringEnd(text, at + 2);
    if (end < 0) end = escapeEnd(text, at + 1);
  } else if (code === CSI) end = controlEnd(text, at + 1);
  else if (isStringOpener(code)) end = stringEnd(text, at + 1);
  else if (code === 0x0d && next === 0x0a) end = at + 2;
  return end < 0 ? at + 1 : end;
}

/** Index after the SGR sequence (`ESC [ … m`) that begins at `at`; -1 where none does. */
export function sgrEnd(text: Chars, at: number): number {
  if (text.charCodeAt(at) !== ESC || text.charCodeAt(at + 1) !== 0x5b) return -1;
  const last = Math.min(text.length, at + LONGEST_SGR);
  for (let i = at + 2; i < last; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x6d) return i + 1;
    // Colon forms are dropped as unknown: terminals do not agree on them.
    if (code !== 0x3b && !within(code, 0x30, 0x39)) return -1;
  }
  return -1;
}

/** DCS, SOS, OSC, PM and APC as C1 controls; their escapes are 0x40 lower. */
function isStringOpener(code: number): boolean {
  return code === 0x90 || code === 0x98 || within(code, 0x9d, 0x9f);
}

function controlEnd(text: Chars, from: number): number {
  let at = from;
  while (within(text.charCodeAt(at), 0x30, 0x3f)) at++;
  while (within(text.charCodeAt(at), 0x20, 0x2f)) at++;
  return within(text.charCodeAt(at), 0x40, 0x7e) ? at + 1 : -1;
}

function stringEnd(text: Chars, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x07 || code === ST) return at + 1;
    if (code === ESC) return text.charCodeAt(at + 1) === 0x5c ? at + 2 : -1;
    if (code === 0x18 || code === 0x1a || within(code, 0x80, 0x9f)) return -1;
  }
  return -1;
}

function escapeEnd(text: Chars, from: number): number {
  let at = from;
  while (within(text.charCodeAt(at), 0x20, 0x2f)) at++;
  return within(text.charCodeAt(at), 0x30, 0x7e) ? at + 1 : -1;
}

const within = (code: number, low: number, high: number): boolean => code >= low && code <= high;
