/** The command line, as data: flags, commands, and what is wrong with them. */
import { parseArgs } from 'node:util';
import { nearest } from '../core/nearest.ts';

/** A mistake on the command line: printed as one line, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

interface Flag {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  readonly multiple?: boolean;
  /** Placeholder of its value in the usage text. */
  readonly value?: string;
  readonly help: string;
  /** Commands it belongs to; absent: all of them. */
  readonly of?: readonly Command[];
}

const COMMANDS = ['ui', 'demo', 'get', 'info'] as const;
export type Command = (typeof COMMANDS)[number];

/** Every flag, in the order of the usage text. */
export const FLAGS = {
  kubeconfig: { type: 'string', value: 'PATH', help: 'kubeconfig file(s), as in KUBECONFIG' },
  context: { type: 'string', value: 'NAME', help: 'kubeconfig context' },
  namespace: { type: 'string', short: 'n', value: 'NAME', help: 'watch one namespace' },
  'all-namespaces': { type: 'boolean', short: 'A', help: 'watch all namespaces (the default)' },
  command: {
    type: 'string',
    short: 'c',
    value: 'CMD',
    help: "start with a command, e.g. ':pods shop'",
  },
  cluster: {
    type: 'string',
    value: 'NAME',
    help: 'connect to this EKS cluster, without a kubeconfig',
  },
  profile: { type: 'string', multiple: true, value: 'NAME', help: 'AWS profile; may be repeated' },
  region: { type: 'string', multiple: true, value: 'NAME', help: 'AWS region; may be repeated' },
  readonly: { type: 'boolean', help: 'refuse every change' },
  write: { type: 'boolean', help: 'allow changes although the configuration says readonly' },
  theme: { type: 'string', value: 'NAME', help: 'dark, light, mono, or one of yours' },
  color: { type: 'string', value: 'DEPTH', help: 'auto, none, 16, 256 or truecolor' },
  fps: { type: 'string', value: 'N', help: 'most repaints a second that data may cause' },
  as: { type: 'string', value: 'USER', help: 'impersonate a user' },
  'as-group': { type: 'string', multiple: true, value: 'GROUP', help: 'impersonate a group' },
  'request-timeout': { type: 'string', value: 'SECONDS', help: 'how long one request may take' },
  config: { type: 'string', value: 'PATH', help: 'configuration file' },
  output: {
    type: 'string',
    short: 'o',
    value: 'FORMAT',
    help: 'table, wide, json, yaml, csv or name',
    of: ['get'],
  },
  selector: {
    type: 'string',
    short: 'l',
    value: 'LABELS',
    help: 'only objects with these labels',
    of: ['get'],
  },
  'sort-by': {
    type: 'string',
    value: 'COLUMN',
    help: 'sort by a column; -COLUMN reverses',
    of: ['get'],
  },
  serve: { type: 'boolean', help: 'only the servers: prints what a shell can eval', of: ['demo'] },
  seed: { type: 'string', value: 'N', help: 'another region by the same rules', of: ['demo'] },
  scenario: {
    type: 'string',
    value: 'NAME',
    help: 'steady, crashloop, rbac-denied or auth-expired',
    of: ['demo'],
  },
  nodes: { type: 'string', value: 'N', help: 'nodes of the large cluster', of: ['demo'] },
  pods: { type: 'string', value: 'N', help: 'pods of the large cluster', of: ['demo'] },
  speed: { type: 'string', value: 'X', help: 'how fast its time runs', of: ['demo'] },
  latency: { type: 'string', value: 'MS', help: 'delay of every answer', of: ['demo'] },
  help: { type: 'boolean', short: 'h', help: 'show this text' },
  version: { type: 'boolean', short: 'V', help: 'show the version' },
} as const satisfies Record<string, Flag>;

type FlagName = keyof typeof FLAGS;

