/** Lines that go on with what the line before them began: stack traces, mostly. */

/** Looked at only so far: how a line begins tells (UTF-16 units). */
const HEAD = 200;
const MARKS = [
  String.raw`\s`,
  // Java, JavaScript, .NET
  'at ',
  'Caused by: ',
  'Suppressed: ',
  String.raw`\.\.\. \d+ (?:more|common)`,
  String.raw`(?:[\w$]+[./])*[\w$]*(?:Error|Exception)(?:: |$)`,
  // Python
  'Traceback ',
  'During handling of the above exception',
  'The above exception was',
  // Go
  String.raw`\[signal `,
  String.raw`goroutine \d+ \[`,
  'created by ',
  String.raw`[\w./-]+\.[\w.(*)[\]…]+\(.*\)$`,
];
const GOES_ON = new RegExp(`^(?:$|${MARKS.join('|')})`);

/** Whether a line looks as if it went on with the one before it. */
export function goesOn(text: string): boolean {
  return GOES_ON.test(text.length > HEAD ? text.slice(0, HEAD) : text);
}
