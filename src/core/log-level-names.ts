/** What programs call how severe a line is, and which of the four levels that is. */
import type { LogLevel } from './log-buffer.ts';

/** How severe each level is. */
export const LEVEL_RANKS: Readonly<Record<LogLevel, number>> = {
  '': 0,
  debug: 1,
  info: 2,
  warn: 3,
  error: 4,
};

/** The level of each name. */
const LEVELS = levelsOf({
  error: 'error fatal critical alert emergency severe fail parse',
  warn: 'warn',
  info: 'info notice log deprecated success http config',
  debug: 'debug trace fine finer finest silly',
});

/** What else each name is spelled as: short, in another case, or by number. */
const SPELLED = spellings({
  error: 'err eror erro e 50 err!',
  fatal: 'f ftl fata pani pnc panic dpanic 60',
  critical: 'crit',
  emergency: 'emerg',
  warn: 'warning wrn w 40',
  info: 'information informational inf i 30',
  notice: 'note',
  debug: 'dbg dbug debu d d1 d2 d3 d4 d5 20',
  trace: 'trc trce trac verbose verb vrb 10',
});

/** Names of a number in syslog, the worst first. */
const SYSLOG = ['emerg', 'alert', 'crit', 'error', 'warn', 'notice', 'info', 'debug'];

/** Below `info` zap counts on, as `Level(-3)`. */
const BELOW = /^(?:level\()?-\d{1,3}\)?$/;
/** Between two levels slog counts from the lower one, as `INFO+2`. */
const BESIDE = /^([a-z]{4,5})[+-]\d{1,3}$/;

/** The one name of those that are spelled in several ways: `error` for `err`, `E` and `50`; lower case. */
export function levelName(said: string): string {
  const name = said.toLowerCase();
  return SPELLED.get(name) ?? BESIDE.exec(name)?.[1] ?? (BELOW.test(name) ? 'debug' : name);
}

/** How severe a level of that name is; empty where it is unknown. */
export const levelNamed = (said: string): LogLevel => LEVELS.get(levelName(said)) ?? '';

/** What a level that a program wrote is called here, in capitals: longer names are those of the four. */
export function levelWord(said: string): string {
  const [name, level] = [levelName(said), levelNamed(said)];
  if (level === '') return said.toUpperCase();
  const short = [name, said].find(({ length }) => length === 4 || length === 5);
  return (short ?? level).toUpperCase();
}

/** The name of a number that syslog knows; empty where it is none. */
export const syslogName = (number: string): string =>
  /^[0-7]$/.test(number) ? (SYSLOG[Number(number)] ?? '') : '';

function levelsOf(names: Readonly<Record<Exclude<LogLevel, ''>, string>>) {
  const found = new Map<string, LogLevel>();
  for (const level of ['error', 'warn', 'info', 'debug'] as const) {
    for (const name of names[level].split(' ')) found.set(name, level);
  }
  return found;
}

function spellings(names: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(names).flatMap(([name, others]) =>
      others.split(' ').map((other) => [other, name] as const),
    ),
  );
}
