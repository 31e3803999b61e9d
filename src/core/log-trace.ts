/** Lines that go on with what the line before them began: stack traces, mostly. */
import type { LogLevel } from './log-buffer.ts';
import { LEVEL_RANKS } from './log-level-names.ts';
import { logLevel, statedLevel } from './log-level.ts';
import { ERROR_NAME } from './log-stack.ts';

/** Longer than this nothing is held together: a program that indents all it writes writes no trace. */
export const LONGEST_TRACE = 200;

/** Looked at only so far: how a line begins tells (UTF-16 units). */
const HEAD = 200;

const anyOf = (marks: readonly string[]): RegExp => new RegExp(`^(?:${marks.join('|')})`);

/** Between the traces of two errors of which one came of the other. */
const CHAINED = '(?:During handling of the|The) above exception';
const CHAIN = anyOf([CHAINED]);

/** What is part of a trace whatever stands before it, though it is not indented. */
const PART = anyOf([
  // Java, JavaScript, .NET
  'at ',
  'Caused by: ',
  'Suppressed: ',
  String.raw`\.\.\. \d+ (?:more|common)`,
  '--- End of ',
  // Python
  CHAINED,
  // Go
  String.raw`\[signal `,
  String.raw`goroutine \d+ \[`,
  'created by ',
  // Rust
  'stack backtrace:',
  'note: (?:run with|Some details)',
  // PHP
  'Stack trace:$',
  String.raw`#\d+ \S`,
]);
/** What begins a trace of its own, or goes on with a line that tells of a failure. */
const ERROR = anyOf(['Traceback ', ERROR_NAME]);
/** Said by a line without a level that a trace may belong to. */
const FAILURE = /error|exception|fail|reject|panic|fatal|unhandled|uncaught/i;
const GOROUTINE = /^goroutine \d+ \[/;
const GO_FRAME = /^[\w./-]+\.[\w.(*)[\]…]+\(/;
const CLOSING = /^[}\])]+[,;]?$/;
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
  /** Python's, which names its error in a last line that is not indented. */
  isTraceback: boolean;
  hasGoroutine: boolean;
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
    const isMore = begun !== null && begun.length < LONGEST_TRACE && goesOn(begun, text);
    if (begun === null || !isMore) {
      begun = {
        ...{ text, level: logLevel(line), indent: indentOf(text), length: 0, last: text },
        ...{ isTraceback: false, hasGoroutine: false, hasError: false },
      };
      this.#begun = begun;
    } else begun.level = worse(begun.level, line);
    const { level } = begun;
    const found = { continues: isMore, level };
    begun.length++;
    if (isBlank(text)) return found;
    begun.isTraceback = text.startsWith('Traceback ') || (begun.isTraceback && indentOf(text) > 0);
    begun.hasGoroutine ||= GOROUTINE.test(text);
    begun.hasError ||= ERROR.test(text);
    begun.last = text;
    return found;
  }
}

/** What a record's level is with one more line: what says how severe it is may well print a trace. */
function worse(level: LogLevel, line: string): LogLevel {
  if (level === 'error') return level;
  const own = level === '' ? logLevel(line) : statedLevel(line);
  return LEVEL_RANKS[own] > LEVEL_RANKS[level] ? own : level;
}

function goesOn(begun: Begun, text: string): boolean {
  const { isTraceback, hasGoroutine, length, last } = begun;
  if (isBlank(text)) return length > 1 || isSevere(begun.level);
  const indent = indentOf(text);
  if (indent > 0) return indent > begun.indent && !BEGINS.test(text);
  const wasIndented = indentOf(last) > 0;
  return (
    PART.test(text) ||
    (isTraceback && wasIndented) ||
    (hasGoroutine && GO_FRAME.test(text)) ||
    (wasIndented && CLOSING.test(text)) ||
    PANICKED.test(last) ||
    (ERROR.test(text) && (CHAIN.test(last) || mayHaveError(begun)))
  );
}

/** Whether what was begun may be what the error of the next line is the reason of. */
const mayHaveError = ({ hasError, level, length, text }: Begun): boolean =>
  !hasError && (isSevere(level) || (level === '' && (length > 1 || FAILURE.test(text))));

const isSevere = (level: LogLevel): boolean => level === 'error' || level === 'warn';

const isBlank = (text: string): boolean => text.trim() === '';

/** White space in front (UTF-16 units). */
function indentOf(text: string): number {
  let indent = 0;
  while (text[indent] === ' ' || text[indent] === '\t') indent++;
  return indent;
}
