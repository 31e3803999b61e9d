/** Lines of nginx's error log, and so of the ingress controller that is made of it. */
import type { LogField, LogRecord } from './log-parts.ts';
import { levelWord } from './log-level.ts';
import { sanitize } from './text.ts';

/** `2026/11/29 12:59:38 [error] 7#7: *1 words`: process, thread, and the connection where there is one. */
const HEAD =
  /^(\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d) \[(emerg|alert|crit|error|warn|notice|info|debug)\] (\d{1,9})#\d{1,9}: (?:\*(\d{1,20}) )?/;
/** What it appends of the request. */
const OF_REQUEST = /, client: [\da-f.:]{1,45}(?:unix:)?, server: /i;
const FIELD = /(?:^|, )([a-z]{1,12}): ("[^"]{0,8000}"|[^,"]{0,400})(?=, |$)/g;

/** Takes a line apart; null where it is none of them. Linear in its length. */
export function readNginxLog(text: string): LogRecord | null {
  const [head, time = '', level = '', pid = '', connection = ''] = HEAD.exec(text) ?? [];
  if (head === undefined) return null;
  const said = text.slice(head.length);
  const at = OF_REQUEST.exec(said)?.index ?? said.length;
  const fields = [...said.slice(at + 2).matchAll(FIELD)].map(
    ([, name = '', value = '']): LogField => [name, sanitize(value.replace(/^"|"$/g, ''))],
  );
  if (connection !== '') fields.push(['connection', connection]);
  fields.push(['pid', pid]);
  return { time, level: levelWord(level), message: sanitize(said.slice(0, at)), fields };
}
