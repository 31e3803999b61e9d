/** Log lines for people: a time and a level before words, as Spring, Python and many others write them. */
import type { LogField, LogRecord } from './log-parts.ts';
import { levelWord } from './log-level.ts';
import { sanitize } from './text.ts';

const TIME = String.raw`\[?(\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?: ?(?:Z|[+-]\d\d:?\d\d))?)\]?`;
const LEVEL = String.raw`[[(<]?(TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL|SEVERE)[\])>]?:?`;
/** `2026-10-14 12:00:00,123 INFO words`. */
const LEVEL_FIRST = new RegExp(`^${TIME} {1,6}(?:- )?${LEVEL}(?: {1,9}(?:- )?|$)`);
/** `2026-10-14 12:00:00,123 - shop.cart - INFO - words`. */
const NAME_FIRST = new RegExp(String.raw`^${TIME} - ([\w.-]+) - ${LEVEL} - `);
/** Behind the level: process, application, thread, trace; logger; words. */
const SPRING = /^\d+ --- ((?:\[[^\]]{0,200}\] ?){1,3}) ?(\S+) {0,80}: /;
const BRACKETED = /\[\s*([^\]]*)\]/g;
/** What stands in brackets, of which each but the thread may be left out. */
const NAMES: readonly (readonly string[])[] = [
  ['thread'],
  ['app', 'thread'],
  ['app', 'thread', 'trace'],
];

/** Takes a line apart that begins with a time and a level; null where it does not. Linear in its length. */
export function readPlainLog(text: string): LogRecord | null {
  const [head, time = '', level = ''] = LEVEL_FIRST.exec(text) ?? [];
  if (head === undefined) return readNamed(text);
  const said = text.slice(head.length);
  const spring = SPRING.exec(said);
  const common = { time, level: levelWord(level) };
  if (spring === null) return { ...common, message: sanitize(said), fields: [] };
  const [front, groups = '', logger = ''] = spring;
  const values = [...groups.matchAll(BRACKETED)].map(([, value = '']) => value.trim());
  const names = NAMES[values.length - 1] ?? [];
  const fields = values.flatMap((value, i): LogField[] =>
    value === '' ? [] : [[names[i] ?? '', sanitize(value)]],
  );
  const message = sanitize(said.slice(front.length));
  return { ...common, message, fields: [['logger', sanitize(logger)], ...fields] };
}

function readNamed(text: string): LogRecord | null {
  const [head, time = '', name = '', level = ''] = NAME_FIRST.exec(text) ?? [];
  if (head === undefined) return null;
  const message = sanitize(text.slice(head.length));
  return { time, level: levelWord(level), message, fields: [['logger', name]] };
}
