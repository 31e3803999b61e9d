/** The command line: what was asked for, and what is wrong with it. */
import { parseArgs } from 'node:util';
import { nearest } from '../core/nearest.ts';
import { COMMANDS, FLAGS, type CommandName, type FlagName, type Flags } from './flags.ts';

export type { Flags } from './flags.ts';

/** A mistake on the command line: printed as one line, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A command line that was understood. */
export interface Invocation {
  readonly command: CommandName;
  readonly flags: Flags;
  /** What follows the command: resource and name for `get`, the shell for `completion`. */
  readonly args: readonly string[];
}

type Declared = (typeof FLAGS)[FlagName] & {
  readonly short?: string;
  readonly of?: readonly string[];
};

const DECLARED: readonly (readonly [string, Declared])[] = Object.entries(FLAGS);

/** Letters that several commands use are told apart before: they are of flags with values. */
const OPTIONS = Object.fromEntries(
  DECLARED.map(([name, flag], i) => [
    name,
    {
      type: flag.type,
      ...(flag.short === undefined ||
      DECLARED.slice(0, i).some(([, { short }]) => short === flag.short)
        ? {}
        : { short: flag.short }),
      ...('multiple' in flag ? { multiple: true } : {}),
    },
  ]),
);

/**
 * Understands a command line.
 * @throws UsageError naming the nearest valid word where one is close
 */
export function parseCommandLine(argv: readonly string[]): Invocation {
  let parsed;
  try {
    const args = joinValues(argv);
    parsed = parseArgs({ args, options: OPTIONS, allowPositionals: true, strict: true });
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(explain(error as Error));
  }
  const [first, ...rest] = parsed.positionals;
  const command = first ?? 'ui';
  if (!isCommand(command)) throw new UsageError(unknown('command', command, NAMED));
  for (const name of Object.keys(parsed.values)) {
    const flag = FLAGS[name as FlagName];
    if ('of' in flag && !(flag.of as readonly string[]).includes(command)) {
      const owners = flag.of.map((owner) => (owner === 'ui' ? 'ekscope' : `ekscope ${owner}`));
      throw new UsageError(`--${name} belongs to '${owners.join("' and '")}'`);
    }
  }
  const { words } = COMMANDS[command] as { readonly words?: { readonly most: number } };
  if (rest.length > (words?.most ?? 0)) {
    throw new UsageError(`'${rest.at(-1) ?? ''}' is one word too many; see ekscope --help`);
  }
  return { command, flags: parsed.values, args: rest };
}

/**
 * Binds each value to its flag: as for kubectl, the word after a flag is its value though it begins
 * with a dash (`--sort-by -cpu`). A word that is itself a flag never is: it is not to be lost.
 */
function joinValues(argv: readonly string[]): string[] {
  const joined: string[] = [];
  let command: string | undefined;
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] ?? '';
    if (word === '--') return [...joined, ...argv.slice(i)];
    const name = flagOf(word, command);
    if (name === null && !word.startsWith('-')) command ??= word;
    if (name === null || FLAGS[name].type === 'boolean' || word.includes('=')) {
      joined.push(word);
      continue;
    }
    const value = argv[++i];
    if (value === undefined) throw new UsageError(`--${name} needs a value`);
    if (value.startsWith('-') && flagOf(value, command) !== null) {
      throw new UsageError(`--${name} needs a value, and '${value}' is a flag`);
    }
    joined.push(`--${name}=${value}`);
  }
  return joined;
}

/**
 * The flag that a word begins: `--name`, `--name=value` or `-n`; null where it is none.
 * @param command whose flag it is, where several have one of that letter
 */
export function flagOf(word: string, command = 'ui'): FlagName | null {
  const long = /^--([^=]+)/s.exec(word)?.[1];
  if (long !== undefined) return Object.hasOwn(FLAGS, long) ? (long as FlagName) : null;
  if (!/^-[^-]$/.test(word)) return null;
  const found = DECLARED.filter(([, flag]) => flag.short === word[1]);
  const own = found.find(([, { of }]) => of?.includes(command) === true);
  return ((own ?? found[0])?.[0] as FlagName | undefined) ?? null;
}

/**
 * A number given as a flag.
 * @throws UsageError where it is none, or under `min`
 */
export function numberFlag(flags: Flags, name: FlagName, min: number): number | undefined {
  const text = flags[name];
  if (typeof text !== 'string') return undefined;
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < min) {
    throw new UsageError(`--${name} takes a number of at least ${min}, not '${text}'`);
  }
  return value;
}

/**
 * A flag of which only some words make sense.
 * @throws UsageError naming the nearest, or all
 */
export function wordFlag<Word extends string>(
  what: string,
  text: string | undefined,
  words: readonly Word[],
): Word | undefined {
  if (text === undefined) return undefined;
  const found = words.find((word) => word === text);
  if (found === undefined) throw new UsageError(unknown(what, text, words));
  return found;
}

/** "unknown X 'y'; did you mean 'z'?", with all valid names where none is near. */
export function unknown(what: string, given: string, known: readonly string[]): string {
  if (known.length === 0) return `unknown ${what} '${given}': there is none`;
  const like = nearest(given, known);
  const help = like === null ? `known: ${known.join(', ')}` : `did you mean '${like}'?`;
  return `unknown ${what} '${given}'; ${help}`;
}

const NAMED = Object.keys(COMMANDS).slice(1);

const isCommand = (word: string): word is CommandName => Object.hasOwn(COMMANDS, word);

function explain(error: Error): string {
  const option = /^Unknown option '(--?[^']+)'/.exec(error.message)?.[1];
  if (option === undefined) {
    return (error.message.split('. ', 1)[0] ?? error.message).replace(/^Option/, 'flag');
  }
  const like = nearest(option.replace(/^-+/, ''), Object.keys(FLAGS));
  const help = like === null ? 'see ekscope --help' : `did you mean '--${like}'?`;
  return `unknown flag '${option}'; ${help}`;
}
