/** What a log says of itself between the lines that came, and why a live tail of it ended. */
import { reasonOf } from '../core/words.ts';
import { AwsFault } from '../domain/aws-fault.ts';
import { stampOf } from '../domain/kept-logs/line.ts';
import type { Batch } from './kept-reader.ts';
import type { LogEntry } from './log-merge.ts';

/** A live tail sends some of many lines. */
export const SAMPLED = 'from here on only some lines: a live tail sends no more';
/** It sends all of them again. */
export const WHOLE = 'from here on all lines again';

/** Why a live tail ended, or did not begin. */
export function whyEnded(error: unknown, hasBegun: boolean): string {
  const code = error instanceof AwsFault ? error.code : '';
  if (code === 'SessionTimeoutException') return 'live tail ended: three hours are over';
  if (code === 'LimitExceededException') {
    return 'no live tail: as many go on in this account as may; end one, or wait';
  }
  return `${hasBegun ? 'live tail ended' : 'no live tail'}: ${reasonOf(error)}`;
}

/** A line of ours. @param time as stamps of lines are */
export const mark = (time: string, text: string): LogEntry => ({
  time,
  text: `── ${text} ──`,
  isMark: true,
});

/** A moment in UTC: lines of a log are compared with others of other places. @param at ms */
const clockTime = (at: number): string => `${stampOf(at).slice(0, 19).replace('T', ' ')} UTC`;

/** Older lines than that (ms) are not there. */
export const leftOut = (begin: number, time: string): LogEntry =>
  mark(time, `lines before ${clockTime(begin)} are left out: no more of them fit`);

/** Lines between others are not there. */
export const missing = ({ from, to }: NonNullable<Batch['gap']>, time: string): LogEntry =>
  mark(time, `lines from ${clockTime(from)} to ${clockTime(to)} are left out: too many at once`);
