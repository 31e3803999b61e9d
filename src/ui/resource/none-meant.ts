import type { RowsMeant } from './row-keys.ts';

/** Why an action is about no row of a table, where that is because those that are marked are hidden; else empty. */
export function noneMeant({ marked }: Pick<RowsMeant, 'marked'>): string {
  const { listed, unlisted } = marked;
  if (listed > 0 || unlisted === 0) return '';
  const what = unlisted === 1 ? 'the marked row is' : `the ${unlisted} marked rows are`;
  return `${what} not listed: / with nothing shows all, ctrl-\\ clears the marks`;
}
