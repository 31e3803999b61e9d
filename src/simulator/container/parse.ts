/** A word as it was typed: variables get their values when it is used. */
export interface Word {
  readonly pieces: readonly (string | { readonly variable: string })[];
  /** In quotes, as a whole or in part: then it is a word even where it is empty. */
  readonly quoted: boolean;
}

/** A program with its words, and where its input and output go instead. */
export interface Command {
  readonly words: readonly Word[];
  readonly input: Word | null;
  readonly output: { readonly path: Word; readonly append: boolean } | 'stderr' | null;
}

/** Commands of which each reads what the one before wrote, and when they run. */
export interface Pipeline {
  /** `&&` and `||`: depends on the code of the one before. */
  readonly when: 'always' | 'success' | 'failure';
  readonly commands: readonly Command[];
}

/** A line that the shell does not understand. */
export class SyntaxProblem extends Error {}

type Token = { readonly word: Word } | { readonly sign: string };

const SIGNS = [
  '&&',
  '||',
  '>>',
  '2>&1',
  '2>/dev/null',
  '1>&2',
  '>&2',
  ';',
  '|',
  '>',
  '<',
  '\n',
  '&',
];

/**
 * Reads a line as a shell does, as far as people type it: quotes, variables, `; && || |` and
 * redirections.
 * @throws SyntaxProblem
 */
export function parseLine(line: string): Pipeline[] {
  const pipelines: Pipeline[] = [];
  let when: Pipeline['when'] = 'always';
  let commands: Command[] = [];
  let words: Word[] = [];
  let input: Command['input'] = null;
  let output: Command['output'] = null;
  let into: '<' | '>' | '>>' | null = null;

  const endCommand = (sign: string): void => {
    if (into !== null) throw new SyntaxProblem('syntax error: unexpected end of a redirection');
    if (words.length > 0 || output !== null) commands.push({ words, input, output });
    else if (sign === '|') throw new SyntaxProblem(`syntax error: unexpected "${sign}"`);
    [words, input, output] = [[], null, null];
  };
  const endPipeline = (sign: string): void => {
    endCommand(sign);
    if (commands.length > 0) pipelines.push({ when, commands });
    commands = [];
    when = sign === '&&' ? 'success' : sign === '||' ? 'failure' : 'always';
  };

  for (const token of tokensOf(line)) {
    if ('word' in token) {
      if (into === '<') input = token.word;
      else if (into !== null) output = { path: token.word, append: into === '>>' };
      else words.push(token.word);
      into = null;
    } else if (token.sign === '|') endCommand('|');
    else if (token.sign === '<' || token.sign === '>' || token.sign === '>>') into = token.sign;
    else if (token.sign.endsWith('>&2')) output = 'stderr';
    else if (!token.sign.startsWith('2>')) endPipeline(token.sign);
  }
  endPipeline(';');
  return pipelines;
}

/**
 * What a word stands for; null where it stands for none.
 * @param variable the value of `$name`, empty where there is none
 */
export function expand(word: Word, variable: (name: string) => string): string | null {
  const text = word.pieces
    .map((piece) => (typeof piece === 'string' ? piece : variable(piece.variable)))
    .join('');
  return text === '' && !word.quoted ? null : text;
}

type Piece = Word['pieces'][number];

function* tokensOf(line: string): Generator<Token> {
  let pieces: Piece[] = [];
  let quoted = false;
  const word = function* (): Generator<Token> {
    if (pieces.length > 0 || quoted) yield { word: { pieces, quoted } };
    [pieces, quoted] = [[], false];
  };
  for (let at = 0; at < line.length;) {
    const rest = line.slice(at);
    const begun = pieces.length > 0 || quoted;
    const sign = SIGNS.find((each) => rest.startsWith(each));
    const [first = ''] = rest;
    if (sign !== undefined && !(begun && /^\d/.test(sign))) {
      yield* word();
      yield { sign };
      at += sign.length;
    } else if (first === '#' && !begun) {
      at += rest.includes('\n') ? rest.indexOf('\n') : rest.length;
    } else if (first === ' ' || first === '\t') {
      yield* word();
      at++;
    } else {
      const [found, length] = piecesOf(rest);
      pieces.push(...found);
      quoted ||= first === "'" || first === '"';
      at += length;
    }
  }
  yield* word();
}

/** The next pieces of a word, and how many characters they take. */
function piecesOf(rest: string): [pieces: Piece[], length: number] {
  const [first = '', second = ''] = rest;
  if (first === '\\') return [[second], 2];
  if (first === '"') return quotedPieces(rest);
  if (first === "'") {
    const end = rest.indexOf("'", 1);
    if (end < 0) throw new SyntaxProblem('syntax error: unterminated quoted string');
    return [[rest.slice(1, end)], end + 1];
  }
  const named = /^\$(?:\{(\w+|\?|\$)\}|(\w+|\?|\$))/.exec(rest);
  if (named !== null) return [[{ variable: named[1] ?? named[2] ?? '' }], named[0].length];
  return [[first], 1];
}

function quotedPieces(rest: string): [pieces: Piece[], length: number] {
  const pieces: Piece[] = [];
  for (let at = 1; at < rest.length;) {
    const [first = '', second = ''] = rest.slice(at);
    if (first === '"') return [pieces, at + 1];
    if (first === '\\' && '"\\$`'.includes(second)) {
      pieces.push(second);
      at += 2;
    } else if (first === '$') {
      const [found, length] = piecesOf(rest.slice(at));
      pieces.push(...found);
      at += length;
    } else {
      pieces.push(first);
      at++;
    }
  }
  throw new SyntaxProblem('syntax error: unterminated quoted string');
}
