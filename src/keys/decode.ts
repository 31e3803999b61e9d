import type { KeyEvent } from './key-event.ts';
import { named } from './sequences.ts';

const PASTE_BEGIN = '\x1b[200~';
const PASTE_END = '\x1b[201~';
/** A whole control sequence (ECMA-48 §5.4), or the longest start of one. */
const CSI = /\x1b\[[0-?]*[ -/]*([@-~]?)/y;
const SS3 = /\x1bO\d*([^\d\x1b]?)/y;
/** An answer of the terminal (OSC, DCS, APC, PM, SOS) that has arrived as a whole. */
const ANSWER = /\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)/y;

/** Turns what a terminal sends into keys, across any split of the input. */
export class KeyDecoder {
  readonly #utf8 = new TextDecoder();
  #rest = '';
  /** The parts of a paste that has begun. */
  #paste: string[] | undefined;

  /** What is incomplete; call `flush` when nothing follows for a while (50 ms for keys, seconds for a paste). */
  get pending(): 'key' | 'paste' | undefined {
    if (this.#paste !== undefined) return 'paste';
    return this.#rest === '' ? undefined : 'key';
  }

  /** Decodes the next piece of input. */
  push(chunk: Uint8Array | string): KeyEvent[] {
    const text = typeof chunk === 'string' ? chunk : this.#utf8.decode(chunk, { stream: true });
    return this.#decode(this.#rest + text, false);
  }

  /** Decides that nothing follows: a lone ESC is the escape key, a paste without an end is taken as it is. */
  flush(): KeyEvent[] {
    if (this.#paste === undefined) return this.#decode(this.#rest, true);
    const text = this.#rest;
    this.#rest = '';
    return [this.#endPaste(text)];
  }

  #decode(input: string, final: boolean): KeyEvent[] {
    const keys: KeyEvent[] = [];
    let at = 0;
    this.#rest = '';
    while (at < input.length) {
      if (this.#paste !== undefined) {
        const end = input.indexOf(PASTE_END, at);
        if (end < 0) {
          // Only the last few characters can be the start of the end mark: no character is searched twice.
          const keep = Math.max(at, input.length - PASTE_END.length + 1);
          this.#paste.push(input.slice(at, keep));
          this.#rest = input.slice(keep);
          return keys;
        }
        keys.push(this.#endPaste(input.slice(at, end)));
        at = end + PASTE_END.length;
        continue;
      }
      const length = sequenceLength(input, at, final);
      if (length === 0) {
        this.#rest = input.slice(at);
        return keys;
      }
      const sequence = input.slice(at, at + length);
      at += length;
      if (sequence === PASTE_BEGIN) this.#paste = [];
      else {
        const key = named(sequence);
        if (key !== undefined) keys.push(key);
      }
    }
    return keys;
  }

  #endPaste(last: string): KeyEvent {
    const paste = [...(this.#paste ?? []), last].join('').replace(/\r\n?/g, '\n');
    this.#paste = undefined;
    return { chord: 'paste', paste };
  }
}

/** The length of the key that starts at `at`, or 0 when more input could make it longer (never when `final`). */
function sequenceLength(input: string, at: number, final: boolean): number {
  const more = final ? 1 : 0;
  if (input[at] !== '\x1b') return characterLength(input, at, final);
  const next = input[at + 1];
  if (next === undefined) return more;
  if (next === '[') return csiLength(input, at, final);
  if (next === 'O') {
    const match = matchAt(SS3, input, at);
    if (match !== undefined && match[1] !== '') return match[0].length;
    return at + (match?.[0].length ?? 2) < input.length || final ? 2 : 0;
  }
  if (']PX^_'.includes(next)) {
    const answer = matchAt(ANSWER, input, at);
    if (answer !== undefined) return answer[0].length;
    // Cut short by another sequence, it was no answer but alt with a character.
    return /[\x07\x1b]./s.test(input.slice(at + 2)) || final ? 2 : 0;
  }
  if (next === '\x1b') {
    // Alt with a named key; otherwise the first ESC stands alone.
    const third = input[at + 2];
    if (third === undefined) return more;
    if (third !== '[' && third !== 'O') return 1;
    const length = sequenceLength(input, at + 1, final);
    return length === 0 ? 0 : length > 2 ? length + 1 : 1;
  }
  const length = characterLength(input, at + 1, final);
  return length === 0 ? 0 : length + 1;
}

function csiLength(input: string, at: number, final: boolean): number {
  const match = matchAt(CSI, input, at);
  const length = match?.[0].length ?? 2;
  const end = at + length;
  const last = match?.[1] ?? '';
  if (last === '') return end < input.length || final ? length : 0;
  // The Linux console's function keys (`ESC [ [ A`) and the oldest mouse reports (three characters) go on.
  const extra = length === 3 && last === '[' ? 1 : length === 3 && last === 'M' ? 3 : 0;
  if (end + extra <= input.length) return length + extra;
  return final ? input.length - at : 0;
}

function characterLength(input: string, at: number, final: boolean): number {
  const code = input.charCodeAt(at);
  if (code < 0xd800 || code > 0xdbff) return 1;
  if (at + 1 >= input.length) return final ? 1 : 0;
  return 2;
}

function matchAt(pattern: RegExp, input: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(input) ?? undefined;
}
