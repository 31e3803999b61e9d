/**
 * Shared strings. Thousands of rows carry the same label values, images and node names; each is
 * kept once. Bounded: past the limit the pool starts anew, which costs sharing, never truth.
 */
const LIMIT = 100_000;

const strings = new Map<string, string>();

/** The one copy of a string that repeats across rows. */
export function intern(text: string): string {
  const known = strings.get(text);
  if (known !== undefined) return known;
  if (strings.size >= LIMIT) strings.clear();
  strings.set(text, text);
  return text;
}

type Entries = Readonly<Record<string, string>>;

const sets = new Map<string, Entries>();

/** The one copy of a set of labels: the pods of a replica set share theirs. */
export function internSet(entries: Entries): Entries {
  let key = '';
  for (const name in entries) key += `${name}\0${entries[name] ?? ''}\0`;
  const known = sets.get(key);
  if (known) return known;
  if (sets.size >= LIMIT) sets.clear();
  sets.set(key, entries);
  return entries;
}
