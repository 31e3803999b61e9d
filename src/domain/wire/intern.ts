/**
 * Shared strings. Thousands of rows carry the same label values, images and node names; each is
 * kept once. Bounded, since rows come and go for hours: past its limit a pool starts anew, which
 * costs sharing, never truth.
 */
const MAX_STRINGS = 50_000;
const MAX_SETS = 20_000;

const strings = new Map<string, string>();

/** The one copy of a string that repeats across rows. */
export function intern(text: string): string {
  const known = strings.get(text);
  if (known !== undefined) return known;
  if (strings.size >= MAX_STRINGS) strings.clear();
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
  if (sets.size >= MAX_SETS) sets.clear();
  sets.set(key, entries);
  return entries;
}
