/** What to do about a sign-in that is over: the program has a key for what the aws CLI does. */

/** A hint, and the key before it where it is one to sign in. */
export const orHere = (hint: string): string =>
  /\baws sso login\b/.test(hint) ? `L signs in here, or ${hint}` : hint;
