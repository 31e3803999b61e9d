/** `profiles prod,dev` and `regions all`, as they are typed behind `:`. */

/** What of the scopes is replaced; null: it stays. */
export interface ScopeChange {
  readonly profiles: readonly string[] | null;
  readonly regions: readonly string[] | null;
}

/** Does the word begin a command about profiles. */
export const isProfiles = (word: string): boolean => /^profiles?$/.test(word);
/** Does the word begin a command about regions. */
export const isRegions = (word: string): boolean => /^regions?$/.test(word);

/**
 * What the words ask for: names are parted by commas or blanks, and without any they are chosen from
 * a list (both null). Null: it is another command.
 */
export function scopesCommand([first = '', ...rest]: readonly string[]): ScopeChange | null {
  const found = rest.join(',').split(',').filter(Boolean);
  const names = found.length > 0 ? found : null;
  if (isProfiles(first)) return { profiles: names, regions: null };
  return isRegions(first) ? { profiles: null, regions: names } : null;
}
