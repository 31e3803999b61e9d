import { posix } from 'node:path';
import type { Io } from './io.ts';
import type { Machine } from './machine.ts';

/** What a program runs with. */
export interface Call {
  readonly machine: Machine;
  /** Without the program's own name. */
  readonly args: readonly string[];
  readonly io: Io;
  readonly env: Map<string, string>;
  readonly directory: string;
}

/** Runs to its exit code. */
export type Program = (call: Call) => number | Promise<number>;

/** The path that a word means in the directory of a call. */
export function pathOf({ directory }: Pick<Call, 'directory'>, word: string): string {
  const path = posix.resolve(directory, word);
  return path.length > 1 ? path.replace(/\/$/, '') : path;
}

/** The words that are no options. */
export function operands(args: readonly string[]): readonly string[] {
  return args.filter((each) => each === '-' || !each.startsWith('-'));
}

const ls: Program = (call) => {
  const { machine, args, io } = call;
  const long = args.some((each) => /^-\w*l/.test(each));
  const all = args.some((each) => /^-\w*a/.test(each));
  const given = operands(args);
  let code = 0;
  for (const word of given.length > 0 ? given : ['.']) {
    const path = pathOf(call, word);
    const { files } = machine;
    const entry = files.get(path);
    if (entry === undefined) {
      io.stderr(`ls: ${word}: No such file or directory\n`);
      code = 1;
      continue;
    }
    const names = 'directory' in entry ? files.names(path) : [word];
    for (const name of names.filter((each) => all || !each.startsWith('.'))) {
      const at = 'directory' in entry ? posix.join(path, name) : path;
      io.stdout(long ? `${details(machine, at)} ${name}\n` : `${name}\n`);
    }
  }
  return code;
};

function details({ files, user, world }: Machine, path: string): string {
  const directory = files.isDirectory(path);
  const size = files.read(path)?.length ?? 4096;
  const at = new Date(world.clock.date()).toISOString();
  return `${directory ? 'drwxr-xr-x' : '-rw-r--r--'} 1 ${user.name} ${user.name} ${String(size).padStart(8)} ${at.slice(0, 10)} ${at.slice(11, 16)}`;
}

/** Calls back with the bytes of each file, or of the input where none is named. */
async function eachInput(
  name: string,
  call: Call,
  words: readonly string[],
  take: (content: Buffer) => void,
): Promise<number> {
  if (words.length === 0) {
    take(await call.io.stdin.all());
    return 0;
  }
  let code = 0;
  for (const word of words) {
    const path = pathOf(call, word);
    const content = word === '-' ? await call.io.stdin.all() : call.machine.files.read(path);
    if (content !== undefined) take(content);
    else {
      const why = call.machine.files.isDirectory(path)
        ? 'Is a directory'
        : 'No such file or directory';
      call.io.stderr(`${name}: ${word}: ${why}\n`);
      code = 1;
    }
  }
  return code;
}

const cat: Program = async (call) => {
  const words = operands(call.args);
  if (words.length > 0) return eachInput('cat', call, words, (bytes) => call.io.stdout(bytes));
  const { stdin, signal } = call.io;
  for (let bytes = await stdin.read(); bytes !== null; bytes = await stdin.read()) {
    if (signal.aborted) return 130;
    call.io.stdout(bytes);
  }
  return 0;
};

