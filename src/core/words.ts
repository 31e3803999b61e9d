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
  return explained(reasonOf(error), hintOf(error));
}

/** A word and what explains it, `BackOff: back-off 5m`; what is empty or absent is left out. */
export function explained(...parts: readonly (string | null | undefined)[]): string {
  return parts.filter(Boolean).join(': ');
}

/** Makes foreign text fit for one sentence: one line, no control characters, at most 400 characters. */
export function oneLine(text: string): string {
  const line = text.replace(/[\x00-\x1f\x7f-\x9f]+/g, ' ').trim();
  return line.length > 400 ? `${line.slice(0, 399)}…` : line;
}
