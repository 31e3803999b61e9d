/** Log lines of the forms that loggers write: JSON, logfmt, klog, nginx, and time and level before words. */
import { answerStatus } from './log-answer.ts';
import { auditRecord } from './log-audit.ts';
import { readKlog } from './log-klog.ts';
import { levelWord } from './log-level-names.ts';
import { readJson, recordOf } from './log-members.ts';
import { LEVELS, MAYBE_TIMES, MESSAGES, STATUSES, TIMES } from './log-names.ts';
import { readNginxLog } from './log-nginx.ts';
import type { LogField, LogRecord } from './log-parts.ts';
import { readPlainLog } from './log-plain.ts';
import { saidLevel } from './log-said.ts';
import { eachPair, unquote } from './log-scan.ts';
import { sanitize } from './text.ts';

/** Longer lines are not taken apart: nobody reads them as a sentence (UTF-16 units). */
const LONGEST = 16 * 1024;

/** Takes a line apart; null where it is of none of these forms. Never throws; linear in its length. */
export function readLogRecord(text: string): LogRecord | null {
  if (text.length > LONGEST) return null;
  if (text.startsWith('{')) {
    const members = readJson(text);
    return members && (auditRecord(members) ?? recordOf(members, saidLevel(text), 'json'));
  }
  const pairs = readPairs(text);
  if (pairs !== null) return recordOf(pairs, saidLevel(text), 'pairs');
  const parts = readKlog(text) ?? readNginxLog(text) ?? readPlainLog(text);
  return parts && { ...parts, level: levelWord(saidLevel(text).word) };
}

/**
 * What a record says under a name, whatever its case; null where it says nothing. A name with dots
 * reaches into objects; that of a status finds another status where there is none that is called so.
 */
export function logField(record: LogRecord, name: string): string | null {
  const wanted = name.toLowerCase();
  const { fields } = record;
  const own = reached(fields, wanted);
  if (own !== null) return own;
  if (STATUSES.has(wanted)) return statusOf(fields);
  if (LEVELS.has(wanted) && record.level !== '') return record.level;
  if (MESSAGES.includes(wanted) && record.message !== '') return record.message;
  const isTime = TIMES.has(wanted) || MAYBE_TIMES.has(wanted);
  return isTime && record.time !== '' ? record.time : null;
}

function reached(fields: readonly LogField[], wanted: string): string | null {
  const own = fields.find(([field]) => field.toLowerCase() === wanted)?.[1];
  if (own !== undefined) return own;
  if (!wanted.includes('.')) return null;
  for (const [field, value] of fields) {
    const isIn = value.startsWith('{') && wanted.startsWith(`${field.toLowerCase()}.`);
    const members = isIn ? readJson(value) : null;
    const found = members && reached(members, wanted.slice(field.length + 1));
    if (found !== null) return sanitize(found);
  }
  return null;
}

function statusOf(fields: readonly LogField[]): string | null {
  const own = fields.find(([field]) => STATUSES.has(field.toLowerCase()))?.[1];
  if (own !== undefined) return own;
  for (const [field, value] of fields) {
    const status = answerStatus(field, value, 0);
    if (status !== '') return status;
  }
  return null;
}

/** The pairs of logfmt that are the whole text, at least two; null where it is none. */
function readPairs(text: string): readonly LogField[] | null {
  const pairs: LogField[] = [];
  const end = eachPair(text, 0, (name, from, to) => {
    const value = text.slice(from, to);
    pairs.push([name, unquote(value) ?? value]);
    return false;
  });
  return pairs.length > 1 && end === text.length ? pairs : null;
}
