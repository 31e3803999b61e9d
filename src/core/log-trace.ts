/** Lines that go on with what the line before them began: stack traces, mostly. */
import type { LogLevel } from './log-buffer.ts';
import { LEVEL_RANKS } from './log-level-names.ts';
import { logLevel, statedLevel } from './log-level.ts';
import * as marks from './log-trace-marks.ts';
import { indentOf, isBlank } from './log-trace-marks.ts';
import { beginsReport, ErrorReport } from './log-trace-report.ts';

/**
 * Longer than this only what is surely of a trace is held together: a program that indents all it
 * writes writes none.
 */
export const LONGEST_TRACE = 200;
/** Longer than this nothing is: a stack that overflows has a thousand frames. */
export const LONGEST_STACK = 5000;

/** Looked at only so far: how a line begins tells (UTF-16 units). */
const HEAD = 200;

/** Said by a line without a level that a trace may belong to. */
const FAILURE = /error|exception|fail|reject|panic|fatal|unhandled|uncaught/i;
/** JSON or logfmt. */
const OF_MEMBERS = /^(?:\{"|[\w.@-]{1,40}=)/;
const PANICKED = / panicked at \S+:$/;
/** A line that is indented only because its first word is set to the right. */
const BEGINS = /^\s+\[?(?:(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL)\b|\d{4}[-/]\d\d)/;

/** What is known of a line by those before it. */
export interface LineOfTrace {
  /** It goes on with the line before it. */
  readonly continues: boolean;
  /** Of a line that goes on with others at least theirs: a trace is as severe as what it is the trace of. */
  readonly level: LogLevel;
}

interface Begun {
  /** The line that began it. */
  readonly text: string;
  /** Of that line, or what it became by those that went on with it. */
  level: LogLevel;
  readonly indent: number;
  /** Lines of it. */
  length: number;
  /** It began with a frame: its beginning was lost, or cut off. */
  readonly isMiddle: boolean;
  /** It is of a thread that does what it should: it has no level, whatever it is in. */
  readonly isThread: boolean;
  /** What it tells over several lines; null: nothing yet. */
  report: ErrorReport | null;
  /** Python's, which names its error in a last line that is not indented. */
  isTraceback: boolean;
  /** Python's of several errors at once. */
  isTree: boolean;
  isGo: boolean;
  /** An error is named already: another one is another trace. */
  hasError: boolean;
  /** The line before, blank ones aside. */
  last: string;
}

/**
 * Tells of the lines of one stream, in their order, which go on with what an earlier one began, and
 * how severe they are.
 */
export class TraceReader {
  #begun: Begun | null = null;

  read(line: string): LineOfTrace {
    const text = line.length > HEAD ? line.slice(0, HEAD) : line;
    let begun = this.#begun;
    const isMore = begun !== null && mayGrow(begun, text) && goesOn(begun, text);
    if (begun === null || !isMore) {
      begun = begin(line, text);
      this.#begun = begun;
    } else if (!begun.isThread) begun.level = worse(begun.level, line);
    const found = { continues: isMore, level: begun.level };
    see(begun, line, text);
    return found;
  }
}

function begin(line: string, text: string): Begun {
  const indent = indentOf(text);
  const isThread = marks.isThread(text);
  // Made for most lines: an object that is put together of others takes longer.
  return {
    text,
    level: isThread ? '' : logLevel(line),
    indent,
    isMiddle: indent > 0 && marks.isAmongFrames(text),
    length: 0,
    isThread,
    report: null,
    isTraceback: false,
    isTree: false,
    isGo: false,
    hasError: false,
    last: text,
  };
}

/** Takes note of a line that belongs to what was begun. */
function see(begun: Begun, line: string, text: string): void {
  begun.length++;
  if (begun.report === null && isSevere(begun.level) && beginsReport(text)) {
    begun.report = new ErrorReport();
  }
  begun.report?.see(line);
  if (isBlank(text)) return;
  const isIndented = indentOf(text) > 0;
  begun.isTraceback = text.startsWith('Traceback ') || (begun.isTraceback && isIndented);
  begun.isTree ||= marks.isTree(text);
  begun.isGo ||= isIndented ? marks.isGoPlace(text) : marks.isGoroutine(text);
  begun.hasError ||= begun.isTree || marks.isError(text);
  begun.last = text;
}

/** Python names a frame in every other line. */
const mayGrow = ({ length, last }: Begun, text: string): boolean =>
  length < LONGEST_TRACE || (length < LONGEST_STACK && (isSure(text) || isSure(last)));

const isSure = (text: string): boolean => marks.isAmongFrames(text) || marks.isError(text);

/** What a record's level is with one more line: what says how severe it is may well print a trace. */
function worse(level: LogLevel, line: string): LogLevel {
  if (level === 'error') return level;
  const own = level === '' ? logLevel(line) : statedLevel(line);
  return LEVEL_RANKS[own] > LEVEL_RANKS[level] ? own : level;
}

function goesOn(begun: Begun, text: string): boolean {
  if (isBlank(text)) return begun.length > 1 || isSevere(begun.level);
  const indent = indentOf(text);
  if (marks.isTree(text)) return marks.isChain(begun.last) || mayHaveError(begun);
  if (indent > 0) return !BEGINS.test(text) && (indent > begun.indent || isBeside(begun, text));
  const { isTraceback, last } = begun;
  const wasIndented = indentOf(last) > 0;
  return (
    marks.isPart(text) ||
    (isTraceback && wasIndented) ||
    (wasIndented && marks.isClosing(text)) ||
    PANICKED.test(last) ||
    isOfGo(begun, text) ||
    isOfError(begun, text)
  );
}

/** No deeper than what was begun, where that is no first line. */
const isBeside = ({ isMiddle, isTree }: Begun, text: string): boolean =>
  (isMiddle && marks.isAmongFrames(text)) || (isTree && marks.isOfTree(text));

function isOfGo({ isGo, length, level, last }: Begun, text: string): boolean {
  if (isGo && marks.isGoCall(text)) return true;
  const mayBeNamed = length === 1 ? isSevere(level) : marks.isGoPlace(last);
  return mayBeNamed && marks.isGoName(text);
}

function isOfError(begun: Begun, text: string): boolean {
  const { hasError, level, last, report } = begun;
  if (marks.isError(text)) return marks.isChain(last) || mayHaveError(begun);
  if (hasError && marks.isRemark(text)) return true;
  const mayReport = isSevere(level) && (report?.isOpen === true || beginsReport(text));
  return mayReport && !/^[[{\d]/.test(text) && statedLevel(text) === '';
}

/**
 * Whether what was begun may be what the error of the next line is the reason of. Members have their
 * errors in themselves: what follows a warning of members is what the program dies of.
 */
function mayHaveError({ hasError, isThread, level, length, text }: Begun): boolean {
  if (hasError || isThread || (level === 'warn' && OF_MEMBERS.test(text))) return false;
  return isSevere(level) || (level === '' && (length > 1 || FAILURE.test(text)));
}

const isSevere = (level: LogLevel): boolean => level === 'error' || level === 'warn';
