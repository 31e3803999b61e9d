import { Graphemes } from '../core/graphemes.ts';
import { sanitize } from '../core/text.ts';
import type { KeyEvent } from './key-event.ts';

/** A line being edited. `cursor` is an offset in UTF-16 units, always between graphemes. */
export interface Line {
  readonly text: string;
  readonly cursor: number;
}

/** A line is no document: of what is pasted no more than this is taken (UTF-16 units). */
const LONGEST = 4096;

export const EMPTY_LINE: Line = { text: '', cursor: 0 };

/** A line with the cursor at its end. */
export function lineOf(text: string): Line {
  return { text, cursor: text.length };
}

type Motion = (line: Line) => number;

/** The first half of a character that was cut. */
const LONE = /[\ud800-\udbff]$/;

const graphemes = new Graphemes();

const previousGrapheme: Motion = ({ text, cursor }) => {
  const last = [...graphemes.segment(text.slice(0, cursor))].at(-1);
  return last?.index ?? 0;
};
const nextGrapheme: Motion = ({ text, cursor }) => {
  const [first] = graphemes.segment(text.slice(cursor));
  return cursor + (first?.segment.length ?? 0);
};
/** To where the last of these words before the cursor begins: each is gone through once, however long. */
const toLast =
  (words: RegExp): Motion =>
  ({ text, cursor }) => {
    let at = 0;
    for (const { index } of text.slice(0, cursor).matchAll(words)) at = index;
    return at;
  };
/** Readline's words end at blanks for ctrl-w … */
const previousBlank = toLast(/\S+/g);
/** … and at punctuation for the rest: `kube-system` is two. */
const previousWord = toLast(/[\p{L}\p{N}]+/gu);
const nextWord: Motion = ({ text, cursor }) => {
  const match = /^[^\p{L}\p{N}]*[\p{L}\p{N}]+/u.exec(text.slice(cursor));
  return match === null ? text.length : cursor + match[0].length;
};
const start: Motion = () => 0;
const end: Motion = ({ text }) => text.length;

const MOVES: Readonly<Record<string, Motion>> = {
  left: previousGrapheme,
  'ctrl-b': previousGrapheme,
  right: nextGrapheme,
  'ctrl-f': nextGrapheme,
  home: start,
  'ctrl-a': start,
  end,
  'ctrl-e': end,
  'alt-b': previousWord,
  'ctrl-left': previousWord,
  'alt-left': previousWord,
  'alt-f': nextWord,
  'ctrl-right': nextWord,
  'alt-right': nextWord,
};

const DELETIONS: Readonly<Record<string, Motion>> = {
  backspace: previousGrapheme,
  delete: nextGrapheme,
  'ctrl-d': nextGrapheme,
  'ctrl-w': previousBlank,
  'alt-backspace': previousWord,
  'alt-d': nextWord,
  'ctrl-u': start,
  'ctrl-k': end,
};

/** The line after a key (readline's bindings), or undefined when the key is not an editor's and belongs to the caller. */
export function editLine(line: Line, key: KeyEvent): Line | undefined {
  if (key.paste !== undefined) return insert(line, sanitize(key.paste, { newline: ' ' }));
  if (key.text !== undefined) return insert(line, key.text);
  const move = MOVES[key.chord];
  if (move !== undefined) return { ...line, cursor: move(line) };
  const deletion = DELETIONS[key.chord];
  if (deletion === undefined) return undefined;
  const other = deletion(line);
  const [from, to] = other < line.cursor ? [other, line.cursor] : [line.cursor, other];
  return { text: line.text.slice(0, from) + line.text.slice(to), cursor: from };
}

function insert({ text, cursor }: Line, wanted: string): Line {
  const room = Math.max(0, LONGEST - text.length);
  const added = wanted.length <= room ? wanted : wanted.slice(0, room).replace(LONE, '');
  return {
    text: text.slice(0, cursor) + added + text.slice(cursor),
    cursor: cursor + added.length,
  };
}
