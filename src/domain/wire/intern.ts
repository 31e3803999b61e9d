/**
 * Shared values. Thousands of rows carry the same label values, images and node names; each is
 * kept once. Bounded, since rows come and go for hours: what a pool has no room for is kept twice,
 * which costs sharing, never truth.
 */
const MAX_STRINGS = 50_000;
const SLOTS = 1 << 13;

const strings = new Map<string, string>();

/** The one copy of a string that repeats across rows. */
export function intern(text: string): string {
  const known = strings.get(text);
  if (known !== undefined) return known;
  if (strings.size >= MAX_STRINGS) strings.clear();
  strings.set(text, text);
  return text;
}

/** Values that are kept once, each in the slot that its hash names: what comes there last stays. */
export class Pool<T> {
  readonly #slots = new Array<T | undefined>(SLOTS);
  readonly #hash: (value: T) => number;
  readonly #isSame: (a: T, b: T) => boolean;

  constructor(hash: (value: T) => number, isSame: (a: T, b: T) => boolean) {
    this.#hash = hash;
    this.#isSame = isSame;
  }

  /** The one copy of a value. */
  one(value: T): T {
    const slot = this.#hash(value) & (SLOTS - 1);
    const known = this.#slots[slot];
    if (known !== undefined && this.#isSame(known, value)) return known;
    this.#slots[slot] = value;
    return value;
  }
}

/**
 * Goes on hashing with a word. All of its letters count: lists that differ in one digit of a port
 * stand side by side in every pod, and in one slot each would drive out the other.
 */
export function hashed(hash: number, word: string): number {
  let now = hash;
  for (let i = 0; i < word.length; i++) now = (Math.imul(now, 31) + word.charCodeAt(i)) | 0;
  return (Math.imul(now, 31) + word.length) | 0;
}

type Entries = Readonly<Record<string, string>>;

const sets = new Pool<Entries>((entries) => {
  let hash = 0;
  for (const name in entries) hash = hashed(hashed(hash, name), entries[name] ?? '');
  return hash;
}, isSameSet);

/** The one copy of a set of labels: the pods of a replica set share theirs. */
export const internSet = (entries: Entries): Entries => sets.one(entries);

/** With the same names in the same order. */
function isSameSet(a: Entries, b: Entries): boolean {
  const names = Object.keys(a);
  let i = 0;
  for (const name in b) if (names[i++] !== name || a[name] !== b[name]) return false;
  return i === names.length;
}

const lists = new Pool<readonly string[]>(
  (words) => words.reduce(hashed, 0),
  (a, b) => a.length === b.length && a.every((word, i) => word === b[i]),
);

/** The one copy of a list of words: ports, references. */
export const internList = (words: readonly string[]): readonly string[] => lists.one(words);
