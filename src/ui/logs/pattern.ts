import type { LogLine } from '../../core/log-buffer.ts';

/** What was typed after `/` in a log pane: a regular expression, or what must not match. */
export interface LogPattern {
  readonly source: string;
  /** With the `g` flag, for highlighting; null for an inverse pattern, which has nothing to show. */
  readonly highlight: RegExp | null;
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
  const flags = /\p{Lu}/u.test(source) ? '' : 'i';
  try {
    const test = new RegExp(source, flags);
    return {
      source: text,
      highlight: inverse ? null : new RegExp(source, `g${flags}`),
      match: (line) => test.test(line.text) !== inverse,
    };
  } catch (error) {
    const why = (error as Error).message.replace(/^Invalid regular expression: /, '');
    return { error: `not a regular expression: ${why}` };
  }
}
