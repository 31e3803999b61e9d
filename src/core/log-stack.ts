/** What programs write when they fail: how the line that names an error begins, and the frames below it. */

const anyOf = (marks: readonly string[]): RegExp => new RegExp(`^(?:${marks.join('|')})`);

/** `TypeError`, `java.io.IOException`, `ActiveRecord::RecordInvalid` is none: only names that say it. */
const NAME = String.raw`(?:[\w$]+(?:[./]|::))*[\w$]*(?:Error|Exception)`;
/** Where a name ends that is one: before what it says, Node's code of it, or nothing. */
const NAMED = String.raw`${NAME}(?: \[\w+\])?(?:: |:?$)`;

/** Names an error, with or without what it says: `KeyError: 'amount'`. */
export const ERROR_NAME = String.raw`(?:Exception in thread "[^"]*" )?${NAMED}`;

/** A line that names what a program died of, or caught. */
const ERROR_HEAD = anyOf([
  NAMED,
  // Java
  'Exception in thread ',
  'Caused by: ',
  // Python
  String.raw`Traceback \(most recent call last\)`,
  // Go
  'panic: ',
  'fatal error: ',
  // Rust
  String.raw`thread '[^']*'(?: \(\d+\))? panicked at `,
  // .NET
  String.raw`Unhandled [Ee]xception[.:] `,
  // Node
  String.raw`(?:Uncaught|Unhandled) (?:[a-z]+ ){0,3}(?:${NAMED}|\(in promise\))`,
  // Ruby: a place, what it says, and the error's name in brackets
  String.raw`\S+:\d+:in ['\`][^']*': (?!warning: )`,
  String.raw`(?:\w+::)*\w+(?:Error|Exception) \(`,
  // PHP without its name in front
  'Fatal error: ',
  // Elixir, C++
  String.raw`\*\* \((?:\w+\.)*\w+\) `,
  'terminate called after throwing ',
]);

/** A line of a trace that stands below such a line. */
const FRAME = anyOf([
  // Java
  String.raw`\s+at [^\s(]+\([^)]*\)`,
  // Node
  String.raw`\s+at .*:\d+:\d+\)?$`,
  String.raw`\s+at .*\(<anonymous>\)$`,
  // .NET
  String.raw`\s+at .*\) in \S.*:line \d+`,
  String.raw`\s+at [\w.\`<>[\],]+\(.*\)$`,
  // Python
  String.raw`\s+File "[^"]*", line \d+`,
  // Go
  String.raw`goroutine \d+ \[`,
  // Ruby
  String.raw`\s+from \S+:\d+:in `,
  // PHP
  'Stack trace:$',
  String.raw`#\d+ (?:\S+\(\d+\): |\{main\}|\[internal function\]: )`,
  // Rust
  'stack backtrace:$',
]);

/** @param head the beginning of a line: more is not needed, and would only take time */
export const isErrorHead = (head: string): boolean => ERROR_HEAD.test(head);

/** @param head as that of {@link isErrorHead} */
export const isFrame = (head: string): boolean => FRAME.test(head);
