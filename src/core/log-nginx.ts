/** Lines of nginx's error log, and so of the ingress controller that is made of it. */
import type { LogField, LogParts } from './log-parts.ts';
import { sanitize } from './text.ts';

/** `2026/11/29 12:59:38 [error] 7#7: *1 words`: process, thread, and the connection where there is one. */
const HEAD =
  /^(\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d) \[(?:emerg|alert|crit|error|warn|notice|info|debug)\] (\d{1,9})#\d{1,9}: (?:\*(\d{1,20}) )?/;
/** What it appends of the request, or of the connection. */
const OF_REQUEST = /, client: [\da-f.:]{1,45}(?:unix:)?, server: /i;
/** How a field begins; those of streams count bytes. */
const FIELD = /^([a-z]{1,12}|bytes from\/to (?:client|upstream)): ?/;

/** Takes a line apart; null where it is none of them. Linear in its length. */
export function readNginxLog(text: string): LogParts | null {
  const [head, time = '', pid = '', connection = ''] = HEAD.exec(text) ?? [];
  if (head === undefined) return null;
  const said = text.slice(head.length);
  const at = OF_REQUEST.exec(said)?.index ?? said.length;
  const fields = fieldsOf(said.slice(at + 2));
  if (connection !== '') fields.push(['connection', connection]);
  fields.push(['pid', pid]);
  return { time, message: sanitize(said.slice(0, at)), fields };
}

/** Nothing is lost: what is no field belongs to the value before it, which may have any text in it. */
function fieldsOf(text: string): LogField[] {
  const fields: [name: string, value: string][] = [];
  let isOpen = false;
  for (const part of text === '' ? [] : text.split(', ')) {
    const [head, name = ''] = isOpen ? [] : (FIELD.exec(part) ?? []);
    const last = fields.at(-1);
    if (head !== undefined || last === undefined) {
      const value = part.slice((head ?? '').length);
      fields.push([name, value]);
      isOpen = value.startsWith('"') && !isClosed(value);
    } else {
      last[1] += `, ${part}`;
      isOpen &&= !part.endsWith('"');
    }
  }
  return fields.map(([name, value]): LogField => [name, sanitize(value.replace(/^"|"$/g, ''))]);
}

const isClosed = (value: string): boolean => value.length > 1 && value.endsWith('"');
