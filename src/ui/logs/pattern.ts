import type { LogLine } from '../../core/log-buffer.ts';
import { Pattern } from '../../core/pattern.ts';

/** What was typed after `/` in a log pane: a regular expression, or what must not match. */
export interface LogPattern {
  readonly source: string;
  /** What runs {@link match}: it may be given up. */
  readonly pattern: Pattern;
  /** What to mark in lines; null for an inverse pattern, which has nothing to show. */
  readonly highlight: Pattern | null;
  readonly match: (line: LogLine) => boolean;
}

/**
 * Compiles a pattern: a regular expression, `!` in front inverts it. Case counts only where the
 * pattern has a capital letter. Empty text is no pattern.
 * @returns the pattern, null for none, or what is wrong with it
 */
export function compilePattern(text: string): LogPattern | null | { readonly error: string } {
  const inverse = text.startsWith('!');
  const source = inverse ? text.slice(1) : text;
  if (source === '') return null;
  try {
    const pattern = new Pattern(source);
    return {
      source: text,
      pattern,
      highlight: inverse ? null : pattern,
      match: (line) => pattern.test(line.text) !== inverse,
    };
  } catch (error) {
    return { error: `not a regular expression: ${(error as Error).message}` };
  }
}
