/** The status of an answer in HTTP that is told in an object of a structured line, as pino does. */
import { STATUSES } from './log-names.ts';
import { eachMember } from './log-scan.ts';

/** What such an object is called, in lower case. */
const ANSWERS: ReadonlySet<string> = new Set(['res', 'response', 'httprequest', 'http']);
/** ECS has one in another: `http.response`. */
const DEEPEST = 2;
/** A number or a string. */
const STATUS = /"?([1-5]\d\d)"?/y;

/**
 * The status that a member tells, or one in it; empty where it is no object of an answer.
 * @param at where its value stands in the text
 */
export function answerStatus(name: string, text: string, at: number, depth = DEEPEST): string {
  if (depth === 0 || text[at] !== '{' || !ANSWERS.has(name.toLowerCase())) return '';
  let status = '';
  eachMember(text, at, (own, from, to) => {
    status = STATUSES.has(own.toLowerCase())
      ? statusAt(text, from, to)
      : answerStatus(own, text, from, depth - 1);
    return status !== '';
  });
  return status;
}

function statusAt(text: string, from: number, to: number): string {
  STATUS.lastIndex = from;
  const status = STATUS.exec(text)?.[1] ?? '';
  return STATUS.lastIndex === to ? status : '';
}
