/** Lines of klog, in both its forms: `E1129 10:00:00.123456 1 a.go:12] words`, and quoted words and pairs. */
import { processOf, type LogField, type LogParts } from './log-parts.ts';
import { eachPair, skipBlanks, stringEnd, unquote } from './log-scan.ts';
import { sanitize } from './text.ts';

const HEAD = /^[IWEF]\d{4} (\d\d:\d\d:\d\d(?:\.\d+)?)\s+(\d+) ([^\s\]]+:\d+)\] ?/;

/** Takes a line apart; null where it is none of klog. Linear in its length. */
export function readKlog(text: string): LogParts | null {
  const [head, time = '', thread = '', at = ''] = HEAD.exec(text) ?? [];
  if (head === undefined) return null;
  const quoted = stringEnd(text, head.length);
  const said = quoted < 0 ? null : unquote(text.slice(head.length, quoted));
  const pairs: LogField[] = [];
  const end =
    said === null
      ? -1
      : eachPair(text, skipBlanks(text, quoted), (name, from, to) => {
          const value = text.slice(from, to);
          pairs.push([sanitize(name), sanitize(unquote(value) ?? value)]);
          return false;
        });
  // Its own text form lets a value run over blanks: such a line is a message as a whole.
  const isWhole = end === text.length;
  const message = sanitize(isWhole ? (said ?? '') : text.slice(head.length));
  const fields: LogField[] = [
    ...(isWhole ? pairs : []),
    ['at', at],
    ...processOf('thread', thread),
  ];
  return { time, message, fields };
}
