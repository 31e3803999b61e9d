/** Words as a POSIX shell takes them: a command on the screen is there to be copied. */

/** One argument, quoted where it has to be; control characters as `$'…'`, so that it is one line. */
export function shellWord(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  if (!/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u.test(text)) return `'${text.replaceAll("'", `'\\''`)}'`;
  const bytes = text.replace(/[^\x20-\x7e]|['\\]/gu, (char) =>
    [...Buffer.from(char)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join(''),
  );
  return `$'${bytes}'`;
}

/** A command with its arguments. */
export const shellLine = (words: readonly string[]): string => words.map(shellWord).join(' ');
