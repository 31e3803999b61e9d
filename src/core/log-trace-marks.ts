/** How lines of a stack trace begin that are not told by being indented. */
import { ERROR_NAME, anyOf, isFrame } from './log-stack.ts';

/** Between the traces of two errors of which one came of the other. */
const CHAINED = '(?:During handling of the|The) above exception';
const CHAIN = anyOf([CHAINED]);

/** What is part of a trace wherever it stands. */
const SURE = [
  // Java, and Rust's anyhow
  'Caused by:(?: |$)',
  'Suppressed: ',
  String.raw`\.\.\. \d+ (?:more|common)`,
];
const SURE_PART = anyOf(SURE);

/** What is part of a trace whatever stands before it, though it is not indented. */
const PART = anyOf([
  ...SURE,
  // Java, JavaScript, .NET
  'at ',
  '--- End of ',
  // Python
  CHAINED,
  // Go
  String.raw`\[signal `,
  String.raw`goroutine \d+ \[`,
  'created by ',
  // Rust
  '[Ss]tack backtrace:',
  'note: (?:run with|Some details)',
  // PHP
  'Stack trace:$',
  String.raw`#\d+ (?:\S+\(\d+\)|\{main\}|\[internal)`,
]);

/** What is said of an error behind its name. */
const REMARK = anyOf([
  // Databases, and SQLAlchemy
  String.raw`LINE \d+: `,
  '(?:DETAIL|HINT|CONTEXT|QUERY): ',
  String.raw`\[(?:SQL|parameters): `,
  String.raw`\(Background on this error `,
  // Rust's eyre
  'Location:$',
  // Node
  String.raw`Node\.js v\d`,
  // Elixir
  String.raw`Last message(?: \([^)]*\))?: `,
  'State: ',
]);

/** What begins a trace of its own, or goes on with a line that tells of a failure. */
const ERROR = anyOf(['Traceback ', ERROR_NAME]);

const GOROUTINE = /^goroutine \d+ \[/;
const GO_CALL = /^(?:[\w./~%-]+\.[\w.(*)[\]…]+|panic)\(/;
/** The place of a call, which stands below it. */
const GO_PLACE = /^\t\S+\.(?:go|s):\d+(?: \+0x[\da-f]+)?$/;
/** As zap names a call, without what it was called with: `pkg/path.(*Type).Func`. */
const GO_NAME = /^[A-Za-z][\w./~%()*[\]…,-]*$/;
const IN_PACKAGE = /\/[^/]*\.[\w(]|\.\(\*|^(?:main|runtime)\.\w/;

/** Python draws errors that came together as a tree. */
const TREE = /^\s*\+ Exception Group Traceback/;
const OF_TREE = /^(?:\||\+[-+])/;

/** A thread of the JVM, which lists what all of them do when it is asked. */
const THREAD = /^"[^"]{0,160}" (?:#\d+ )?(?:\[\d+\] )?(?:daemon )?(?:prio|os_prio)=\d/;

const CLOSING = /^[}\])]+[,;]?$/;

/** White space in front (UTF-16 units). */
export function indentOf(text: string): number {
  let indent = 0;
  while (text[indent] === ' ' || text[indent] === '\t') indent++;
  return indent;
}

export const isBlank = (text: string): boolean => text.trim() === '';
export const isPart = (text: string): boolean => PART.test(text);
export const isRemark = (text: string): boolean => REMARK.test(text);
export const isChain = (text: string): boolean => CHAIN.test(text);
export const isError = (text: string): boolean => ERROR.test(text);
export const isClosing = (text: string): boolean => CLOSING.test(text);
export const isThread = (text: string): boolean => text.startsWith('"') && THREAD.test(text);
export const isTree = (text: string): boolean => TREE.test(text);
export const isOfTree = (text: string): boolean => OF_TREE.test(text.trimStart());

export const isGoroutine = (text: string): boolean => GOROUTINE.test(text);
export const isGoPlace = (text: string): boolean => GO_PLACE.test(text);
export const isGoCall = (text: string): boolean => GO_CALL.test(text);
export const isGoName = (text: string): boolean => GO_NAME.test(text) && IN_PACKAGE.test(text);

/** Is it a frame or what stands among frames, indented as they are. */
export const isAmongFrames = (text: string): boolean =>
  isFrame(text) || isGoPlace(text) || SURE_PART.test(text.trimStart());
