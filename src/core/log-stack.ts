/** What programs write when they fail: how the line that names an error begins, and the frames below it. */

/** What matches where any of them does. */
export const anyWhere = (marks: readonly string[]): string => `(?:${marks.join('|')})`;
/** Matches a line that begins with any of them. */
export const anyOf = (marks: readonly string[]): RegExp => new RegExp(`^${anyWhere(marks)}`);

/**
 * `TypeError`, `java.io.IOException`, `FeignException$NotFound`; `ActiveRecord::RecordInvalid` is none:
 * only names that say it. `lastError` is what a program calls a value.
 */
const NAME = String.raw`(?:[\w$]+(?:[./]|::))*(?:_{0,2}[A-Z][\w$]*)?(?:Error|Exception)(?:\$\w+)*`;
/** What may stand between a name and what it says: Node's code of it, or .NET's. */
const CODE = String.raw`(?: \[\w+\]| \((?:0x[\da-fA-F]+|\d+)\))?`;
/** Where a name ends that is one: before what it says, or nothing. */
const NAMED = `${NAME}${CODE}(?:: |:?$)`;

/** Names an error, with or without what it says: `KeyError: 'amount'`, `[Error: x] {`. */
export const ERROR_NAME = anyWhere([
  String.raw`(?:Exception in thread "[^"]*" )?${NAMED}`,
  // Node, of one without a stack
  String.raw`\[(?:${NAME}${CODE}|UnhandledPromiseRejection): `,
  // Elixir
  String.raw`\*\* \((?:\w+\.)*\w+\) `,
]);

/** A line that names what a program died of, or caught. */
const ERROR_HEAD = anyOf([
  ERROR_NAME,
  // Java, and Rust's anyhow
  'Exception in thread ',
  'Caused by:(?: |$)',
  // The virtual machine of Java itself
  `Terminating due to ${NAME}`,
  '# A fatal error has been detected by ',
  // Python; of several at once it is indented
  String.raw`(?:\s{0,8}\+ Exception Group )?Traceback \(most recent call last\)`,
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
  // C++
  'terminate called after throwing ',
]);

/** A line of a trace that stands below such a line. */
const FRAME = anyOf([
  // Java
  String.raw`\s+at [^\s(]+\([^)]*\)`,
  // Node
  String.raw`\s+at .*:\d+:\d+\)?(?: \{)?$`,
  String.raw`\s+at .*\(<anonymous>\)$`,
  // .NET
  String.raw`\s+at .*\) in \S.*:line \d+`,
  String.raw`\s+at [\w.\`<>[\],]+\(.*\)$`,
  // Python
  String.raw`\s+File "[^"]*", line \d+`,
  // Go
  String.raw`goroutine \d+ \[`,
  String.raw`\s+\S+\.(?:go|s):\d+ \+0x[\da-f]+$`,
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