function linesOf(content: Buffer): string[] {
  const text = content.toString();
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

function some(name: 'head' | 'tail'): Program {
  return (call) => {
    const at = call.args.indexOf('-n');
    const [, short] = /^-(\d+)$/.exec(call.args[0] ?? '') ?? [];
    const count = Number(at >= 0 ? call.args[at + 1] : (short ?? 10));
    const words = operands(call.args).filter((_, i, all) => at < 0 || all[i] !== call.args[at + 1]);
    return eachInput(name, call, words, (content) => {
      const lines = linesOf(content);
      const chosen = name === 'head' ? lines.slice(0, count) : lines.slice(-count);
      call.io.stdout(chosen.map((line) => `${line}\n`).join(''));
    });
  };
}

const wc: Program = (call) =>
  eachInput('wc', call, operands(call.args), (content) => {
    const lines = content.filter((byte) => byte === 0x0a).length;
    const words = content.toString().split(/\s+/).filter(Boolean).length;
    const of: Readonly<Record<string, number>> = {
      '-l': lines,
      '-w': words,
      '-c': content.length,
    };
    const [option = ''] = call.args;
    const counts = option in of ? [of[option]] : [lines, words, content.length];
    call.io.stdout(`${counts.join(' ')}\n`);
  });

const grep: Program = async (call) => {
  const [wanted = '', ...files] = operands(call.args);
  const options = call.args.filter((each) => each.startsWith('-')).join('');
  let found = 0;
  const code = await eachInput('grep', call, files, (content) => {
    for (const line of linesOf(content)) {
      const has = options.includes('i')
        ? line.toLowerCase().includes(wanted.toLowerCase())
        : line.includes(wanted);
      if (has === options.includes('v')) continue;
      found++;
      call.io.stdout(`${line}\n`);
    }
  });
  return code > 0 ? 2 : found > 0 ? 0 : 1;
};

const env: Program = ({ env: variables, io }) => {
  for (const [name, value] of variables) io.stdout(`${name}=${value}\n`);
  return 0;
};

const printenv: Program = (call) => {
  const [name] = call.args;
  if (name === undefined) return env(call);
  const value = call.env.get(name);
  if (value !== undefined) call.io.stdout(`${value}\n`);
  return value === undefined ? 1 : 0;
};

const echo: Program = ({ args, io }) => {
  const bare = args[0] === '-n';
  io.stdout(`${args.slice(bare ? 1 : 0).join(' ')}${bare ? '' : '\n'}`);
  return 0;
};

const ps: Program = ({ machine, io }) => {
  const { name } = machine.user;
  io.stdout('PID   USER     TIME  COMMAND\n');
  io.stdout(`    1 ${name.padEnd(8)}  0:04 ${machine.command}\n`);
  io.stdout(`   29 ${name.padEnd(8)}  0:00 ps\n`);
  return 0;
};

const date: Program = ({ machine, args, io }) => {
  const now = new Date(machine.world.clock.date());
  const text = args.includes('+%s')
    ? String(Math.floor(now.getTime() / 1000))
    : now.toUTCString().replace(/^(\w+), (\d+) (\w+) (\d+) (\S+) GMT$/, '$1 $3 $2 $5 UTC $4');
  io.stdout(`${text}\n`);
  return 0;
};

const id: Program = ({ machine, args, io }) => {
  const { name, uid } = machine.user;
  io.stdout(
    args.includes('-u')
      ? `${uid}\n`
      : `uid=${uid}(${name}) gid=${uid}(${name}) groups=${uid}(${name})\n`,
  );
  return 0;
};

const sleep: Program = async ({ machine, args, io }) => {
  const { signal } = io;
  const seconds = Number(args[0] ?? NaN);
  if (Number.isNaN(seconds)) {
    io.stderr(`sleep: invalid number '${args[0] ?? ''}'\n`);
    return 1;
  }
  await new Promise<void>((resolve) => {
    machine.world.clock.after(seconds * 1000, resolve);
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  return signal.aborted ? 130 : 0;
};

const mkdir: Program = (call) => {
  for (const word of operands(call.args)) call.machine.files.makeDirectory(pathOf(call, word));
  return 0;
};

const rm: Program = (call) => {
  const options = call.args.filter((each) => each.startsWith('-')).join('');
  let code = 0;
  for (const word of operands(call.args)) {
    const path = pathOf(call, word);
    const exists = call.machine.files.get(path) !== undefined;
    const refused = call.machine.files.isDirectory(path) && !/r/i.test(options);
    if (exists && !refused) call.machine.files.remove(path);
    else if (!options.includes('f') || refused) {
      call.io.stderr(
        `rm: can't remove '${word}': ${refused ? 'Is a directory' : 'No such file or directory'}\n`,
      );
      code = 1;
    }
  }
  return code;
};

const touch: Program = (call) => {
  const { files } = call.machine;
  for (const word of operands(call.args)) {
    const path = pathOf(call, word);
    if (files.get(path) === undefined) files.write(path, '');
  }
  return 0;
};

const test: Program = (call) => {
  const [operator = '', word = ''] = call.args.filter((each) => each !== ']');
  const path = pathOf(call, word);
  const { files } = call.machine;
  const holds: Readonly<Record<string, boolean>> = {
    '-d': files.isDirectory(path),
    '-e': files.get(path) !== undefined,
    '-f': files.read(path) !== undefined,
    '-n': word !== '',
    '-z': word === '',
  };
  return (holds[operator] ?? operator !== '') ? 0 : 1;
};

const say =
  (text: (call: Call) => string): Program =>
  (call) => {
    call.io.stdout(`${text(call)}\n`);
    return 0;
  };

/** What stands in the container's PATH, besides the shell itself. */
export const PROGRAMS: ReadonlyMap<string, Program> = new Map(
  Object.entries({
    ls,
    cat,
    head: some('head'),
    tail: some('tail'),
    wc,
    grep,
    env,
    printenv,
    echo,
    ps,
    date,
    id,
    sleep,
    mkdir,
    rm,
    touch,
    test,
    '[': test,
    whoami: say(({ machine }) => machine.user.name),
    hostname: say(({ machine }) => machine.hostname),
    pwd: say(({ directory }) => directory),
    uname: say(({ machine, args }) =>
      args.includes('-a') ? `Linux ${machine.hostname} 6.12.46 x86_64 Linux` : 'Linux',
    ),
    true: () => 0,
    false: () => 1,
  }),
);
