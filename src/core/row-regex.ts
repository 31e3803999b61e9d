/** Regular expressions that somebody typed, tried on tens of thousands of rows between two keys. */
import { reasonOf } from './words.ts';
import v8 from 'node:v8';

// Its engine looks at each letter once, whatever the pattern. It is not switched on for any other
// pattern than those that ask for it.
v8.setFlagsFromString('--enable-experimental-regexp-engine');

/** Escapes and classes, which repeat nothing, then what repeats: a group by itself, and all else. */
const PARTS = /\\.|\[(?:\\.|[^\]\\])*\]|(\)(?:[*+]|\{\d))|([*+]|\{\d+,)/g;

/** Up to this length (UTF-16 units) a repeat costs the usual engine no more than a millisecond or so. */
const SHORT = 2048;

/**
 * A regular expression whatever the case, or what is wrong with it. `^` and `$` stand for the ends
 * of each line, for a haystack has a line a column. What repeats a group, or more than once, could by
 * the usual engine take longer than anybody waits: it is run by the linear one, which knows no looking
 * ahead or back and no back references. Of long texts this holds for what repeats once, too.
 */
export function rowRegex(pattern: string): { test(text: string): boolean } | string {
  try {
    const usual = new RegExp(pattern, 'im');
    const parts = [...pattern.matchAll(PARTS)];
    const repeatsGroup = parts.some(([, group]) => group !== undefined);
    const repeats = parts.filter(([, , repeat]) => repeat !== undefined).length;
    if (!repeatsGroup && repeats === 0) return usual;
    const patient = linear(pattern);
    if (repeatsGroup || repeats > 1 || typeof patient === 'string') return patient;
    return { test: (text) => (text.length <= SHORT ? usual : patient).test(text) };
  } catch (error) {
    return reasonOf(error).replace(/^Invalid regular expression: (?:\/[^]*\/\w*: )?/, '');
  }
}

/** The linear engine, which `l` asks for, knows no `i`: both sides are made small, but no class such as `\D`. */
function linear(pattern: string): { test(text: string): boolean } | string {
  const small = pattern.replace(/\\.|[^\\]+/gs, (part) =>
    part.startsWith('\\') ? part : part.toLowerCase(),
  );
  try {
    const regex = new RegExp(small, 'lm');
    return { test: (text) => regex.test(text.toLowerCase()) };
  } catch {
    return 'repeats in too many ways: repeat once, and without looking ahead or back';
  }
}
