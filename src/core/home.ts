/** A path as it was typed: `~` at its beginning is the home folder. */
export const expandHome = (path: string, home: string): string =>
  path.replace(/^~(?=[\\/]|$)/, () => home);
