/** Lines that go on with what the line before them began: stack traces, mostly. */
import type { LogLevel } from './log-buffer.ts';

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
const ERROR = anyOf([
  'Traceback ',
  String.raw`(?:Exception in thread "[^"]*" )?(?:[\w$]+[./])*[\w$]*(?:Error|Exception)(?:: |$)`,
]);
/** Said by a line without a level that a trace may belong to. */
const FAILURE = /error|exception|fail|reject|panic|fatal|unhandled|uncaught/i;
const GOROUTINE = /^goroutine \d+ \[/;
const GO_FRAME = /^[\w./-]+\.[\w.(*)[\]…]+\(/;
const CLOSING = /^[}\])]+[,;]?$/;
const PANICKED = / panicked at \S+:$/;
/** A line that is indented only because its first word is set to the right. */
const BEGINS = /^\s+\[?(?:(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL)\b|\d{4}[-/]\d\d)/;

interface Begun {
  /** The line that began it. */
  readonly text: string;
  readonly level: LogLevel;
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

/** Tells of the lines of one stream, in their order, which go on with what an earlier one began. */
export class TraceReader {
  #begun: Begun | null = null;

  /** Whether the next line goes on with the one before it. */
  read(line: string, level: LogLevel): boolean {
    const text = line.length > HEAD ? line.slice(0, HEAD) : line;
    let begun = this.#begun;
    const isMore = begun !== null && begun.length < LONGEST_TRACE && goesOn(begun, text);
    if (begun === null || !isMore) {
      begun = {
        ...{ text, level, indent: indentOf(text), length: 0, last: text },
        ...{ isTraceback: false, hasGoroutine: false, hasError: false },
      };
      this.#begun = begun;
    }
    begun.length++;
    if (isBlank(text)) return isMore;
    begun.isTraceback = text.startsWith('Traceback ') || (begun.isTraceback && indentOf(text) > 0);
    begun.hasGoroutine ||= GOROUTINE.test(text);
    begun.hasError ||= ERROR.test(text);
    begun.last = text;
    return isMore;
  }
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
