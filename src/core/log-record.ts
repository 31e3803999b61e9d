/** Log lines of the forms that loggers write: JSON, logfmt, klog, nginx, and time and level before words. */
import { auditRecord } from './log-audit.ts';
import { levelWord } from './log-level.ts';
import type { LogField, LogRecord } from './log-parts.ts';
import { readNginxLog } from './log-nginx.ts';
import { readPlainLog } from './log-plain.ts';
import { sanitize } from './text.ts';

/** Longer lines are not taken apart: nobody reads them as a sentence (UTF-16 units). */
const LONGEST = 16 * 1024;

const TIMES = new Set(['time', 'ts', 'timestamp', '@timestamp', 't', '@t', 'asctime', 'datetime']);
const LEVELS = new Set(['level', 'lvl', 'severity', 'log.level', 'levelname', 'loglevel', '@l']);
const MESSAGES = new Set(['msg', 'message', '@message', '@m', 'event']);

const KLOG = /^([IWEF])\d{4} (\d\d:\d\d:\d\d(?:\.\d+)?)\s+\d+ ([^\s\]]+:\d+)\] ?/;
const BLANKS = /\s*/y;
const STRING = /"[^"\\]*(?:\\.[^"\\]*)*"/y;
const LITERAL = /-?\d[\d.eE+-]*|true|false|null/y;
const COLON = /\s*:\s*/y;
const NEXT = /\s*([,}])\s*/y;
const BRACKET = /["[\]{}]/g;
const NAME = /[^\s="\\{}[\]]+=/y;
const BARE = /[^\s"]*/y;

/** Takes a line apart; null where it is of none of these forms. Never throws; linear in its length. */
export function readLogRecord(text: string): LogRecord | null {
  if (text.length > LONGEST) return null;
  if (text.startsWith('{')) {
    const fields = readJson(text);
    return fields && (auditRecord(fields) ?? recordOf(fields));
  }
  const klog = KLOG.exec(text);
  if (klog) return readKlog(text, klog);
  const { fields, end } = readLogfmt(text, 0);
  if (fields.length > 1 && end === text.length) return recordOf(fields);
  return readNginxLog(text) ?? readPlainLog(text);
}

/** What a record says under a name, whatever its case; null where it says nothing. */
export function logField(record: LogRecord, name: string): string | null {
  const wanted = name.toLowerCase();
  if (LEVELS.has(wanted) && record.level !== '') return record.level;
  if (MESSAGES.has(wanted) && record.message !== '') return record.message;
  if (TIMES.has(wanted) && record.time !== '') return record.time;
  return record.fields.find(([field]) => field.toLowerCase() === wanted)?.[1] ?? null;
}

/** The record that fields make; null where they have neither level nor message: that is no log line. */
function recordOf(all: readonly LogField[]): LogRecord | null {
  let [time, level, message] = ['', '', ''];
  const fields: LogField[] = [];
  for (const [rawName, rawValue] of all) {
    const name = sanitize(rawName);
    const value = sanitize(rawValue);
    const kind = name.toLowerCase();
    if (time === '' && TIMES.has(kind)) time = value;
    else if (level === '' && LEVELS.has(kind)) level = levelWord(value);
    else if (message === '' && MESSAGES.has(kind)) message = value;
    else fields.push([name, value]);
  }
  return level === '' && message === '' ? null : { time, level, message, fields };
}

/** The members of one JSON object that is the whole text; null where it is none. */
function readJson(text: string): LogField[] | null {
  const fields: LogField[] = [];
  let at = take(BLANKS, text, 1);
  for (;;) {
    const nameEnd = take(STRING, text, at);
    const valueAt = nameEnd < 0 ? -1 : take(COLON, text, nameEnd);
    const valueEnd = valueAt < 0 ? -1 : jsonEnd(text, valueAt);
    const next = valueEnd < 0 ? -1 : take(NEXT, text, valueEnd);
    const name = next < 0 ? null : unquote(text.slice(at, nameEnd));
    const value = next < 0 ? null : unquote(text.slice(valueAt, valueEnd));
    if (name === null || value === null) return null;
    fields.push([name, value]);
    at = next;
    if (text.slice(valueEnd, next).includes('}')) return next === text.length ? fields : null;
  }
}

/** Where a value ends, -1 where there is none. What is nested is only counted, however deep. */
function jsonEnd(text: string, at: number): number {
  const code = text[at];
  if (code === '"') return take(STRING, text, at);
  if (code !== '{' && code !== '[') return take(LITERAL, text, at);
  let depth = 0;
  BRACKET.lastIndex = at;
  for (let found = BRACKET.exec(text); found !== null; found = BRACKET.exec(text)) {
    const [mark] = found;
    if (mark === '"') {
      const end = take(STRING, text, found.index);
      if (end < 0) return -1;
      BRACKET.lastIndex = end;
    } else depth += mark === '{' || mark === '[' ? 1 : -1;
    if (depth === 0) return found.index + 1;
  }
  return -1;
}

/** Pairs `name=value` from a place on, as far as there are any. */
function readLogfmt(text: string, from: number): { fields: LogField[]; end: number } {
  const fields: LogField[] = [];
  let end = from;
  while (end < text.length) {
    const valueAt = take(NAME, text, end);
    if (valueAt < 0) break;
    const isQuoted = text[valueAt] === '"';
    const valueEnd = take(isQuoted ? STRING : BARE, text, valueAt);
    const next = valueEnd < 0 ? -1 : take(BLANKS, text, valueEnd);
    if (next < 0 || (next === valueEnd && next < text.length)) break;
    const written = text.slice(valueAt, valueEnd);
    fields.push([text.slice(end, valueAt - 1), unquote(written) ?? written]);
    end = next;
  }
  return { fields, end };
}

function readKlog(text: string, [head, letter = '', time = '', at = '']: RegExpExecArray) {
  const quoted = take(STRING, text, head.length);
  const said = quoted < 0 ? null : unquote(text.slice(head.length, quoted));
  const pairsAt = quoted < 0 ? -1 : take(BLANKS, text, quoted);
  const level = levelWord(letter);
  const pairs = said === null ? null : readLogfmt(text, pairsAt);
  // Its own text form lets a value run over blanks: such a line is a message as a whole.
  const isWhole = pairs !== null && pairs.end === text.length;
  const message = sanitize(isWhole ? (said ?? '') : text.slice(head.length));
  const fields = (isWhole ? pairs.fields : []).map(([name, value]): LogField => [
    sanitize(name),
    sanitize(value),
  ]);
  return { time, level, message, fields: [...fields, ['at', at] as const] };
}

/** Where a sticky pattern ends that matches at a place; -1 where it does not. */
function take(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

/** What stands in quotes; text without them as it is; null where its escapes are wrong. */
function unquote(text: string): string | null {
  if (!text.startsWith('"')) return text;
  if (!text.includes('\\')) return text.slice(1, -1);
  try {
    return String(JSON.parse(text));
  } catch {
    return null;
  }
}
