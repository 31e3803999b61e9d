/** Text as somebody would write it who wants to act where it is shown, kept or pasted. */
export const HOSTILE: readonly string[] = [
  '\x1b[2J\x1b[H',
  '\x1b]0;title\x07',
  '\x1b]52;c;cm0gLXJm\x07',
  '\x1b]8;;https://evil.example\x1b\\link\x1b]8;;\x1b\\',
  '\x1bPtmux;\x1b\x1b]52;c;eA==\x07\x1b\\',
  '\x9b2J',
  '\x9d52;c;eA==\x9c',
  '\x90q\x9c',
  'a\nb',
  'a\r\nb',
  'a\rb',
  '\x00\x01\x08\x0b\x0c\x0e\x7f',
  '\u202eevil\u202c',
  '\u2066left\u2069',
  'zero\u200bwidth\ufeff',
  'line\u2028separator\u2029',
  '\ud800lone',
  '=1+1',
  '+1+1',
  '-1+1',
  '@SUM(A1)',
  '\n=1+1',
  '  =1+1',
  '＝1+1',
  'zero\u200cwidth\u200d\u200e\u200f\u061c',
  '\t=1+1',
  '"quoted",and\'more',
  '$(reboot)`reboot`',
  `${'e\u0301'.repeat(50)}${'\u0301'.repeat(500)}`,
];

/** Characters that act on a terminal or hide what is written. */
export const ACTING =
  /[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]/;
