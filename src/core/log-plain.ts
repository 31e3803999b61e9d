/** Log lines for people: a time and a level before words, as Spring, Python and many others write them. */
import { processOf, type LogField, type LogParts } from './log-parts.ts';
import { sanitize } from './text.ts';

const STAMP = String.raw`(\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?: ?(?:Z|[+-]\d\d:?\d\d))?)`;
const NAME = 'TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL|SEVERE';
const LEVEL = String.raw`[[(<]?(?:${NAME})[\])>]?:?`;
/** `2026-10-14 12:00:00,123 INFO words`, with the time in brackets or not. */
const LEVEL_FIRST = new RegExp(
  String.raw`^(?:\[${STAMP}\]|${STAMP}) {1,6}(?:- )?${LEVEL}(?: {1,9}(?:- )?|$)`,
);
/** `2026-10-14 12:00:00,123 - shop.cart - INFO - words`. */
const NAME_FIRST = new RegExp(String.raw`^${STAMP} - ([\w.-]+) - ${LEVEL} - `);
/** Rust's env_logger: `[2026-10-14T12:00:00Z INFO  shop::cart] words`. */
const RUST = new RegExp(String.raw`^\[${STAMP} (?:${NAME}) {1,2}([\w:.-]{1,200})\] `);
/** Celery: `[2026-10-14 12:00:00,123: INFO/MainProcess] words`. */
const CELERY = new RegExp(String.raw`^\[${STAMP}: (?:${NAME})\/([\w-]{1,80})\] `);
/** Behind the level: process, application, thread, trace; logger; words. */
const SPRING = /^(\d+) --- ((?:\[[^\]]{0,200}\] ?){1,3}) ?(\S+) {0,80}: ?/;
const BRACKETED = /\[\s*([^\]]*)\]/g;
/** What a request is followed by, of several services: blank where there is none. */
const TRACE = /^(?:[\da-f]{16,32}(?:-[\da-f]{16})?|-?)$/;

/** Takes a line apart that begins with a time and a level; null where it does not. Linear in its length. */
export function readPlainLog(text: string): LogParts | null {
  const [head, inBrackets, bare] = LEVEL_FIRST.exec(text) ?? [];
  if (head === undefined) {
    return (
      named(text, NAME_FIRST, 'logger') ??
      named(text, RUST, 'logger') ??
      named(text, CELERY, 'process')
    );
  }
  const time = inBrackets ?? bare ?? '';
  const said = text.slice(head.length);
  const [front, pid = '', groups = '', logger = ''] = SPRING.exec(said) ?? [];
  if (front === undefined) return { time, message: sanitize(said), fields: [] };
  const values = [...groups.matchAll(BRACKETED)].map(([, value = '']) => value.trim());
  const names = namesOf(values);
  const fields = values.flatMap((value, i): LogField[] =>
    value === '' ? [] : [[names[i] ?? '', sanitize(value)]],
  );
  return {
    time,
    message: sanitize(said.slice(front.length)),
    fields: [['logger', sanitize(logger)], ...fields, ...processOf('pid', pid)],
  };
}

/** What stands in brackets, of which each but the thread may be left out. */
function namesOf(values: readonly string[]): readonly string[] {
  if (values.length === 1) return ['thread'];
  const [, second = ''] = values;
  return values.length === 2 && TRACE.test(second)
    ? ['thread', 'trace']
    : ['app', 'thread', 'trace'];
}

/** A line that names one more thing beside its time and level. */
function named(text: string, form: RegExp, name: string): LogParts | null {
  const [head, time = '', value = ''] = form.exec(text) ?? [];
  if (head === undefined) return null;
  return { time, message: sanitize(text.slice(head.length)), fields: [[name, value]] };
}
