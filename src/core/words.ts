/** What went wrong, in a sentence. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What can be done about it; empty where nobody knows. */
export function hintOf(error: unknown): string {
  const { hint } = error as { readonly hint?: unknown };
  return typeof hint === 'string' ? hint : '';
}
