/** What the members of structured lines are called that are more than fields; all in lower case. */

/** Names of times that nothing else is called. */
export const TIMES: ReadonlySet<string> = new Set([
  ...['time', 'ts', 'timestamp', '@timestamp', '@t', 'asctime', 'datetime'],
]);
/** A time only where there is no better one: with some it is how long something took. */
export const MAYBE_TIMES: ReadonlySet<string> = new Set(['t', 'start_time']);

export const LEVELS: ReadonlySet<string> = new Set([
  ...['level', 'lvl', 'severity', 'log.level', 'levelname', 'loglevel', '@l', '@level'],
  ...['severitytext', 'severity_text', 'level_name', 'log_level', 'levelstr', 'level_str'],
]);

/** Names of messages, the best first. */
export const MESSAGES: readonly string[] = [
  ...['msg', 'message', '@message', '@m', 'formattedmessage', 'short_message', '@mt', 'event'],
];

/** Names of the status of an answer in HTTP. */
export const STATUSES: ReadonlySet<string> = new Set([
  ...['status', 'response_code', 'statuscode', 'status_code'],
]);
