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

/** Few letters tell most words apart; who finds a value in its slot compares it whole. */
const hashed = (hash: number, text: string): number => {
  const { length } = text;
  const ends = text.charCodeAt(length - 1) + 61 * text.charCodeAt(length >> 1);
  return (Math.imul(hash, 31) + length + 7 * ends) | 0;
};

type Entries = Readonly<Record<string, string>>;

const sets = new Array<Entries | undefined>(SLOTS);

/** The one copy of a set of labels: the pods of a replica set share theirs. */
export function internSet(entries: Entries): Entries {
  let hash = 0;
  for (const name in entries) hash = hashed(hashed(hash, name), entries[name] ?? '');
  const slot = hash & (SLOTS - 1);
  const known = sets[slot];
  if (known !== undefined && isSameSet(known, entries)) return known;
  sets[slot] = entries;
  return entries;
}

/** With the same names in the same order. */
function isSameSet(a: Entries, b: Entries): boolean {
  const names = Object.keys(a);
  let i = 0;
  for (const name in b) if (names[i++] !== name || a[name] !== b[name]) return false;
  return i === names.length;
}

const lists = new Array<readonly string[] | undefined>(SLOTS);

/** The one copy of a list of words: ports, references. */
export function internList(words: readonly string[]): readonly string[] {
  let hash = 0;
  for (const word of words) hash = hashed(hash, word);
  const slot = hash & (SLOTS - 1);
  const known = lists[slot];
  const isSame = known?.length === words.length && words.every((word, i) => word === known[i]);
  if (isSame) return known;
  lists[slot] = words;
  return words;
}
