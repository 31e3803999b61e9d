/**
 * How severe a line says it is, and in which word: what lines are filtered, counted and painted by,
 * and what is shown of them, is all read here.
 */
import { auditLevel } from './log-audit.ts';
import { accessStatus, statusLevel } from './log-access.ts';
import { headLevel } from './log-head.ts';
import { levelNamed } from './log-level-names.ts';
import { MemberLevel } from './log-member-level.ts';
import { MESSAGES } from './log-names.ts';
import { NOTHING_SAID, type SaidLevel } from './log-parts.ts';
import { eachMember, eachPair } from './log-scan.ts';

/** A level is looked for so far in JSON, which may have it behind a long message (UTF-16 units). */
const JSON_WITHIN = 64 * 1024;
const PAIRS_WITHIN = 4096;
/** Text says it in front. */
const HEAD = 240;
const QUOTED = /"(?:[^"\\]|\\.?)*(?:"|$)/g;
const PAIR = /^[\w.@-]{1,40}=/;

/** Reads what a line says, in the ways in which common loggers say it. Linear in its length. */
export function saidLevel(text: string): SaidLevel {
  if (text.startsWith('{')) {
    const level = auditLevel(text);
    if (level !== null) return { level, word: level, member: '' };
    const said = jsonLevel(text.slice(0, JSON_WITHIN));
    if (said.word !== '' || said.level !== '') return said;
  }
  const head = text.length > HEAD ? text.slice(0, HEAD) : text;
  if (PAIR.test(head)) {
    const said = pairsLevel(text.slice(0, PAIRS_WITHIN));
    if (said.level !== '') return said;
  }
  const word = textLevel(text, head);
  // Uvicorn and others say of all that is asked for that it is information.
  const status =
    word === '' || head.startsWith('INFO:') ? statusLevel(accessStatus(text, head)) : '';
  return status === ''
    ? { level: levelNamed(word), word, member: '' }
    : { level: status, word: '', member: '' };
}

/** The word for its level in a line of text. What was asked for, and by whom, may have any word in it. */
function textLevel(text: string, head: string): string {
  const word = headLevel(head, isLevel);
  const mayQuote = word !== '' && head.includes('"') && !head.includes('{"');
  if (!mayQuote || accessStatus(text, head) === '') return word;
  return headLevel(head.replaceAll(QUOTED, '""'), isLevel);
}

const isLevel = (word: string): boolean => levelNamed(word) !== '';

function jsonLevel(text: string): SaidLevel {
  const found = new MemberLevel(text);
  eachMember(text, 0, (name, from, to) => found.visit(name, from, to));
  return found.said;
}

/**
 * The level of at least two pairs: one alone may be a setting that is printed, `LOGLEVEL=ERROR`, and so
 * may several be of which none has small letters, or is a message.
 */
function pairsLevel(text: string): SaidLevel {
  const found = new MemberLevel(text);
  let [count, isEnvironment] = [0, true];
  eachPair(text, 0, (name, from, to) => {
    count++;
    isEnvironment &&= !/[a-z@]/.test(name) && !MESSAGES.includes(name.toLowerCase());
    return found.visit(name, from, to) && count > 1 && !isEnvironment;
  });
  return count > 1 && !isEnvironment ? found.said : NOTHING_SAID;
}
