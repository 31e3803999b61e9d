/**
 * Reads VHS tapes (github.com/charmbracelet/vhs) as strictly as a recording needs: what VHS would
 * take silently in another sense than it was meant (words after Type, settings after the header,
 * strings left open) is an error here.
 */

/** One command of a tape. */
export type TapeCommand =
  | { readonly kind: 'output' | 'require' | 'source' | 'screenshot'; readonly value: string }
  | { readonly kind: 'set' | 'env'; readonly name: string; readonly value: string }
  | { readonly kind: 'type'; readonly text: string }
  | { readonly kind: 'key'; readonly chord: string; readonly count: number }
  | { readonly kind: 'sleep'; readonly ms: number }
  | { readonly kind: 'hide' | 'show' }
  | {
      readonly kind: 'wait';
      readonly screen: boolean;
      readonly ms: number | null;
      readonly pattern: RegExp;
    };

/** A mistake in a tape, with its line. */
export class TapeError extends Error {
  constructor(line: number, message: string) {
    super(`line ${line}: ${message}`);
    this.name = 'TapeError';
  }
}

const SETTINGS = new Set(
  `Shell FontFamily FontSize LetterSpacing LineHeight Width Height Padding Margin MarginFill WindowBar
  WindowBarSize BorderRadius Theme Framerate PlaybackSpeed TypingSpeed LoopOffset CursorBlink WaitTimeout
  WaitPattern`.split(/\s+/),
);

/** Key words and the chords they press. */
const KEYS: Readonly<Record<string, string>> = {
  Enter: 'enter',
  Space: 'space',
  Tab: 'tab',
  Backspace: 'backspace',
  Delete: 'delete',
  Insert: 'insert',
  Escape: 'esc',
  Up: 'up',
  Down: 'down',
  Left: 'left',
  Right: 'right',
  PageUp: 'pgup',
  PageDown: 'pgdn',
};

// Letters that VHS's lexer takes for units of time after `Ctrl+` and `Alt+`.
const UNIT_LETTERS = new Set(['s', 'm']);

const TIME = /^(\d+(?:\.\d+)?)(ms|s|m)?$/;

function milliseconds(text: string, line: number): number {
  const [, number, unit] = TIME.exec(text) ?? [];
  if (number === undefined) throw new TapeError(line, `'${text}' is not a time`);
  return Number(number) * (unit === 'ms' ? 1 : unit === 'm' ? 60_000 : 1000);
}

/** The words of a line; quoted strings keep their quotes off and are marked. */
interface Word {
  readonly text: string;
  readonly quoted: boolean;
  readonly regex: boolean;
}

function wordsOf(source: string, line: number): Word[] {
  const words: Word[] = [];
  let rest = source.trim();
  while (rest !== '' && !rest.startsWith('#')) {
    const quote = rest[0] ?? '';
    if (`"'\``.includes(quote)) {
      const end = rest.indexOf(quote, 1);
      if (end < 0) throw new TapeError(line, 'a string is left open');
      words.push({ text: rest.slice(1, end), quoted: true, regex: false });
      rest = rest.slice(end + 1).trimStart();
    } else if (quote === '/') {
      const found = /^\/((?:\\.|[^/\\])*)\//.exec(rest);
      if (found === null) throw new TapeError(line, 'a regular expression is left open');
      words.push({ text: found[1] ?? '', quoted: false, regex: true });
      rest = rest.slice(found[0].length).trimStart();
    } else {
      const text = /^\S+/.exec(rest)?.[0] ?? '';
      words.push({ text, quoted: false, regex: false });
      rest = rest.slice(text.length).trimStart();
    }
  }
  return words;
}

/**
 * Parses a tape.
 * @throws TapeError
 */
export function parseTape(source: string): readonly TapeCommand[] {
  const commands: TapeCommand[] = [];
  let header = true;
  for (const [index, text] of source.split('\n').entries()) {
    const line = index + 1;
    const [first, ...args] = wordsOf(text, line);
    if (first === undefined) continue;
    const command = parseCommand(first, args, line);
    const late = command.kind === 'set' && command.name !== 'TypingSpeed';
    if (!header && (late || command.kind === 'output' || command.kind === 'require')) {
      throw new TapeError(line, `${first.text} after the header is ignored by VHS`);
    }
    if (!['set', 'output', 'require'].includes(command.kind)) header = false;
    commands.push(command);
  }
  return commands;
}

function parseCommand({ text }: Word, args: readonly Word[], line: number): TapeCommand {
  const [word = '', speed] = text.split('@', 2);
  if (speed !== undefined) milliseconds(speed, line);
  const one = (): Word => {
    const [only, more] = args;
    if (only === undefined || more !== undefined)
      throw new TapeError(line, `${word} takes one argument`);
    return only;
  };
  switch (word) {
    case 'Output':
    case 'Require':
    case 'Source':
    case 'Screenshot':
      return { kind: word.toLowerCase() as 'output', value: one().text };
    case 'Set': {
      const name = args[0]?.text ?? '';
      if (!SETTINGS.has(name)) throw new TapeError(line, `there is no setting ${name}`);
      if (args.length !== 2) throw new TapeError(line, `Set ${name} takes one value`);
      return { kind: 'set', name, value: args[1]?.text ?? '' };
    }
    case 'Env':
      if (args.length !== 2 || args[1]?.quoted !== true)
        throw new TapeError(line, 'Env takes a name and a string');
      return { kind: 'env', name: args[0]?.text ?? '', value: args[1].text };
    case 'Type':
      if (args.length === 0 || args.some(({ quoted }) => !quoted)) {
        throw new TapeError(line, 'Type takes strings in quotes');
      }
      return { kind: 'type', text: args.map((arg) => arg.text).join(' ') };
    case 'Sleep':
      return { kind: 'sleep', ms: milliseconds(one().text, line) };
    case 'Hide':
    case 'Show':
      if (args.length > 0) throw new TapeError(line, `${word} takes nothing`);
      return { kind: word === 'Hide' ? 'hide' : 'show' };
    case 'Wait':
    case 'Wait+Screen':
    case 'Wait+Line': {
      const [pattern] = args;
      if (pattern !== undefined && !pattern.regex)
        throw new TapeError(line, 'Wait takes a /pattern/');
      return {
        kind: 'wait',
        screen: word === 'Wait+Screen',
        ms: speed === undefined ? null : milliseconds(speed, line),
        pattern: new RegExp(pattern?.text ?? '>$', 'm'),
      };
    }
    default:
      return keyCommand(word, args, line);
  }
}

function keyCommand(word: string, args: readonly Word[], line: number): TapeCommand {
  const count = Number(args[0]?.text ?? '1');
  if (args.length > 1 || !Number.isInteger(count))
    throw new TapeError(line, `${word} takes a count`);
  const named = KEYS[word];
  if (named !== undefined) return { kind: 'key', chord: named, count };
  const [modifier = '', key = ''] = word.split(/\+(.+)/, 2);
  const valid = (modifier === 'Ctrl' || modifier === 'Alt' || modifier === 'Shift') && key !== '';
  if (!valid) throw new TapeError(line, `there is no command ${word}`);
  if (modifier !== 'Shift' && UNIT_LETTERS.has(key)) {
    throw new TapeError(
      line,
      `VHS takes the ${key} of ${word} for a unit of time; write ${key.toUpperCase()}`,
    );
  }
  if (/^\d$/.test(key)) throw new TapeError(line, `VHS does not press ${word}`);
  return {
    kind: 'key',
    chord: `${modifier.toLowerCase()}-${KEYS[key] ?? key.toLowerCase()}`,
    count,
  };
}