/** Flags as given: strings, lists or true; absent where not given. */
export type Flags = {
  readonly [F in FlagName]?: (typeof FLAGS)[F] extends { multiple: true }
    ? readonly string[]
    : (typeof FLAGS)[F]['type'] extends 'boolean'
      ? boolean
      : string;
};

/** A command line that was understood. */
export interface Invocation {
  readonly command: Command;
  readonly flags: Flags;
  /** What follows the command: resource and name for `get`. */
  readonly args: readonly string[];
}

/**
 * Understands a command line.
 * @throws UsageError naming the nearest valid word where one is close
 */
export function parseCommandLine(argv: readonly string[]): Invocation {
  const options = Object.fromEntries(
    Object.entries(FLAGS).map(([name, flag]: [string, Flag]) => [
      name,
      {
        type: flag.type,
        ...(flag.short === undefined ? {} : { short: flag.short }),
        ...(flag.multiple === true ? { multiple: true } : {}),
      },
    ]),
  );
  let parsed;
  try {
    parsed = parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(explain(error as Error));
  }
  const [first, ...rest] = parsed.positionals;
  const command = first ?? 'ui';
  if (!isCommand(command)) throw new UsageError(unknown('command', command, COMMANDS.slice(1)));
  for (const name of Object.keys(parsed.values)) {
    const flag: Flag = FLAGS[name as FlagName];
    if (flag.of !== undefined && !flag.of.includes(command)) {
      throw new UsageError(`--${name} belongs to 'ekscope ${flag.of.join("' and 'ekscope ")}'`);
    }
  }
  if (command !== 'get' && rest.length > 0) {
    throw new UsageError(`'${rest.join(' ')}' is one word too many; see ekscope --help`);
  }
  return { command, flags: parsed.values, args: rest };
}

/**
 * A number given as a flag.
 * @throws UsageError where it is none, or under `min`
 */
export function numberFlag(flags: Flags, name: FlagName, min: number): number | undefined {
  const text = flags[name];
  if (typeof text !== 'string') return undefined;
  const value = Number(text);
  if (!Number.isFinite(value) || value < min) {
    throw new UsageError(`--${name} takes a number of at least ${min}, not '${text}'`);
  }
  return value;
}

/** "unknown X 'y'; did you mean 'z'?", with all valid names where none is near. */
export function unknown(what: string, given: string, known: readonly string[]): string {
  if (known.length === 0) return `unknown ${what} '${given}': there is none`;
  const like = nearest(given, known);
  const help = like === null ? `known: ${known.join(', ')}` : `did you mean '${like}'?`;
  return `unknown ${what} '${given}'; ${help}`;
}

const isCommand = (word: string): word is Command => (COMMANDS as readonly string[]).includes(word);

function explain(error: Error): string {
  const option = /^Unknown option '--?([^']+)'/.exec(error.message)?.[1];
  if (option !== undefined) return unknown('flag', option, Object.keys(FLAGS));
  return (error.message.split('. ', 1)[0] ?? error.message).replace(/^Option/, 'flag');
}

/** The usage text. */
export function usage(): string {
  const rows = Object.entries(FLAGS).map(([name, flag]: [string, Flag]) => {
    const short = flag.short === undefined ? '    ' : `-${flag.short}, `;
    const value = flag.value === undefined ? '' : ` ${flag.value}`;
    const only = flag.of === undefined ? '' : ` (${flag.of.join(', ')})`;
    return `  ${short}${`--${name}${value}`.padEnd(28)} ${flag.help}${only}`;
  });
  return `ekscope: a live cockpit for Amazon EKS in the terminal

  ekscope [flags]                 the cockpit, on the current kubeconfig context or on AWS
  ekscope demo [flags]            the cockpit on a simulated EKS region
  ekscope demo --serve            only that region's servers
  ekscope get RESOURCE [NAME]     print a pane's rows
  ekscope info                    version, paths, identity, endpoints, encodings, terminal

${rows.join('\n')}

exit codes: 0 ok · 1 the answer is no · 2 usage or configuration · 3 cannot reach or not allowed
`;
}
