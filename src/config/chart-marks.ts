/** What charts can be drawn with on a terminal. */
import type { Config } from './schema.ts';

/** Parts of characters that are there, the finest first. */
export type ChartMarks = Exclude<Config['chartMarks'], 'auto'>;

/**
 * What the variables tell of a terminal: the console of the Linux kernel has no braille in its fonts,
 * and where the locale is not UTF-8 there is nothing but ASCII. Who says nothing has all of it.
 *
 * @param env LC_ALL, LC_CTYPE, LANG, TERM
 */
export function detectChartMarks(env: Readonly<Record<string, string | undefined>>): ChartMarks {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
  // `C` and `POSIX` say that nobody chose: terminals take UTF-8 all the same.
  const isOther = locale !== '' && !/utf-?8|^(C|POSIX)$/i.test(locale);
  if (isOther || env['TERM'] === 'dumb') return 'ascii';
  return env['TERM'] === 'linux' ? 'blocks' : 'braille';
}
