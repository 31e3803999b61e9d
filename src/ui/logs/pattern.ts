import type { LogTest } from '../../core/log-verdict.ts';
import { readLogTerms, type LogTerm } from '../../core/log-terms.ts';
import { Pattern } from '../../core/pattern.ts';

/** What was typed after `/` in a log pane: terms, and a regular expression or what must not match. */
export interface LogPattern {
  readonly source: string;
  /** What runs {@link tests}: it may be given up. */
  readonly pattern: Pattern;
  /** What to mark in lines; null where there is nothing to show: of an inverse pattern, of terms. */
  readonly highlight: Pattern | null;
  /** Lines may have to be taken apart, which is more work. */
  readonly takesApart: boolean;
  /** All of which have to hold. */
  readonly tests: readonly LogTest[];
}

/**
 * Compiles a filter: terms such as `level:error` at its ends, and a regular expression, which `!` in
 * front inverts. Case counts only where the expression has a capital letter. Both are asked of lines as
 * they were written. Empty text is no filter.
 * @returns the filter, null for none, or what is wrong with it
 */
export function compilePattern(text: string): LogPattern | null | { readonly error: string } {
  const read = readLogTerms(text);
  if ('error' in read) return read;
  const { terms, rest } = read;
  const inverse = rest.startsWith('!');
  const source = inverse ? rest.slice(1) : rest;
  if (source === '' && terms.length === 0) return null;
  try {
    const pattern = new Pattern(source);
    const own: LogTest = { test: ({ text: line }) => pattern.test(line), excludes: inverse };
    return {
      source: text,
      pattern,
      highlight: inverse ? null : source === '' ? ofTerms(terms) : pattern,
      takesApart: terms.length > 0,
      tests: source === '' ? terms : [...terms, own],
    };
  } catch (error) {
    return { error: `not a regular expression: ${(error as Error).message}` };
  }
}

function ofTerms(terms: readonly LogTerm[]): Pattern | null {
  const text = terms.find((term) => term.text !== null)?.text ?? null;
  return text === null ? null : new Pattern(text);
}
