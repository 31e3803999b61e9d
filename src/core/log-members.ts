/** The record that the members of a structured line make: which of them is its time, level and message. */
import { levelWord } from './log-level-names.ts';
import { MAYBE_TIMES, MESSAGES, STATUSES, TIMES } from './log-names.ts';
import type { LogField, LogRecord, SaidLevel } from './log-parts.ts';
import { eachMember, unquote } from './log-scan.ts';
import { sanitize } from './text.ts';

const RANKS: ReadonlyMap<string, number> = new Map(MESSAGES.map((name, rank) => [name, rank]));
const NOT_TEXT = /^[[{]/;
/** A date of MongoDB, and what else it writes as an object of one member. */
const DATE = /^\{"\$date":\s?"([^"\\]{1,40})"\}$/;

/** Members of one JSON object that is the whole text; null where it is none. */
export function readJson(text: string): readonly LogField[] | null {
  const fields: LogField[] = [];
  const end = eachMember(text, 0, (rawName, from, to) => {
    const name = unquote(`"${rawName}"`);
    const value = unquote(text.slice(from, to));
    // Its escapes are wrong.
    if (name === null || value === null) return true;
    fields.push([name, value]);
    return false;
  });
  return end >= 0 && text.slice(end).trim() === '' ? fields : null;
}

/**
 * The record of members; null where they are of no log line: they have no level, message or status,
 * and are no JSON object of several members either.
 * @param said what tells the level
 */
export function recordOf(
  members: readonly LogField[],
  said: SaidLevel,
  form: 'json' | 'pairs',
): LogRecord | null {
  const all = members.map(([name, value]): LogField => [sanitize(name), sanitize(value)]);
  const at = placesOf(all);
  const level = levelWord(said.word);
  const isLine = level !== '' || at.message >= 0 || (form === 'json' ? all.length > 1 : at.status);
  if (!isLine) return null;
  const levelAt = said.member === '' ? -1 : members.findIndex(([name]) => name === said.member);
  const fields = all.filter((_, i) => i !== at.time && i !== levelAt && i !== at.message);
  const time = all[at.time]?.[1] ?? '';
  const record = { time: DATE.exec(time)?.[1] ?? time, level };
  if (at.message >= 0) return { ...record, message: all[at.message]?.[1] ?? '', fields };
  return { ...record, ...ofEvent(fields) };
}

/** Which of the members are the time and the message, -1 for none, and whether one is a status. */
function placesOf(all: readonly LogField[]) {
  let [time, maybe, message, best, status] = [-1, -1, -1, Infinity, false];
  for (const [i, [name, value]] of all.entries()) {
    const kind = name.toLowerCase();
    const rank = RANKS.get(kind);
    if (rank !== undefined && rank < best && (kind !== 'event' || !NOT_TEXT.test(value))) {
      [message, best] = [i, rank];
    } else if (time < 0 && TIMES.has(kind)) time = i;
    else if (maybe < 0 && MAYBE_TIMES.has(kind)) maybe = i;
    else status ||= STATUSES.has(kind);
  }
  return { time: time < 0 ? maybe : time, message, status };
}

/** What events of Rust's tracing say: their message is among `fields`, which is an object of its own. */
function ofEvent(fields: readonly LogField[]): Pick<LogRecord, 'message' | 'fields'> {
  const i = fields.findIndex(([name, value]) => name === 'fields' && value.startsWith('{'));
  const own = readJson(fields[i]?.[1] ?? '');
  const said = own?.find(([name]) => name === 'message');
  if (!own || said === undefined) return { message: '', fields };
  const others = own
    .filter((each) => each !== said)
    .map(([name, value]): LogField => [sanitize(name), sanitize(value)]);
  return {
    message: sanitize(said[1]),
    fields: fields.flatMap((each, at) => (at === i ? others : [each])),
  };
}
