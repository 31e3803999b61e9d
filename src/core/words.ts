/** What went wrong, in a sentence. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What can be done about it; empty where nobody knows. */
export function hintOf(error: unknown): string {
  const { hint } = error as { readonly hint?: unknown };
  return typeof hint === 'string' ? hint : '';
}

/** What went wrong, and what can be done about it where anybody knows. */
export function troubleOf(error: unknown): string {
  const hint = hintOf(error);
  return hint === '' ? reasonOf(error) : `${reasonOf(error)}: ${hint}`;
}

/** Makes foreign text fit for one sentence: one line, no control characters, at most 400 characters. */
export function oneLine(text: string): string {
  const line = text.replace(/[\x00-\x1f\x7f-\x9f]+/g, ' ').trim();
  return line.length > 400 ? `${line.slice(0, 399)}…` : line;
}
